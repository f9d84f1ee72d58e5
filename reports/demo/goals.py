"""The invented targets of the demonstration, and what people noted on its months."""

from datetime import date

from accounts.models import Firm
from catalogue.models import Family
from production import targeting
from production.models import MonthNote, Target

# year, family, supplier, pieces
TARGETS = (
    (2025, None, None, 960_000),
    (2026, None, None, 1_150_000),
    (2026, "filters", None, 310_000),
    (2026, "brakes", None, 300_000),
    (2026, "batteries", None, 130_000),
    (2026, None, "P05", 130_000),
    (2026, None, "P09", 60_000),
)
NOTES = (
    (date(2025, 8, 1), None, "Congés annuels : la plupart des sites ferment deux semaines."),
    (date(2026, 8, 1), None, "Congés annuels : la plupart des sites ferment deux semaines."),
    (date(2026, 7, 1), "P05", "Arrêt d’une presse pendant neuf jours."),
)


def load(door, author):
    """Enter them inside an open write."""
    families, firms = Family.objects.in_bulk(field_name="code"), Firm.objects.in_bulk(field_name="code")
    for year, family, firm, amount in TARGETS:
        target = Target.objects.create(year=year, family=families.get(family), firm=firms.get(firm), amount=amount)
        targeting.record(door, target)
    MonthNote.objects.bulk_create(
        MonthNote(month=month, firm=firms.get(firm), text=text, author=author) for month, firm, text in NOTES
    )
