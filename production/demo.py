"""The invented imports of the demonstration: two importers, five ranges, one breach, one exemption, one promise kept.

Files go through the desk like everybody's. Importer A imports for Marque A: exhausts and radiators, which nobody makes
for it here, and twice what it had promised not to. Importer B imports under no brand of ours.
"""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Firm
from catalogue.models import Brand, Family
from intake import desk
from office.clock import Moment
from office.door import Refused, write
from office.models import Ledger
from partstrack.numbers import show
from partstrack.periods import month_range, to_iso
from production import range_actions
from production.models import Exemption, Range

BRAND, OWN, OTHER = "marque-a", "importateur-a", "importateur-b"
IMPORTERS = ((OWN, "Importateur A", "المستورد أ"), (OTHER, "Importateur B", "المستورد ب"))
FIRST, LAST = date(2024, 1, 1), date(2026, 8, 1)
BEGAN = date(2023, 1, 16)
# code, family, whether it is produced here
RANGES = (
    ("A-FREINAGE", "brakes", True),
    ("A-EMBRAYAGE", "clutches", True),
    ("A-BATTERIE", "batteries", True),
    ("A-ECHAPPEMENT", "exhaust", False),
    ("A-RADIATEUR", "radiators", False),
)
# range, origin, pieces a month in January 2024, what is lost of them every month (per mille), price, currency
OWN_FLOWS = (
    ("A-ECHAPPEMENT", "TR", 2_400, 11, "38.40", "EUR"),
    ("A-RADIATEUR", "CN", 1_900, 7, "212.50", "CNY"),
)
# family, origin, pieces a month in January 2024, what is lost of them every month (per mille), price, currency
OTHER_FLOWS = (
    ("brakes", "CN", 21_000, 14, "31.20", "CNY"),
    ("filters", "TR", 34_000, 9, "2.15", "EUR"),
    ("batteries", "ES", 5_200, 12, "41.80", "EUR"),
)
NATIONAL = (14, 10)  # what all importers bring in of a family, for what importer B does
BREACH = ("A-EMBRAYAGE", date(2026, 6, 1), "FR", 400, "31.75", "EUR")
EXEMPTED = ("A-BATTERIE", date(2026, 2, 1), "ES", 600, "44.10", "EUR")
SHORTAGE = "P07"
PLANNED = (
    ("A-ECHAPPEMENT", date(2026, 10, 1), "TR", 1_500, "38.40", "EUR"),
    ("A-ECHAPPEMENT", date(2026, 11, 1), "TR", 1_500, "38.40", "EUR"),
)
# DZD for one unit, by year; moved a little every month
RATES = {"EUR": {2024: "145.20", 2025: "147.60", 2026: "151.30"}, "CNY": {2024: "18.62", 2025: "18.31", 2026: "18.55"}}
HEADINGS = (
    "Gamme",
    "Famille",
    "Mois",
    "Origine",
    "N° déclaration",
    "Quantité",
    "Unité",
    "Valeur",
    "Devise",
    "Taux",
    "Date du taux",
    "Source du taux",
)


def load(admin, at):
    """Enter importers, ranges and an exemption, and send the files of imports, from the instant `at` on."""
    with write(admin, _("Demonstration: importers and ranges"), at=at) as door:
        firms = {code: Firm.objects.create(code=code, name=name, name_ar=arabic) for code, name, arabic in IMPORTERS}
        ranges = {code: _range(door, admin, firms[OWN], code, family, here) for code, family, here in RANGES}
    with write(admin, _("Demonstration: an exemption"), at=at + timedelta(minutes=1)) as door:
        _exempt(door, admin, ranges[EXEMPTED[0]])
    months = month_range(FIRST, LAST)
    own = [*_monthly(OWN_FLOWS, months, "range"), *(_row("range", *each) for each in (BREACH, EXEMPTED))]
    others = list(_monthly(OTHER_FLOWS, months, "family"))
    files = (
        ("importations-importateur-a.csv", own, {"importer": OWN}),
        ("importations-importateur-b.csv", others, {"importer": OTHER}),
        ("douanes-toutes-importations.csv", [_national(row) for row in others], {"national": True}),
        (
            "importations-prevues.csv",
            [_row("range", *each) for each in PLANNED],
            {"importer": OWN, "source": "planned"},
        ),
    )
    for number, (name, rows, options) in enumerate(files, start=2):
        _send(admin, name, rows, options, at + timedelta(minutes=number))


