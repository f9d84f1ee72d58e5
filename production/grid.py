"""The month grid: the parts of a site and what stands of a month, to be typed over. What is typed becomes a file."""

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from catalogue.models import Part, PartAlias, reference_key
from intake.models import SenderProfile
from intake.sheets import ERASER
from partstrack.numbers import Ambiguous, NotANumber, parse_number, plain
from partstrack.periods import shift, to_iso
from production import rows
from production.models import MEASURE_NAMES, MEASURES, Declaration, OutputLine, Standing
from production.rows import column_letters

KIND = "output"  # of the file that a typed month is
SHOWN = ("produced", "sold_after_market", "sold_first_fit", "sold_unsplit", "scrapped", "opening", "closing")
BEHIND = tuple(measure for measure in MEASURES if measure not in SHOWN)  # behind "Other measures"
COLUMNS = (*SHOWN, *BEHIND)
MONTHS_BACK = 12
ROWS_SHOWN = 500  # references that are shown by themselves; others are added by name, or sent as a file
ROWS_TAKEN = 1000  # rows that one sending may hold
FILE_NAME = "Saisie {month} – {site}.csv"  # a name that is kept: the same whatever the language of who types
LONGEST_TEXT = 60  # characters of a cell that a sentence repeats
FIELD_OF = {rows.SPOKEN.get(each.name, each.name): each for each in rows.FIELDS}  # measure of the ledger -> column


@dataclass
class GridRow:
    """A part (and brand) of the grid. `values`: what stands, by measure; `texts`: what the cells hold, by measure.

    `unit`: the unit of the line that stands, when it is not the part's own. `opening`: last month's closing stock,
    proposed. `faults`: sentences by measure; of the whole row under "".
    """

    reference: str
    brand: str = ""
    name: str = ""
    unit: str = ""
    known: bool = True
    opening: Decimal | None = None
    values: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    @property
    def key(self):
        """Return what makes a row one row."""
        return reference_key(self.reference), self.brand

    @property
    def own_faults(self):
        """Return what is wrong with the row, not with one of its cells."""
        return self.faults.get("", [])

    def says_more(self):
        """Say whether something new or wrong stands in a measure that is not shown at first."""
        return any(name in self.faults or (self.texts.get(name) and name not in self.values) for name in BEHIND)

    def cells(self):
        """Return (measure, label, text, faults, is shown at first) of each cell, in the order of the columns."""
        return [
            (name, MEASURE_NAMES[name], self.texts.get(name, ""), self.faults.get(name, ()), name in SHOWN)
            for name in COLUMNS
        ]


def url(site, month, **more):
    """Return the address of the grid of a site's month."""
    return f"{reverse('entry')}?{urlencode({'site': site.code, 'month': to_iso(month), **more})}"


# What stands --------------------------------------------------------------------------------------------
def read(site, month, version):
    """Return {key: GridRow} of the parts a site declared in the last 12 months, with what stood at a data version."""
    months = (shift(month, -MONTHS_BACK), month)
    standing = Standing.objects.standing(version).filter(head__site=site, head__month__range=months)
    lines = OutputLine.objects.filter(declaration__in=standing.values("declaration")).order_by("part__reference", "pk")
    found, mark = {}, mark_of(site.firm)
    for line in lines.filter(month=month).select_related("part", "brand")[:ROWS_SHOWN]:
        row = _row_of(found, line)
        row.values = said(line)
        row.texts = {measure: shown(value, mark) for measure, value in row.values.items()}
        row.unit = line.unit_id if line.unit_id != line.part.unit_id else ""
    _propose(found, lines)
    for line in lines.filter(month=shift(month, -1), closing__isnull=False).select_related("part", "brand"):
        row = found.get(_row_of({}, line).key)
        if row:
            row.opening = line.closing
    return dict(sorted(found.items(), key=lambda pair: (pair[1].reference, pair[1].brand)))


def _propose(found, lines):
    """Add what the site declared in other months, as far as there is room."""
    names = ("part__reference", "part__name", "part__name_ar", "brand__code")
    for reference, name, name_ar, brand in lines.order_by(*names).values_list(*names).distinct()[:ROWS_SHOWN]:
        if len(found) < ROWS_SHOWN:
            row = GridRow(reference, brand or "", name_ar if get_language() == "ar" and name_ar else name)
            found.setdefault(row.key, row)


def _row_of(found, line):
    row = GridRow(line.part.reference, line.brand.code if line.brand else "", line.part.name_in(get_language()))
    return found.setdefault(row.key, row)


def said(line):
    """Return {measure: Decimal} of what a line says."""
    return {measure: value for measure in MEASURES if (value := getattr(line, measure)) is not None}


def mark_of(firm):
    """Return the decimal mark of a firm's numbers: what was answered once about its files, else the reader's own."""
    profile = SenderProfile.objects.filter(firm=firm, kind=KIND).first()
    said_once = profile.answers.get("decimal") if profile else None
    return {"comma": ",", "dot": "."}.get(said_once, "." if get_language() == "en" else ",")


