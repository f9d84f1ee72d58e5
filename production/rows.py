"""What a row of monthly output must be: its columns, what senders call them, and how a cell becomes a value."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from catalogue.models import reference_key
from intake.headings import month_of_cell, span_of
from intake.sheets import BOOL, DATE, ERROR, FORMULA, NUMBER, column_letters, text_of
from partstrack.folding import fold, legible
from partstrack.numbers import Ambiguous, NotANumber, parse_number
from partstrack.registry import Fault, Field
from production import quantities
from production.models import MEASURE_NAMES, MEASURES

LARGEST = Decimal(10) ** 15
# What a file may call a measure, beside the measure's own name.
SPOKEN = {"sold": "sold_unsplit"}
UNNAMED = "quantity"  # a column of quantities that does not say what it counts
ERASER = "effacer"
ERASERS = frozenset(map(fold, (ERASER, "erase", "مسح")))  # a cell that says so takes a value back: "not said"

FIELDS = (
    Field(
        "part",
        _("Reference"),
        (
            "référence", "référence pièce", "référence de la pièce", "ref", "réf", "réf.", "réf pièce", "pn", "p/n", "part number",
            "part no", "part", "reference", "code article", "code pièce", "article", "المرجع", "رقم القطعة", "مرجع القطعة", "رمز القطعة",
        ),
        "key",
        required=True,
    ),
    Field("month", _("Month"), ("mois", "période", "periode", "month", "period", "date", "شهر", "الشهر", "الفترة"), "month"),
    Field("name", _("Designation"), ("désignation", "libellé", "nom", "intitulé", "designation", "name", "description", "التعيين", "التسمية")),
    Field("supplier", _("Supplier"), ("fournisseur", "code fournisseur", "supplier", "supplier code", "fabricant", "المورد", "المورّد")),
    Field("site", _("Site"), ("site", "usine", "code site", "plant", "unité de production", "الموقع", "المصنع")),
    Field("brand", _("Brand"), ("marque", "brand", "العلامة", "العلامة التجارية")),
    Field("family", _("Family"), ("famille", "family", "العائلة", "الفئة")),
    Field("unit", _("Unit"), ("unité", "unite", "unit", "uom", "الوحدة", "وحدة القياس")),
    Field(
        "produced",
        MEASURE_NAMES["produced"],
        ("quantité produite", "quantités produites", "qté produite", "produit", "produits", "pièces produites", "production",
         "qty produced", "quantity produced", "produced", "output", "الكمية المنتجة", "الإنتاج", "المنتج"),
        "measure",
    ),
    Field(
        "quantity",
        _("Quantity"),
        ("quantité", "quantités", "qté", "qte", "qty", "quantity", "volume", "volumes", "الكمية", "العدد"),
        "measure",
    ),
    Field("scrapped", MEASURE_NAMES["scrapped"], ("rebuts", "rebut", "scrap", "scrapped", "المرفوضات", "التالف"), "measure"),
    Field(
        "sold",
        MEASURE_NAMES["sold_unsplit"],
        ("quantité vendue", "quantités vendues", "qté vendue", "vendu", "vendus", "ventes", "pièces vendues", "qty sold",
         "quantity sold", "sold", "sales", "الكمية المباعة", "المبيعات", "المباع"),
        "measure",
    ),
    Field(
        "sold_after_market",
        MEASURE_NAMES["sold_after_market"],
        ("ventes rechange", "vendu rechange", "ventes après-vente", "vendu après-vente", "sold after-market", "after-market sales",
         "مبيعات ما بعد البيع"),
        "measure",
    ),
    Field(
        "sold_first_fit",
        MEASURE_NAMES["sold_first_fit"],
        ("ventes première monte", "vendu première monte", "première monte", "sold first fit", "first fit sales", "oe sales",
         "مبيعات التركيب الأول"),
        "measure",
    ),
    Field("exported", MEASURE_NAMES["exported"], ("exporté", "exportations", "quantité exportée", "exported", "الصادرات"), "measure"),
    Field("own_use", MEASURE_NAMES["own_use"], ("autoconsommation", "usage propre", "own use", "الاستهلاك الذاتي"), "measure"),
    Field(
        "made_for_others",
        MEASURE_NAMES["made_for_others"],
        ("fabriqué pour des tiers", "produit pour tiers", "façon", "made for others", "الإنتاج للغير"),
        "measure",
    ),
    Field("bought_in", MEASURE_NAMES["bought_in"], ("achats", "acheté", "négoce", "bought in", "purchased", "المشتريات"), "measure"),
    Field("written_off", MEASURE_NAMES["written_off"], ("sorties diverses", "pertes", "casse", "written off", "الشطب"), "measure"),
    Field("opening", MEASURE_NAMES["opening"], ("stock initial", "stock début", "stock ouverture", "opening stock", "مخزون أول المدة"), "measure"),
    Field("closing", MEASURE_NAMES["closing"], ("stock final", "stock fin", "stock clôture", "closing stock", "مخزون آخر المدة"), "measure"),
    Field(
        "value_produced",
        MEASURE_NAMES["value_produced"],
        ("valeur produite", "valeur production", "valeur produite da", "value produced", "قيمة الإنتاج"),
        "measure",
    ),
    Field("value_sold", MEASURE_NAMES["value_sold"], ("valeur vendue", "chiffre d'affaires", "ca ht", "valeur ventes", "value sold", "قيمة المبيعات"), "measure"),
)  # fmt: skip

UNIT_WORDS = {
    fold(word): code
    for code, words in {
        "piece": "pièce pièces pce pcs pc piece pieces unité unités u unit units nombre nb قطعة قطع وحدة وحدات",
        "set": "jeu jeux set sets طقم أطقم",
        "kit": "kit kits",
        "litre": "litre litres l liter liters لتر",
        "kilogram": "kg kilo kilos kilogramme kilogrammes kilogram kilograms كلغ كغ كيلوغرام",
    }.items()
    for word in words.split()
} | {fold("en pièces"): "piece", fold("en unités"): "piece"}


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


@dataclass
class Row:
    """One staged row: where it stands, whose, when, which part, its values by measure, and measures to erase."""

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


class Values:
    """Cells of one table as Decimals, each distinct cell cleaned once. `decimal`: comma, dot or None (unknown)."""

    def __init__(self, decimal):
        self.decimal, self.known = decimal, {}

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
        try:
            value = Decimal(cell[1:]) if cell[0] == NUMBER else parse_number(cell[1:], self.decimal)
        except Ambiguous as error:
            return error
        except (NotANumber, ArithmeticError):
            return quantities.in_words(cell[1:])
        return value if (wrong := implausible(value)) is None else wrong


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
    values = Values(decimal or layout.style.decimal)
    cleaned = Cleaned(read=len(table.rows))
    (clean_wide if layout.shape == "wide" else clean_long)(layout, table, measure, values, cleaned)
    return cleaned


def clean_wide(layout, table, measure, values, cleaned):
    """One staged row a filled cell of the month columns."""
    keys = [_texts(table, index) for index in range(len(table.rows))]
    wrong = _wrong_references(layout, table, cleaned)
    for column, cells in table.months:
        counted = measure_named(named(column.measure) or measure)
        cleaned.measures.add(counted)
        for index, cell in enumerate(cells):
            if cell is None:
                cleaned.blank += 1
                continue
            where = (layout.sheet, table.rows[index] + 1, column_letters(column.column))
            if index in wrong:
                cleaned.refused += 1
            elif (value := _value(values, cell, where, cleaned)) is not None:
                cleaned.rows.append(Row(layout.sheet, where[1], column.month, **keys[index], **_said({counted: value})))


def clean_long(layout, table, measure, values, cleaned):
    """One staged row a row of the sheet; each measure column gives one value or a blank."""
    columns = measures_of(table, measure)
    cleaned.unnamed = UNNAMED in columns
    cleaned.measures.update(columns.values())
    wrong = _wrong_references(layout, table, cleaned)
    for index, row in enumerate(table.rows):
        said = {}
        for name, counted in columns.items():
            cell = table.fields[name][index]
            if cell is None:
                cleaned.blank += 1
                continue
            where = (layout.sheet, row + 1, column_letters(table.places[name]))
            if (value := _value(values, cell, where, cleaned)) is not None:
                said[counted] = value
        month = _month(layout, table, index, cleaned, 0 if index in wrong else len(said))
        if index in wrong:
            cleaned.refused += len(said)
        elif said and month:
            cleaned.rows.append(Row(layout.sheet, row + 1, month, **_texts(table, index), **_said(said)))


def _said(cells):
    """Return the values and the measures to erase of {measure: Decimal or ERASER}."""
    erased = tuple(measure for measure, value in cells.items() if value == ERASER)
    return {"values": {measure: value for measure, value in cells.items() if value != ERASER}, "erased": erased}


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


def _texts(table, index):
    """Return the words of a row by field; an absent column is an empty text."""
    said = {
        name: legible(text_of(table.fields[name][index])) if name in table.fields else ""
        for name in ("part", "name", "supplier", "site", "brand", "family", "unit")
    }
    return {**said, "part": quantities.reference_of(said["part"])}


def _value(values, cell, where, cleaned):
    """Return the Decimal of a cell, ERASER, or None after noting its fault or its question."""
    value = values.of(cell)
    if isinstance(value, Decimal) or value == ERASER:
        return value
    if value is None:
        cleaned.blank += 1
        cleaned.unsaid += 1
        return None
    if isinstance(value, Ambiguous):
        cleaned.ambiguous.append(dict(zip(("sheet", "row", "column", "value"), (*where, text_of(cell)), strict=True)))
        return None
    reason, remedy = value
    cleaned.refused += 1
    cleaned.faults.append(Fault(*where, text_of(cell), reason, remedy, code="cell"))
    return None


def _month(layout, table, index, cleaned, said):
    if layout.month:
        return layout.month
    cell = table.fields["month"][index]
    month = month_of_cell(cell)
    if month is None:
        where = (layout.sheet, table.rows[index] + 1, column_letters(table.places["month"]))
        reason = _("This is not a month.") if cell is not None else _("The month is missing.")
        if cell is not None and span_of(text_of(cell)):
            reason = _("A year, a half-year or a quarter cannot be split into months.")
        cleaned.faults.append(
            Fault(
                *where,
                text_of(cell) if cell else "",
                reason,
                _("Write the month like 08/2026 or août 2026."),
                code="cell",
            )
        )
        cleaned.refused += said
    return month


def part_key(text):
    """Return a reference as it is compared."""
    return reference_key(text)
