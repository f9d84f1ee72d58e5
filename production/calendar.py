"""Working days, and the day on which a month is due. Pure, but for `read`, which asks the base twice, never a month."""

from dataclasses import dataclass
from datetime import timedelta

from partstrack.kept import once
from partstrack.periods import month_of, shift
from production.models import DueRule, Holiday

FRIDAY, SATURDAY = 4, 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """`rules`: (first month, day of the next month, moved to a working day), oldest first; `holidays`: days."""

    rules: tuple
    holidays: frozenset = frozenset()

    def works(self, day):
        """Say whether people work on a day: neither Friday nor Saturday, nor a holiday."""
        return day.weekday() not in (FRIDAY, SATURDAY) and day not in self.holidays

    def due_day(self, month):
        """Return the day on which a month is due, by the rule that held for that month (the first one before it)."""
        begun = [rule for rule in self.rules if rule[0] <= month] or self.rules[:1]
        _first, number, moved = begun[-1]
        day = shift(month, 1).replace(day=number)
        while moved and not self.works(day):
            day += ONE_DAY
        return day

    def working_days(self, month):
        """Count the working days of a month."""
        return sum(self.works(month + ONE_DAY * number) for number in range((shift(month, 1) - month).days))

    def is_past(self, month, today):
        """Say whether a month that was not declared is late today; on its due day it is not."""
        return today > self.due_day(month)

    def last_due_month(self, today):
        """Return the last month whose due day has passed."""
        month = shift(month_of(today), -1)
        while not self.is_past(month, today):
            month = shift(month, -1)
        return month

    def working_days_late(self, month, day):
        """Count the working days after a month's due day, up to a day (included); 0 when it is not late."""
        due = self.due_day(month)
        return sum(self.works(due + ONE_DAY * number) for number in range(1, (day - due).days + 1))


def read(moment=None):
    """Return the Calendar as it is recorded; once for the state of the data of a moment or of a question."""
    return once(moment, "calendar", (), _read, lambda found: len(found.holidays)) if moment else _read()


def _read():
    rules = DueRule.objects.order_by("from_month").values_list("from_month", "day", "shift")
    return Calendar(
        tuple((first, day, moved == DueRule.Shift.WORKING) for first, day, moved in rules),
        frozenset(Holiday.objects.order_by("day").values_list("day", flat=True)),
    )
