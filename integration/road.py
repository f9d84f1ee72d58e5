"""The rate as the road map would make it, month by month, against the steps. Pure: items, days and rules come in, rates go out.

A component that a milestone brings counts as made locally from the day on which the milestone was reached, else from the day on
which it may be expected: what is overdue is expected today at the earliest, and what it is late by moves what is still to come.
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
    """Return the Stage of each milestone, in the order of their planned days; one without a day comes last."""
    found, slip = [], 0
    for row in sorted(milestones, key=lambda each: (each.planned_on is None, each.planned_on, each.pk)):
        planned = row.planned_on
        actual = row.actual_on if row.actual_on and row.actual_on <= today else None
        late = ((actual or today) - planned).days if planned and (actual or today > planned) else 0
        if actual:
            slip, expected = max(late, 0) if planned else slip, None
        else:
            slip = max(slip, late)
            expected = max(planned + timedelta(days=slip), today) if planned else None
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

    `now`: it is reached already.
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

    `brings`: {milestone key: keys of the components that it brings}; `found`: the Stages; each month under the law of its time.
    """
    law = laws.of(programme, today)
    ladder = _ladder(programme, law)
    ahead = [stage.expected for stage in found if stage.expected] + [due for _minimum, due in ladder if due]
    last = max([shift(month_of(day), 1) for day in ahead], default=shift(month_of(today), 12))
    months = month_range(month_of(today), min(last, shift(month_of(today), MOST)))
    forests, points = {}, []
    for month in months:
        end = shift(month, 1) - timedelta(days=1)
        policy, items = laws.of(programme, end), stock.on(end)
        if policy is None or not items:
            points.append(Point(end, None, None, None))
            continue
        words = (policy.pk, tuple(item.key for item in items))
        if words not in forests:
            forests[words] = Forest(items, policy.rule)
        forest = forests[words]
        planned = forest.outcome(_local(brings, found, end, lambda stage: stage.planned)).value
        expected = forest.outcome(_local(brings, found, end, lambda stage: stage.actual or stage.expected)).value
        due = max((minimum for minimum, day in _ladder(programme, policy) if day and day <= end), default=None)
        points.append(Point(end, planned, expected, due))
    items = stock.on(today)
    value = Forest(items, law.rule).outcome().value if law and items else None
    return points, [_reach(minimum, due, points, value is not None and value >= minimum) for minimum, due in ladder]


def _ladder(programme, policy):
    """Return [(minimum, day on which it is due or None)] of a rule."""
    approved = programme.approved_on
    steps = ordered_steps(policy) if policy else ()
    return [
        (step.minimum_rate, months_after(approved, step.months_after_approval) if approved else None) for step in steps
    ]


def _local(brings, found, end, when):
    keys = set()
    for stage in found:
        day = when(stage)
        if day is not None and day <= end:
            keys |= brings.get(stage.milestone.pk, set())
    return Changes(local=frozenset(keys))


def _reach(minimum, due, points, now):
    def first(name):
        return next(
            (point.month for point in points if getattr(point, name) is not None and getattr(point, name) >= minimum),
            None,
        )

    return Reach(minimum, due, first("planned"), first("expected"), now)
