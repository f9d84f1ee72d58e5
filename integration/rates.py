"""The regulatory rate of a vehicle model (indicator A), counted as the rule of a day says.

Nothing here is called "integration rate": a Reading carries its method, its version and its day.
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from integration.counting import DECLARED, NOT_LOCAL, NOT_SAID, Count, count, rate
from integration.items import Stock, stocks
from integration.models import Component, Policy, PolicyStep, VehicleProgramme
from integration.resting import resting
from partstrack.kept import each_once
from partstrack.periods import month_of, shift

SOON = 12  # months before a step in which missing points are a risk
PASS, AT_RISK, FAIL, NOT_PROVED = "pass", "at_risk", "fail", "not_enough_evidence"


@dataclass(frozen=True)
class Rung:
    """A step of the rule for one programme. `due_on` is None while the day of the approval is not known.

    `missing`: points up to the minimum. `reached` by what is known; `possible` if all that is not known were local.
    """

    step: PolicyStep
    due_on: date | None
    reached: bool
    possible: bool
    missing: Decimal
    overdue: bool

    @property
    def minimum(self):
        """Return the rate that the step asks for, in percent."""
        return self.step.minimum_rate


@dataclass(frozen=True)
class Reading:
    """The rate of a programme on a day. `count` is None without a rule or without components."""

    programme: VehicleProgramme
    policy: Policy | None
    day: date
    count: Count | None
    rungs: tuple[Rung, ...]

    def __len__(self):
        """Return how much room it takes among the answers that are kept: a line takes about a quarter of a row."""
        return len(self.count.lines) // 4 if self.count else 0

    def __bool__(self):
        return True

    @property
    def value(self):
        """Return the rate in percent, what is not known counted as imported; None when no rate can be said."""
        return self.count.value if self.count else None

    @property
    def highest(self):
        """Return the rate in percent if all that is not known were local; None when no rate can be said."""
        return self.count.highest if self.count else None

    @property
    def known(self):
        """Say whether the rate is one number and not a span."""
        return self.count is not None and self.count.known

    @cached_property
    def ordered(self):
        """Return the lines, those that bring most first."""
        lines = self.count.lines if self.count else ()
        return tuple(sorted(lines, key=lambda line: (-line.low, -line.high, -line.weight, line.item.key)))

    @cached_property
    def counted(self):
        """Return the lines that bring something, the largest first."""
        return tuple(line for line in self.ordered if line.high)

    @cached_property
    def heaviest_open(self):
        """Return the lines with a weight that bring nothing because they are not local or not known, the heaviest first."""
        lines = [line for line in self.ordered if line.weight and line.why in {NOT_LOCAL, NOT_SAID}]
        return tuple(sorted(lines, key=lambda line: (-line.weight, line.item.key)))

    @cached_property
    def by_evidence(self):
        """Return {evidence: points that rest on it}."""
        sums = defaultdict(Decimal)
        for line in self.counted:
            sums[line.item.evidence] += line.low
        return {evidence: rate(low, self.count.denominator) for evidence, low in sums.items()}

    @property
    def reached(self):
        """Return the highest step reached, or None."""
        return next((rung for rung in reversed(self.rungs) if rung.reached), None)

    @property
    def following(self):
        """Return the lowest step not reached, or None when all are or no rate can be said."""
        return next((rung for rung in self.rungs if not rung.reached), None) if self.value is not None else None

    @property
    def checked(self):
        """Say whether everything that counts was checked on documents or audited, and nothing is left open."""
        return self.known and DECLARED not in self.by_evidence

    @property
    def status(self):
        """Return pass, at_risk, fail or not_enough_evidence; None when no rate can be said or no step has a day.

        Fail: a step is due, or overdue, that not even what is open could reach. Not enough evidence: what is open decides. At
        risk: the next step is due within a year and not reached.
        """
        if self.value is None or not any(rung.due_on for rung in self.rungs):
            return None
        overdue = [rung for rung in self.rungs if rung.overdue]
        if overdue:
            return FAIL if any(not rung.possible for rung in overdue) else NOT_PROVED
        due = self.following.due_on if self.following else None
        return AT_RISK if due is not None and due <= months_after(self.day, SOON) else PASS

    def money(self, rung):
        """Return what is missing up to a step in DZD for one vehicle; None where the rule does not count in value."""
        if self.count is None or self.policy.rule.basis != "value":
            return None
        return max(rung.minimum * self.count.denominator / 100 - self.count.low, Decimal(0))


def read(programme, day, policy=None):
    """Return the Reading of a programme on a day, under the law of its market on that day or under another rule.

    Source: order of 17 August 2023 (the sum), executive decree 22-384, article 5 (the steps, counted from the
    approval of the model). Without a rule in force on that day there is no rate.
    """
    return read_all([programme], day, policy)[programme.pk]


def read_all(programmes, day, policy=None):
    """Return {key: Reading} of several programmes on a day, by a fixed number of questions."""
    keys = [programme.pk for programme in programmes]
    found, laws = stocks(keys), None if policy else Laws()
    rules = {programme.pk: policy or laws.of(programme, day) for programme in programmes}
    covered = None
    if any(rule and rule.covered_only for rule in rules.values()):
        rows = Component.objects.filter(programme__in=keys).valid_on(day)
        covered = {key for key, each in resting(rows, day).items() if each.covered}
    return {
        programme.pk: reading(programme, day, rules[programme.pk], found.get(programme.pk, Stock()), covered)
        for programme in programmes
    }


def kept_reading(ask, programme, day, policy=None):
    """Return the Reading of a programme, counted once for a state of the data."""
    return kept_readings(ask, [programme], day, policy)[programme.pk]


def kept_readings(ask, programmes, day, policy=None):
    """Return {key: Reading} of several programmes, each counted once for a state of the data."""
    by_key = {programme.pk: programme for programme in programmes}
    words = (day, policy.pk if policy else None)
    return each_once(
        ask, "rate", words, list(by_key), lambda keys: read_all([by_key[key] for key in keys], day, policy)
    )


def reading(programme, day, policy, stock, covered=None):
    """Return the Reading of a programme from its Stock. `covered`: keys of the items that papers in force cover (None: all)."""
    items = stock.on(day)
    if covered is not None:
        items = [replace(item, covered=item.key in covered) for item in items]
    counted = count(items, policy.rule) if policy and items else None
    steps = ordered_steps(policy) if policy else ()
    rungs = tuple(rung(step, programme.approved_on, counted, day) for step in steps)
    return Reading(programme, policy, day, counted, rungs)


class Laws:
    """The rules that markets set, read once."""

    def __init__(self):
        rows = Policy.objects.exclude(market=None).prefetch_related("steps").order_by("-valid_from", "-pk")
        self.rows = list(rows)

    def of(self, programme, day):
        """Return the rule that the law of a programme's market sets on a day, or None."""
        market = programme.market_id
        return next(
            (row for row in self.rows if row.valid_from <= day and (market is None or row.market_id == market)), None
        )