def shown(value, mark):
    """Return a quantity as it stands in a cell: no groups, and never to be read in two ways (2,875 is 2,8750)."""
    whole, point, fraction = plain(value).partition(".")
    return f"{whole}{mark}{fraction}{'0' if len(fraction) == 3 else ''}" if point else whole


def fill_from(found, declaration):
    """Put what a returned declaration says into the cells, to be corrected."""
    mark = mark_of(declaration.head.site.firm)
    for line in declaration.lines.select_related("part", "brand").order_by("part__reference", "pk"):
        _row_of(found, line).texts = {measure: shown(value, mark) for measure, value in said(line).items()}


def state_of(site, month):
    """Return (declaration that waits or was returned, whether nil stands) of a site's month."""
    declarations = Declaration.objects.filter(head__site=site, head__month=month)
    open_one = (
        declarations.filter(state__in=Declaration.OPEN)
        .select_related("decided_by", "head__site__firm")
        .order_by("pk")
        .first()
    )
    standing = Standing.objects.filter(head__site=site, head__month=month, to_v=None)
    return open_one, standing.filter(declaration__kind=Declaration.Kind.NIL).exists()


# What is typed ------------------------------------------------------------------------------------------
def overlay(found, typed, firm):
    """Put typed rows, (reference, brand code, {measure: text}), into the grid; those it did not propose come at its end."""
    parts = _parts({reference_key(reference) for reference, _brand, _texts in typed} - {key[0] for key in found}, firm)
    for reference, brand, texts in typed:
        part = parts.get(reference_key(reference))
        name = part.name_in(get_language()) if part else ""
        row = GridRow(part.reference if part else reference, brand, name, known=part is not None)
        found.setdefault(_place(found, row), row).texts.update(texts)


def _place(found, row):
    """A row without a brand means the one row of its part, whatever the brand of that one."""
    if row.brand or row.key in found:
        return row.key
    same = [key for key in found if key[0] == row.key[0]]
    return same[0] if len(same) == 1 else row.key


def _parts(keys, firm):
    """Return {key: Part} of references and aliases of a firm."""
    if not keys:
        return {}
    aliases = PartAlias.objects.filter(firm=firm, reference_key__in=keys).select_related("part")
    parts = Part.objects.filter(firm=firm, reference_key__in=keys).living()
    return {alias.reference_key: alias.part for alias in aliases} | {part.reference_key: part for part in parts}


def changed(row, erase):
    """Return ({measure: text} of the cells that say something else than what stands, number of emptied cells kept).

    An emptied cell erases its value when `erase` says so.
    """
    cells, kept = {}, 0
    for measure in COLUMNS:
        text, value = row.texts.get(measure, "").strip(), row.values.get(measure)
        if text and not _same(text, value):
            cells[measure] = text
        elif not text and value is not None and erase:
            cells[measure] = ERASER
        elif not text and value is not None:
            kept += 1
    return cells, kept


def _same(text, value):
    if value is None:
        return False
    if text in {plain(value), plain(value).replace(".", ",")}:
        return True
    try:
        return parse_number(text) == value
    except (Ambiguous, NotANumber):
        return False


# The file -----------------------------------------------------------------------------------------------
def write_file(month, changes):
    """Return the csv (bytes) of what was typed: [(GridRow, {measure: text})]; only measures that somebody changed."""
    measures = [measure for measure in COLUMNS if any(measure in cells for _row, cells in changes)]
    told = [name for name in ("brand", "unit") if any(getattr(row, name) for row, _cells in changes)]
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow([_heading(name) for name in ("part", *told, "month", *measures)])
    for row, cells in changes:
        names = [getattr(row, name) for name in told]
        sheet.writerow([row.reference, *names, to_iso(month), *(cells.get(measure, "") for measure in measures)])
    return ("\ufeff" + text.getvalue()).encode()


def _heading(name):
    return FIELD_OF[name].headings[0]


def read_file(batch):
    """Return ([(reference, brand code, {measure: text}, row number)], {column letters: measure}) of a typed file."""
    with batch.file.open("rb") as file:
        lines = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig")), delimiter=";"))
    names = {_heading(name): name for name in ("part", "brand", "unit", "month", *COLUMNS)}
    columns = [names.get(heading, "") for heading in lines[0]]
    typed = []
    for number, cells in enumerate(lines[1:], start=2):
        said_here = dict(zip(columns, cells, strict=True))
        texts = {name: _text(text) for name, text in said_here.items() if name in MEASURES and text}
        typed.append((said_here["part"], said_here.get("brand", ""), texts, number))
    return typed, {column_letters(place): name for place, name in enumerate(columns) if name in MEASURES}


def _text(text):
    """An emptied cell is shown empty again, as it was typed."""
    return "" if text == ERASER else text
