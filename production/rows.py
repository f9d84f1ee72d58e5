"""What a row of monthly output must be: its columns, what senders call them, and how a cell becomes a value."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from intake.headings import month_of_cell, span_of
from intake.leftovers import mixed_words
from intake.sheets import BOOL, DATE, ERASER, ERASERS, ERROR, FORMULA, NUMBER, TEXT, column_letters, text_of
from partstrack.folding import fold, legible
from partstrack.numbers import Ambiguous, NotANumber, decimal_mark, parse_number
from partstrack.registry import Fault
from production import quantities
from production.columns import FIELDS
from production.models import MEASURES

LARGEST = Decimal(10) ** 15
# What a file may call a measure, beside the measure's own name.
SPOKEN = {"sold": "sold_unsplit"}
TEXTS = ("part", "name", "supplier", "site", "brand", "family", "unit")  # the words of a row, as Row has them
UNNAMED = "quantity"  # a column of quantities that does not say what it counts


def measure_named(name):
    """Return the column of the ledger for a measure as files and --measure call it; KeyError when unknown."""
    name = SPOKEN.get(name, name)
    if name not in MEASURES:
        raise KeyError(name)
    return name


def named(measure):
    """Return a measure that headings or titles named; None for one that only says "quantity"."""
    return None if measure == UNNAMED else measure


@dataclass
class Cleaned:
    """The cells of a file as staged rows: {keys and measures} by row, with what was blank and what was wrong.

    `ambiguous`: the numbers that can be read in two ways, as {sheet, row, column, value}; they are no faults.
    """

    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    blank: int = 0
    refused: int = 0
    read: int = 0
    unsaid: int = 0
    unnamed: bool = True
    ambiguous: list = field(default_factory=list)
    measures: set = field(default_factory=set)


@dataclass(slots=True)
class Row:
    """One staged row: where it stands, whose, when, which part, its values by measure, and measures to erase.

    A row of which every cell is refused says nothing and is looked at for its other faults only; then its month or
    its part may be None, a fault that is noted already.
    """

    sheet: str
    row: int
    month: object
    part: str
    name: str
    supplier: str
    site: str
    brand: str
    family: str
    unit: str
    values: dict
    erased: tuple = ()

    @property
    def count(self):
        """Return how many values it says or takes back."""
        return len(self.values) + len(self.erased)


class Values:
    """Cells of one table as Decimals, each distinct cell cleaned once. `decimal`: comma, dot or None (unknown).

    `style`: what the table proves of its decimal mark; numbers with the rarer one of two are refused.
    """

    def __init__(self, decimal, style=None):
        self.decimal, self.rarer, self.known = decimal, style and style.rarer, {}
        self.mixed = mixed_words(style) if self.rarer else None

    def of(self, cell):
        """Return a Decimal, ERASER, or (reason, remedy), or the Ambiguous error; None for a dash and the like."""
        if cell not in self.known:
            self.known[cell] = self._read(cell)
        return self.known[cell]

    def _read(self, cell):
        if cell == FORMULA:
            return _("The formula was never calculated."), _(
                "Open the file, let it calculate, save it, and send it again."
            )
        if fold(cell[1:]) in ERASERS:
            return ERASER
        if cell[0] in (ERROR, BOOL, DATE):
            return _("This is not a quantity."), _("Write the quantity, or leave the cell empty when nothing is known.")
        if self.rarer and cell[0] == TEXT and decimal_mark(cell[1:]) == self.rarer:
            return self.mixed
        try:
            value = Decimal(cell[1:]) if cell[0] == NUMBER else parse_number(cell[1:], self.decimal)
        except Ambiguous as error:
            return error
        except (NotANumber, ArithmeticError):
            return quantities.in_words(cell[1:])
        if (wrong := implausible(value)) is not None:
            return wrong
        return quantities.inexact(value) or value if cell[0] == NUMBER else value


def implausible(value):
    """Return (reason, remedy) of a number that cannot be a volume, or None."""
    if value < 0:
        return _("A volume cannot be negative."), _(
            "Correct the month it belongs to instead of sending a negative quantity."
        )
    if value >= LARGEST:
        return _("The number is too large to be a volume."), _(
            "Check the cell: 15 digits are more than any plant makes."
        )
    if value != value.quantize(Decimal("0.001")):
        return _("The number has more than three decimals."), _(
            "Round it yourself to three decimals: nothing is rounded for you."
        )
    return None


def clean(layout, table, measure, decimal):
    """Turn a table into Cleaned rows. `measure`: what a wide table counts when its headings do not say."""
    values = Values(decimal or layout.style.decimal, layout.style)
    cleaned = Cleaned(read=len(table.rows))
    (clean_wide if layout.shape == "wide" else clean_long)(layout, table, measure, values, cleaned)
    return cleaned


def clean_wide(layout, table, measure, values, cleaned):
    """One staged row for each month of a row; columns that say other measures of one month are one row together."""
    wrong = _wrong_references(layout, table, cleaned)
    texts = _texts(table, wrong)
    found, times = {}, Counter()
    for column, cells in table.months:
        counted = measure_named(named(column.measure) or measure)
        letters = column_letters(column.column)
        cleaned.measures.add(counted)
        times[column.month, counted] += 1  # one measure of a month that stands twice stays apart: a double
        for index, cell in enumerate(cells):
            if _is_blank(values, cell, cleaned):
                continue
            where = (layout.sheet, table.rows[index] + 1, letters)
            said = found.setdefault((column.month, times[column.month, counted], index), {})
            if (value := _value(values, cell, where, cleaned, index in wrong)) is not None:
                said[counted] = value
    for (month, _times, index), said in found.items():
        cleaned.rows.append(Row(layout.sheet, table.rows[index] + 1, month, *texts[index], *_said(said)))


def clean_long(layout, table, measure, values, cleaned):
    """One staged row a row of the sheet; each measure column gives one value or a blank."""
    columns = measures_of(table, measure)
    cleaned.unnamed = UNNAMED in columns
    cleaned.measures.update(columns.values())
    wrong = _wrong_references(layout, table, cleaned)
    texts, months = _texts(table, wrong), _months(layout, table)
    read = [(counted, table.fields[name], column_letters(table.places[name])) for name, counted in columns.items()]
    for index, row in enumerate(table.rows):
        filled = [each for each in read if not _is_blank(values, each[1][index], cleaned)]
        said = {}
        for counted, cells, letters in filled:
            where = (layout.sheet, row + 1, letters)
            if (value := _value(values, cells[index], where, cleaned, index in wrong)) is not None:
                said[counted] = value
        month = months[index] or _no_month(layout, table, index, cleaned, len(said))
        if filled:
            cleaned.rows.append(Row(layout.sheet, row + 1, month, *texts[index], *_said(said if month else {})))


def _is_blank(values, cell, cleaned):
    """Say, and count, that a cell says nothing: it is empty, or holds a dash and the like."""
    if cell is not None and values.of(cell) is not None:
        return False
    cleaned.blank += 1
    cleaned.unsaid += cell is not None
    return True


def _said(cells):
    """Return the values and the measures to erase of {measure: Decimal or ERASER}."""
    if ERASER not in cells.values():
        return cells, ()
    erased = tuple(measure for measure, value in cells.items() if value is ERASER)
    return {measure: value for measure, value in cells.items() if value is not ERASER}, erased


def _wrong_references(layout, table, cleaned):
    """Return the places of the references that a spreadsheet program changed, after noting each."""
    cells = table.fields.get("part", [])
    changed = {cell: why for cell in set(cells) if (why := quantities.changed_reference(cell))}
    places = {index for index, cell in enumerate(cells) if cell in changed}
    column = column_letters(table.places["part"]) if places else ""
    cleaned.faults += [
        Fault(layout.sheet, table.rows[index] + 1, column, text_of(cells[index]), *changed[cells[index]])
        for index in sorted(places)
    ]
    return places


def measures_of(table, measure):
    """Return {field: measure of the ledger} of a long table; an unnamed quantity counts `measure`, unless a column names it."""
    named = {name: measure_named(name) for name in table.fields if name in _MEASURE_FIELDS and name != UNNAMED}
    counted = measure_named(measure)
    return {**named, UNNAMED: counted} if UNNAMED in table.fields and counted not in named.values() else named


def value_columns(layout):
    """Return the columns of quantities of a layout: the months of a wide table, the measures of a long one."""
    if layout.months:
        return [month.column for month in layout.months]
    return [column for column, name in layout.columns.items() if name in _MEASURE_FIELDS]


_MEASURE_FIELDS = frozenset(each.name for each in FIELDS if each.role == "measure")


def _texts(table, wrong):
    """Return the words of each row in the order of TEXTS; an absent column is an empty text.

    `wrong`: the places of the references that cannot be read; theirs is None.
    """
    blank = [""] * len(table.rows)
    columns = {name: _words(table.fields[name]) if name in table.fields else blank for name in TEXTS}
    if "part" in table.fields:
        columns["part"] = _words(table.fields["part"], quantities.reference_of)
        for index in wrong:
            columns["part"][index] = None
    return list(zip(*columns.values(), strict=True))


def _words(cells, read=str):
    """Return the words of the cells of a column, each distinct cell read once."""
    words = {cell: read(legible(text_of(cell))) for cell in set(cells)}
    return [words[cell] for cell in cells]


def _value(values, cell, where, cleaned, refused=False):
    """Return the Decimal of a filled cell, ERASER, or None after noting its fault or its question.

    `refused`: the row is refused already, so its value is one of those that are.
    """
    value = values.of(cell)
    if isinstance(value, Decimal) or value is ERASER:
        cleaned.refused += refused
        return None if refused else value
    if isinstance(value, Ambiguous):
        cleaned.ambiguous.append(dict(zip(("sheet", "row", "column", "value"), (*where, text_of(cell)), strict=True)))
        return None
    reason, remedy = value
    cleaned.refused += 1
    cleaned.faults.append(Fault(*where, text_of(cell), reason, remedy, code="cell"))
    return None


def _months(layout, table):
    """Return the month of each row of a long table, None where its cell says none; each distinct cell is read once."""
    if layout.month:
        return [layout.month] * len(table.rows)
    cells = table.fields["month"]
    months = {cell: month_of_cell(cell) for cell in set(cells)}
    return [months[cell] for cell in cells]


def _no_month(layout, table, index, cleaned, said):
    """Note a row whose month cannot be read, with as many values as it says."""
    cell = table.fields["month"][index]
    where = (layout.sheet, table.rows[index] + 1, column_letters(table.places["month"]))
    reason = _("This is not a month.") if cell is not None else _("The month is missing.")
    if cell is not None and span_of(text_of(cell)):
        reason = _("A year, a half-year or a quarter cannot be split into months.")
    remedy = _("Write the month like 08/2026 or août 2026.")
    cleaned.faults.append(Fault(*where, text_of(cell) if cell else "", reason, remedy, code="cell"))
    cleaned.refused += said
