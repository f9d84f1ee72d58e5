"""What a row of imports must be: its columns, what senders call them, and how a cell becomes a value."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from intake.headings import month_of_cell
from intake.sheets import DATE, ERASER, NUMBER, column_letters, text_of
from partstrack.folding import fold, latin_digits, legible
from partstrack.numbers import Ambiguous, NotANumber, parse_number
from partstrack.registry import Fault, Field
from production.models import TradeLine
from production.models.trade import MONEY
from production.rows import Values

MEASURES = ("quantity", "value", "rate")
MEASURE_NAMES = {"quantity": _("Quantity"), "value": _("Value"), "rate": _("Exchange rate")}
TEXTS = (
    "month",
    "quantity",
    "value",
    "flow",
    "importer",
    "range",
    "family",
    "part",
    "country",
    "document",
    "unit",
    "currency",
    "rate_source",
)

FIELDS = (
    Field("range", _("Range"), ("gamme", "code gamme", "range", "product range", "التشكيلة", "رمز التشكيلة"), "key"),
    Field("family", _("Family"), ("famille", "family", "العائلة", "الفئة", "المجموعة"), "key"),
    Field(
        "part",
        _("Reference"),
        ("référence", "référence pièce", "ref", "réf", "part number", "part", "reference", "المرجع", "رقم القطعة"),
        "key",
    ),
    Field("month", _("Month"), ("mois", "période", "month", "period", "date", "الشهر", "الفترة"), "month"),
    Field("flow", _("Flow"), ("flux", "sens", "flow", "الحركة")),
    Field("importer", _("Importer"), ("importateur", "code importateur", "opérateur", "importer", "المستورد")),
    Field(
        "country",
        _("Origin"),
        ("origine", "pays d'origine", "pays", "provenance", "origin", "country of origin", "country", "المنشأ", "بلد المنشأ"),
    ),
    Field(
        "document",
        _("Document"),
        ("déclaration", "n° déclaration", "numéro de déclaration", "facture", "n° facture", "document", "invoice", "التصريح", "رقم التصريح", "الفاتورة"),
    ),
    Field(
        "quantity",
        _("Quantity"),
        ("quantité", "quantités", "qté", "quantité importée", "quantity", "qty", "الكمية", "الكمية المستوردة"),
        "measure",
    ),
    Field("unit", _("Unit"), ("unité", "unit", "uom", "الوحدة", "وحدة القياس")),
    Field(
        "value",
        _("Value"),
        ("valeur", "valeur en devise", "valeur caf", "valeur en douane", "montant", "value", "amount", "القيمة", "المبلغ"),
        "measure",
    ),
    Field("currency", _("Currency"), ("devise", "monnaie", "currency", "العملة")),
    Field("rate", _("Exchange rate"), ("taux", "taux de change", "cours", "rate", "exchange rate", "سعر الصرف")),
    Field("rate_on", _("Day of the rate"), ("date du taux", "date du cours", "jour du taux", "rate date", "تاريخ سعر الصرف")),
    Field("rate_source", _("Source of the rate"), ("source du taux", "source du cours", "rate source", "مصدر سعر الصرف")),
)  # fmt: skip

FLOWS = {
    fold(word): flow
    for flow, words in {
        TradeLine.Flow.IMPORT: ("", "import", "importation", "imports", "استيراد"),
        TradeLine.Flow.EXPORT: ("export", "exportation", "exports", "تصدير"),
    }.items()
    for word in words
}
CURRENCIES = {"": MONEY, "DA": MONEY, "دج": MONEY, "€": "EUR", "EURO": "EUR", "$": "USD", "US$": "USD"}
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


@dataclass
class Row:
    """One row of a file: where it stands, its words, its month, its values, what it erases, the day of its rate."""

    sheet: str
    row: int
    month: date
    said: dict
    values: dict
    erased: tuple
    rate_on: date | None

    @property
    def count(self):
        """Count the values that the row says; a rate is one where it turns a value into dinars."""
        rated = "value" in self.values and currency_of(self.said["currency"]) != MONEY
        return len(self.values) + len(self.erased) - ("rate" in self.values and not rated)


@dataclass
class Cleaned:
    """The rows that can be read, and what was blank, refused or doubtful; `places`: letters of a field's column."""

    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    read: int = 0
    blank: int = 0
    refused: int = 0
    set_aside: int = 0


def clean(layout, table, decimal, dropped=frozenset()):
    """Turn a table with one row a month and goods into Cleaned rows. `dropped`: rows that a person set aside."""
    cleaned = Cleaned(read=len(table.rows))
    cleaned.places = {name: column_letters(column) for name, column in table.places.items()}
    reader = _Reader(layout, table, decimal or layout.style.decimal, cleaned)
    for index, row in enumerate(table.rows):
        if row + 1 in dropped:
            cleaned.set_aside += reader.said(index)
        else:
            reader.read(index)
    return cleaned


