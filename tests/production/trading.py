"""Ranges and imports for tests, by the doors of the product: files go through the desk."""

import csv
import io
from datetime import date
from decimal import Decimal

from accounts.models import Firm
from catalogue.models import Brand, Family
from intake import desk
from office import clock
from office.door import write
from production import range_actions
from production.models import Exemption, Range
from tests import making

COLUMNS = (
    "importateur",
    "gamme",
    "famille",
    "référence",
    "mois",
    "flux",
    "origine",
    "déclaration",
    "quantité",
    "unité",
)
COLUMNS += ("valeur", "devise", "taux", "date du taux", "source du taux")
WORDS = ("importer", "range", "family", "part", "month", "flow", "origin", "document", "quantity", "unit")
WORDS += ("value", "currency", "rate", "rate_on", "rate_source")


def importer(code):
    """Return the firm of that code, made when missing; it is no supplier."""
    return Firm.objects.get_or_create(code=code, defaults={"name": code})[0]


def brand(code, of):
    """Make a brand that a firm owns."""
    return Brand.objects.create(code=code, name=code, firm=importer(of))


def make_range(user, code, of, family="brakes", began=None, parts=(), application=""):
    """Make a range of a brand; `began`: a day as text."""
    made = Range.objects.create(
        code=code, brand=of, family=Family.objects.get(code=family), application=application or code
    )
    begin(user, made, began)
    with write(user, "range") as door:
        range_actions.compose(door, made, parts)
    return made


def begin(user, made, began):
    """Say since when a range is produced locally."""
    with write(user, "range") as door:
        range_actions.begin(door, user, made, began and date.fromisoformat(began), "file")


def exempt(user, made, first, until, quantity, why="shortage"):
    """Exempt a quantity of a range from a month to a day."""
    with write(user, why) as door:
        row = Exemption.objects.create(
            range=made,
            first=making.month(first),
            until=date.fromisoformat(until),
            quantity=Decimal(quantity),
            why=why,
            by=user,
            on=date(2026, 9, 22),
            from_v=0,
        )
        range_actions.grant(door, row)
    return row


def sheet(*rows):
    """Return a csv of rows given as {word: text}."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(COLUMNS)
    out.writerows([row.get(word, "") for word in WORDS] for row in rows)
    return text.getvalue().encode()


def check(user, *rows, name="imports.csv", **options):
    """Send a file to the desk and check it. Returns (batch, what was found)."""
    batch = desk.receive(user, "trade", name, [sheet(*rows)], options, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=True)


def send(user, *rows, **options):
    """Send a file and apply it. Returns its batch."""
    batch, found = check(user, *rows, **{"accept": "as drawn", **options})
    assert found["state"] == "checked", found
    assert desk.apply(user, batch, clock.moment())["state"] == "applied"
    batch.refresh_from_db()
    return batch


def row(month, quantity, **words):
    """Return one row of imports; "range" and "importer" are R1 and IMP unless others are said."""
    return {"importer": "IMP", "range": "R1", "month": month, "quantity": str(quantity), **words}
