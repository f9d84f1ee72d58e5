"""Ramadan in Algeria, 2023 to 2027: data that people change. It ends on the eve of Aïd el-Fitr as the calendar of holidays
has it; its first day is that of the usual calculation and may differ by one."""

from datetime import date

RAMADAN = ("Ramadan", "رمضان", "Ramadan")
DAYS = (
    (date(2023, 3, 23), date(2023, 4, 20)),
    (date(2024, 3, 11), date(2024, 4, 9)),
    (date(2025, 3, 1), date(2025, 3, 30)),
    (date(2026, 2, 19), date(2026, 3, 19)),
    (date(2027, 2, 8), date(2027, 3, 9)),
)


def load(apps):
    """Write them; the table is empty. `apps` is a registry of apps, of a migration or the real one."""
    season, (fr, ar, en) = apps.get_model("production", "Season"), RAMADAN
    season.objects.bulk_create(
        season(first=first, last=last, name_fr=fr, name_ar=ar, name_en=en, moon=True) for first, last in DAYS
    )
