"""When the stages of a project are due, how late each is and when it may be expected. Pure: days come in, days go out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from suppliers.models import Gate


@dataclass(frozen=True)
class Step:
    """A stage of a project on a day. `planned`: the day it was planned for, reckoned where only a duration is known, None where
    neither is; `late`: days after that day on which it was reached, or that passed since (negative: reached early); `expected`:
    when it may be expected if the slip stays what it is now; None once it is reached or nothing was planned.
    """

    gate: Gate
    planned: date | None
    actual: date | None
    late: int
    expected: date | None

    @property
    def overdue(self):
        """Say whether its day has passed and it was not reached."""
        return self.actual is None and self.late > 0


def shifted(day, months):
    """Return the same day some months later, or the last of that month where it has no such day."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def steps(gates, today):
    """Return the Step of each gate of one project, in the order of a part's life.

    A duration counts from the day on which the stage before was reached, or else was planned. What is still to come moves by
    what the last reached stage slipped by, or by what is overdue, whichever is more. A day of reaching that lies ahead is when
    the stage is expected.
    """
    found, before, slip, overdue = [], None, 0, 0
    for gate in sorted(gates, key=lambda each: Gate.ORDER[each.stage]):
        planned, actual, expected = gate.planned_on, gate.actual_on, None
        if planned is None and gate.months_after is not None and before is not None:
            planned = shifted(before, gate.months_after)
        if actual and actual > today:
            actual, expected = None, actual
        late = ((actual or today) - planned).days if planned and (actual or today > planned) else 0
        if actual:
            slip = max(late, 0) if planned else slip
        else:
            overdue = max(overdue, late)
            if planned and expected is None:
                expected = max(planned + timedelta(days=max(slip, overdue)), today)
        found.append(Step(gate, planned, actual, late, expected))
        before = actual or planned or before
    return found


def stage_of(found):
    """Return the last stage that was reached, "" where none was."""
    reached = [step.gate.stage for step in found if step.actual]
    return reached[-1] if reached else ""


def lateness(found):
    """Return by how many days a project is late: the most overdue of its stages, 0 when none is."""
    return max((step.late for step in found if step.overdue), default=0)
