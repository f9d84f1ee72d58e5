"""The regulatory rate of a vehicle model (indicator A), read as the policy of a day says.

Nothing here is called "integration rate": a Reading carries its method, its version and its day.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When

from integration.models import ALGERIA_2023, Component, Policy, PolicyStep, VehicleProgramme
from partstrack.periods import month_of, shift


@dataclass(frozen=True)
class Rung:
    """A step of the policy for one programme. `due_on` is None while the day of the approval is not known."""

    step: PolicyStep
    due_on: date | None
    reached: bool
    missing: Decimal
    overdue: bool

    @property
    def minimum(self):
        """Return the rate that the step asks for, in percent."""
        return self.step.minimum_rate


@dataclass(frozen=True)
class Reading:
    """The rate of a programme on a day, in percent; `value` None when no component is recorded.

    `components` are those valid on the day, all of them; only the ones made locally count.
    """

    programme: VehicleProgramme
    policy: Policy | None
    day: date
    components: tuple[Component, ...]
    value: Decimal | None
    rungs: tuple[Rung, ...]

    @property
    def counted(self):
        """Return the components that count: made locally."""
        return tuple(component for component in self.components if component.made_locally)

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
        """Say whether every component that counts was checked on documents or audited."""
        return all(component.evidence != Component.Evidence.DECLARED for component in self.counted)


def read(programme, day, method=ALGERIA_2023):
    """Return the Reading of a programme on a day: the sum of the contributive rates of what is made locally.

    Source: order of 17 August 2023 (the sum), executive decree 22-384, article 5 (the steps, counted from the
    approval of the model). Without a policy in force on that day there is no rate.
    """
    policy = Policy.objects.in_force(method, day)
    components = tuple(programme.components.valid_on(day).select_related("family", "site__firm"))
    value = _value(components) if policy else None
    steps = policy.steps.order_by("months_after_approval", "pk") if policy else ()
    rungs = tuple(_rung(step, programme, value, day) for step in steps)
    return Reading(programme, policy, day, components, value, rungs)


def rated(programmes, day):
    """Add `rate` to a QuerySet of programmes: what read() gives, in one query; None without components."""
    valid = Component.objects.valid_on(day).filter(programme=OuterRef("pk"))
    local = Case(When(made_locally=True, then=F("contributive_rate")), default=Value(Decimal(0)))
    total = valid.order_by().values("programme").annotate(total=Sum(local)).values("total")
    return programmes.annotate(rate=Subquery(total))


def _value(components):
    if not components:
        return None
    return sum((component.contributive_rate for component in components if component.made_locally), Decimal(0))


def _rung(step, programme, value, day):
    due_on = months_after(programme.approved_on, step.months_after_approval) if programme.approved_on else None
    reached = value is not None and value >= step.minimum_rate
    missing = max(step.minimum_rate - (value or Decimal(0)), Decimal(0))
    return Rung(step, due_on, reached, missing, overdue=not reached and due_on is not None and due_on <= day)


def months_after(day, count):
    """Return the day some months later; the 31st becomes the last day of a shorter month."""
    month = shift(month_of(day), count)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def months_left(day, due_on):
    """Return how many whole months lie between a day and a later one."""
    months = (due_on.year - day.year) * 12 + due_on.month - day.month
    return max(months - (months_after(day, months) > due_on), 0)