def _range(door, admin, importer, code, family, here):
    made = Range.objects.create(
        code=code, brand=Brand.objects.get(code=BRAND), family=Family.objects.get(code=family), importer=importer
    )
    if here:
        range_actions.begin(door, admin, made, BEGAN, _("Demonstration: first declaration"))
    return made


def _exempt(door, admin, batteries):
    exemption = Exemption.objects.create(
        range=batteries,
        first=EXEMPTED[1],
        until=date(2026, 3, 31),
        quantity=Decimal(1000),
        why=_("Demonstration: the plant's line stood still"),
        shortage_of=Firm.objects.get(code=SHORTAGE),
        by=admin,
        on=door.today,
        from_v=0,
    )
    range_actions.grant(door, exemption)


def _monthly(flows, months, word):
    """Yield one row a month and flow; what is imported shrinks from month to month, less in August."""
    for goods, origin, pieces, loss, price, currency in flows:
        for index, month in enumerate(months):
            quantity = pieces * (1000 - loss * index) // 1000 * (70 if month.month == 8 else 100) // 100
            yield _row(word, goods, month, origin, quantity, price, currency)


def _row(word, goods, month, origin, quantity, price, currency):
    rate = Decimal(RATES[currency][month.year]) + Decimal(month.month) / 20
    return {
        word: goods,
        "month": to_iso(month),
        "origin": origin,
        "document": f"D10-{month:%Y%m}-{goods[:6].upper()}",
        "quantity": quantity,
        "value": quantity * Decimal(price),
        "currency": currency,
        "rate": rate,
        "rate_on": f"{month.replace(day=15):%d/%m/%Y}",
    }


def _national(row):
    """Return what all importers together brought in, in dinars; the importer's own number says nothing of it."""
    all_of_them, own = NATIONAL
    quantity = row["quantity"] * all_of_them // own
    value = (row["value"] / row["quantity"] * quantity * row["rate"]).quantize(Decimal("0.01"))
    return {**row, "document": "", "quantity": quantity, "value": value, "currency": "DZD", "rate": None, "rate_on": ""}


def _send(admin, name, rows, options, at):
    """Send a file to the desk and apply it, as if it were `at`."""
    batch = desk.receive(admin, "trade", name, [_csv(rows)], options, _moment(at), at=at)
    found = desk.check(admin, batch, _moment(at), inline=True, at=at)
    if found["state"] != "checked":
        raise Refused(f"{name}: {found['state']}", *(fault["reason"] for fault in found["faults"]))
    desk.apply(admin, batch, _moment(at), at=at)


def _moment(at):
    version = Ledger.objects.values_list("version", flat=True).get(pk=1)
    return Moment(version, at.date(), demo=True)


def _csv(rows):
    """Write rows as Excel in French does."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(HEADINGS)
    for row in rows:
        money = [
            row["value"],
            row["currency"],
            row["rate"],
            row["rate_on"],
            "Banque d’Algérie (démonstration)" if row["rate"] else "",
        ]
        said = [
            row.get("range", ""),
            row.get("family", ""),
            row["month"],
            row["origin"],
            row["document"],
            row["quantity"],
            "pièce",
        ]
        out.writerow([_plain(cell) for cell in (*said, *money)])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell):
    if cell is None:
        return ""
    return show(cell, "fr", 2, space="") if isinstance(cell, Decimal) else cell