def ordered_steps(policy):
    """Return the steps of a rule by their months; prefetched ones are taken."""
    return sorted(policy.steps.all(), key=lambda step: (step.months_after_approval, step.pk))


def rung(step, approved_on, counted, day):
    """Return the Rung of a step on a day, for a model approved on a day (or None) and what was counted (or None)."""
    due_on = months_after(approved_on, step.months_after_approval) if approved_on else None
    value, highest = (counted.value, counted.highest) if counted else (None, None)
    reached = value is not None and value >= step.minimum_rate
    possible = highest is not None and highest >= step.minimum_rate
    missing = max(step.minimum_rate - (value or Decimal(0)), Decimal(0))
    return Rung(step, due_on, reached, possible, missing, overdue=not reached and due_on is not None and due_on <= day)


def months_after(day, count):
    """Return the day some months later; the 31st becomes the last day of a shorter month."""
    month = shift(month_of(day), count)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def months_left(day, due_on):
    """Return how many whole months lie between a day and a later one."""
    months = (due_on.year - day.year) * 12 + due_on.month - day.month
    return max(months - (months_after(day, months) > due_on), 0)


def story(programme, stock, laws, day):
    """Return [(day, value, highest)] of the rate from its first item to a day: each day on which it changed.

    Each under the rule of its own time: a later rule changes nothing before it.
    """
    changes = {each for each in stock.days if each <= day}
    changes |= {row.valid_from for row in laws.rows if row.valid_from <= day}
    if programme.approved_on and programme.approved_on <= day:
        changes.add(programme.approved_on)
    points = []
    for each in sorted(changes | {day}):
        found = reading(programme, each, laws.of(programme, each), stock)
        if found.value is not None and (not points or each == day or points[-1][1:] != (found.value, found.highest)):
            points.append((each, found.value, found.highest))
    return points
