"""The rate as the road map would make it, month by month, against the steps. Pure: items, days and rules come in, rates go out.

A component that a milestone brings counts as made locally from the day on which the milestone was reached, else from the day on
which it may be expected: what is overdue is expected today at the earliest, and what it is late by moves what is still to come.
What is brought is a component by its code: each of its rows, whichever days they are valid on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from integration.rates import months_after, ordered_steps
from integration.simulating import Changes, Forest
from partstrack.periods import month_of, month_range, shift

MOST = 84  # months that are looked ahead


@dataclass(frozen=True)
class Stage:
    """A milestone on a day. `late`: days after its planned day, negative when early; `expected`: None once it is reached."""

    milestone: object
    planned: date | None
    actual: date | None
    late: int
    expected: date | None

    @property
    def overdue(self):
        """Say whether its day has passed and it was not reached."""
        return self.actual is None and self.late > 0


def stages(milestones, today):
    """Return the Stage of each milestone, in the order of their planned days; one without a day comes last.

    What is still to come moves by what the last reached one slipped by, or by what is overdue, whichever is more. A day of
    reaching that lies ahead is when the milestone is expected.
    """
    found, slip, overdue = [], 0, 0
    for row in sorted(milestones, key=lambda each: (each.planned_on is None, each.planned_on, each.pk)):
        planned, actual, expected = row.planned_on, row.actual_on, None
        if actual and actual > today:
            actual, expected = None, actual
        late = ((actual or today) - planned).days if planned and (actual or today > planned) else 0
        if actual:
            slip = max(late, 0) if planned else slip
        else:
            overdue = max(overdue, late)
            if planned and expected is None:
                expected = max(planned + timedelta(days=max(slip, overdue)), today)
        found.append(Stage(row, planned, actual, late, expected))
    return found


@dataclass(frozen=True)
class Point:
    """A month of the forecast: its last day, the rate as planned and as expected (None: no rule), the highest step due by then."""

    month: date
    planned: Decimal | None
    expected: Decimal | None
    minimum: Decimal | None


@dataclass(frozen=True)
class Reach:
    """When a step would be reached: the last day of that month, as planned and as expected (None: never in sight).

    Reached is what holds from then on until the step is due; what is lost again before is not. `now`: it is reached already.
    """

    minimum: Decimal
    due: date | None
    planned: date | None
    expected: date | None
    now: bool = False

    @property
    def margin(self):
        """Return the whole months between the expected month and the step's own; negative when it would be missed."""
        if self.now or self.due is None or self.expected is None:
            return None
        return (self.due.year - self.expected.year) * 12 + self.due.month - self.expected.month


def forecast(programme, stock, brings, found, laws, today):
    """Return ([Point], [Reach]) from this month on until the last step, or a year after the last milestone.

    `brings`: {milestone key: codes of the components that it brings}; `found`: the Stages; each month under the law of its time.
    """
    law = laws.of(programme, today)
    ladder = _ladder(programme, law)
    ahead = [stage.expected for stage in found if stage.expected] + [due for _minimum, due in ladder if due]
    last = max([shift(month_of(day), 1) for day in ahead], default=shift(month_of(today), 12))
    months = month_range(month_of(today), min(last, shift(month_of(today), MOST)))
    forests, points = {}, []
    for month in months:
        end = shift(month, 1) - timedelta(days=1)
        policy, items, codes = laws.of(programme, end), stock.on(end), stock.codes_on(end)
        if policy is None or not items:
            points.append(Point(end, None, None, None))
            continue
        words = (policy.pk, tuple(item.key for item in items))
        if words not in forests:
            forests[words] = Forest(items, policy.rule)
        forest = forests[words]
        planned = forest.outcome(_local(codes, brings, found, end, lambda stage: stage.planned)).value
        hoped = _local(codes, brings, found, end, lambda stage: stage.actual or stage.expected)
        expected = forest.outcome(hoped).value
        due = max((minimum for minimum, day in _ladder(programme, policy) if day and day <= end), default=None)
        points.append(Point(end, planned, expected, due))
    items = stock.on(today)
    value = Forest(items, law.rule).outcome().value if law and items else None
    return points, [_reach(minimum, due, points, value) for minimum, due in ladder]


def _ladder(programme, policy):
    """Return [(minimum, day on which it is due or None)] of a rule."""
    approved = programme.approved_on
    steps = ordered_steps(policy) if policy else ()
    return [
        (step.minimum_rate, months_after(approved, step.months_after_approval) if approved else None) for step in steps
    ]


def _local(codes, brings, found, end, when):
    """Return the Changes that make local what milestones bring up to a day. `codes`: {code: key} of that day."""
    days = ((stage, when(stage)) for stage in found)
    brought = set().union(*(brings.get(stage.milestone.pk, set()) for stage, day in days if day and day <= end))
    return Changes(local=frozenset(codes[code] for code in brought & codes.keys()))


def _reach(minimum, due, points, value):
    planned, expected = (_since(name, minimum, due, points) for name in ("planned", "expected"))
    now = value is not None and value >= minimum and expected is not None and expected == points[0].month
    return Reach(minimum, due, planned, expected, now)


def _since(name, minimum, due, points):
    """Return the month from which on a rate holds until the step is due; after that day, the first month that reaches it."""
    since = None
    for point in points:
        rate = getattr(point, name)
        if rate is not None and rate >= minimum:
            since = since or point.month
        elif due is None or month_of(point.month) <= month_of(due):
            since = None
        elif since:
            break
    return since