class _Reader:
    """Reads the rows of one table, noting every cell that cannot be taken."""

    def __init__(self, layout, table, decimal, cleaned):
        self.layout, self.table, self.decimal, self.cleaned = layout, table, decimal, cleaned
        self.values = Values(decimal)

    def cell(self, name, index):
        """Return a cell by field; None when it is empty or the table has no such column."""
        return self.table.fields[name][index] if name in self.table.fields else None

    def said(self, index):
        """Count the values of a row as Row.count does: its cells that are not blank."""
        said = {name for name in MEASURES if self.cell(name, index) is not None}
        in_dinars = currency_of(legible(text_of(self.cell("currency", index)))) == MONEY
        return len(said - {"rate"} if in_dinars or "value" not in said else said)

    def read(self, index):
        """Read one row; it is kept when its month, its values and its rate can be read, and it says something."""
        faults, questions = len(self.cleaned.faults), len(self.cleaned.questions)
        values = {name: found for name in ("quantity", "value") if (found := self._value(name, index)) is not None}
        rate, rate_on, month = self._rate(index), self._rate_on(index), self._month(index)
        if len(self.cleaned.faults) > faults:
            self.cleaned.refused += max(self.said(index), 1)
        elif len(self.cleaned.questions) == questions and values:
            self._keep(index, month, values, rate, rate_on)

    def _value(self, name, index):
        """Return the Decimal of a measure, ERASER, or None for a blank and for what was noted."""
        cell = self.cell(name, index)
        found = None if cell is None else self.values.of(cell)
        if found is None:
            self.cleaned.blank += name in self.table.fields
        elif not isinstance(found, Decimal) and found != ERASER:
            return self._cannot(name, index, found)
        return found

    def _keep(self, index, month, values, rate, rate_on):
        erased = tuple(name for name, value in values.items() if value == ERASER)
        numbers = {name: value for name, value in values.items() if value != ERASER}
        said = {name: legible(text_of(self.cell(name, index))) for name in TEXTS}
        numbers |= {"rate": rate} if rate else {}
        row = self.table.rows[index] + 1
        self.cleaned.rows.append(Row(self.layout.sheet, row, month, said, numbers, erased, rate_on))

    def _cannot(self, name, index, found):
        """Note a cell that cannot be read (reason, remedy), or a number that can be read in two ways."""
        where = (self.layout.sheet, self.table.rows[index] + 1, self.cleaned.places[name])
        text = text_of(self.cell(name, index))
        if isinstance(found, Ambiguous):
            said = dict(zip(("sheet", "row", "column", "value"), (*where, text), strict=True))
            self.cleaned.questions.append(said)
        else:
            self.cleaned.faults.append(Fault(*where, text, *found, code="cell"))

    def _rate(self, index):
        cell = self.cell("rate", index)
        rate = None if cell is None else rate_of(cell, self.decimal)
        return rate if rate is None or isinstance(rate, Decimal) else self._cannot("rate", index, rate)

    def _rate_on(self, index):
        cell = self.cell("rate_on", index)
        day = None if cell is None else day_of(cell)
        if cell is not None and day is None:
            self._cannot("rate_on", index, (_("This is not a day."), _("Write the day like 31/08/2026.")))
        return day

    def _month(self, index):
        if self.layout.month:
            return self.layout.month
        cell = self.cell("month", index)
        month = month_of_cell(cell)
        if month is None:
            reason = _("This is not a month.") if cell is not None else _("The month is missing.")
            self._cannot("month", index, (reason, _("Write the month like 08/2026 or août 2026.")))
        return month


def rate_of(cell, decimal):
    """Return the Decimal of a rate, the Ambiguous error, or (reason, remedy)."""
    wrong = _("This is not an exchange rate."), _("Write how many DZD one unit of the currency is, above zero.")
    try:
        rate = Decimal(cell[1:]) if cell[0] == NUMBER else parse_number(text_of(cell), decimal)
    except Ambiguous as error:
        return error
    except (NotANumber, ArithmeticError):
        return wrong
    exact = rate.is_finite() and rate == rate.quantize(Decimal("0.000001"))
    return rate if exact and 0 < rate < 10**9 else wrong


def day_of(cell):
    """Return the day that a cell says, None when it says none."""
    text = latin_digits(text_of(cell)).strip()
    try:
        if cell[0] == DATE:
            return date.fromisoformat(cell[1:11])
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def currency_of(text):
    """Return the code of a currency, None when the text says none."""
    said = text.strip().upper()
    code = CURRENCIES.get(said, said)
    return code if re.fullmatch("[A-Z]{3}", code) else None
