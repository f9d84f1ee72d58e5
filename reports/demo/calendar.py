"""The calendar of the demonstration: its months, Ramadan, holidays and the days on which an office works."""

import random
from datetime import date, datetime, time, timedelta, timezone

FIRST_MONTH = date(2023, 1, 1)
LAST_MONTH = date(2026, 8, 1)
ALGIERS = timezone(timedelta(hours=1), "Africa/Algiers")  # no summer time since 1981
FRIDAY, SATURDAY = 4, 5

RAMADAN = (
    (date(2023, 3, 23), date(2023, 4, 21)),
    (date(2024, 3, 11), date(2024, 4, 9)),
    (date(2025, 3, 1), date(2025, 3, 29)),
    (date(2026, 2, 19), date(2026, 3, 19)),
)

# Only those that can fall on a day when a statement arrives (6–14) or a month is closed (20–28).
HOLIDAYS = frozenset(
    {date(year, 1, 12) for year in range(2023, 2027)}  # Yennayer
    | {date(2023, 4, 22), date(2023, 4, 23), date(2023, 6, 28), date(2023, 7, 28), date(2023, 9, 27)}
    | {date(2024, 4, 10), date(2024, 4, 11), date(2024, 7, 7)}
    | {date(2025, 6, 6), date(2025, 6, 7), date(2025, 6, 26), date(2025, 6, 27), date(2025, 7, 6)}
    | {date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 22), date(2026, 5, 27), date(2026, 5, 28)}
    | {date(2026, 6, 25), date(2026, 6, 26), date(2026, 8, 25), date(2026, 8, 26)}
)


def months(first: date = FIRST_MONTH, last: date = LAST_MONTH) -> tuple[date, ...]:
    """The first days of the months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return tuple(shifted(first, n) for n in range(count + 1))


def shifted(month: date, n: int) -> date:
    """The month `n` months after `month` (before, when negative)."""
    year, index = divmod(month.year * 12 + month.month - 1 + n, 12)
    return date(year, index + 1, 1)


def days_in(month: date) -> int:
    """Number of days of a month."""
    return (shifted(month, 1) - month).days


def ramadan_days(month: date) -> int:
    """Number of days of a month that fall in Ramadan."""
    end = shifted(month, 1) - timedelta(days=1)
    return sum(max(0, (min(end, last) - max(month, first)).days + 1) for first, last in RAMADAN)


def working_moment(month: date, first_day: int, last_day: int, rng: random.Random) -> datetime:
    """A time between 08:30 and 16:29 of a working day between two days of a month, in Algiers."""
    days = [month.replace(day=number) for number in range(first_day, last_day + 1)]
    minutes = 8 * 60 + 30 + rng.randrange(8 * 60)
    return datetime.combine(rng.choice([day for day in days if works(day)]), time(*divmod(minutes, 60)), ALGIERS)


def works(day: date) -> bool:
    """Whether offices are open: neither the weekend of Friday and Saturday nor a holiday."""
    return day.weekday() not in (FRIDAY, SATURDAY) and day not in HOLIDAYS
