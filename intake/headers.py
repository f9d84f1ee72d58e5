"""Finds the headings of a table, under titles and blank lines, in one row, in two or in three."""

from dataclasses import dataclass, field, replace

from intake.headings import Heading, Vocabulary, year_in
from intake.sheets import text_of

DEPTH = 60  # rows that are searched for the first header; below only the key column is


@dataclass
class Header:
    """One row read as headings: column -> field name, column -> month Heading, years above the month names.

    `spans`: columns of years, half-years and quarters. `rows_above`: how many rows above it belong to it.
    """

    sheet: str
    row: int
    fields: dict[int, str] = field(default_factory=dict)
    months: dict[int, Heading] = field(default_factory=dict)
    spans: dict[int, Heading] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    rows_above: int = 0

    @property
    def first_row(self):
        """Return the first row that belongs to the header; what stands above it are titles."""
        return self.row - self.rows_above

    @property
    def weight(self):
        """Return how many of its cells are understood."""
        return len(self.fields) + len(self.months)

    def missing(self, vocabulary: Vocabulary):
        """Return the titles of what the row lacks to be a header; empty when it is one."""
        present = set(self.fields.values())
        periodic = bool(vocabulary.with_role("month"))
        roles = {"key", "text"} if periodic else {"key", "text", "measure"}
        needed = [known for known in vocabulary.fields if known.required and known.role in roles]
        lacking = [str(known.title) for known in needed if known.name not in present]
        measures = vocabulary.with_role("measure")
        if periodic and not self.months and not self.spans and not present.intersection(measures):
            lacking.append(" / ".join(str(vocabulary.field_of(name).title) for name in measures[:2]))
        return lacking

    def is_complete(self, vocabulary: Vocabulary):
        """Return whether a table can begin under this row."""
        return self.weight + len(self.spans) > 1 and not self.missing(vocabulary)

    def says_measure(self, vocabulary: Vocabulary):
        """Return whether a column is headed by a measure without a month."""
        return any(vocabulary.roles[name] == "measure" for name in self.fields.values())


def find_headers(sheet, vocabulary):
    """Return the complete headers of a sheet from the top; the second one, if any, means a second table."""
    found = []
    for row in range(min(sheet.height, DEPTH)):
        header = read_header(sheet, row, vocabulary)
        if header.is_complete(vocabulary):
            found = [other for other in found if other.row < header.first_row]  # a line of this one is no table
            found.append(header)
    found = [header for header in found if header.months or header.says_measure(vocabulary)] or found
    return found + _below(sheet, found[0], vocabulary) if len(found) == 1 else found[:2]


def _below(sheet, header, vocabulary):
    """Return the next header further down: a row whose key column repeats a heading of the key."""
    keys = [column for column, name in header.fields.items() if vocabulary.roles[name] == "key"]
    if not keys or sheet.height <= DEPTH:
        return []
    codes = sheet.column_codes(keys[0], DEPTH)
    key = header.fields[keys[0]]
    headings = {code for code in set(codes) if vocabulary.could_be(sheet.values[code], key)}
    for row, code in enumerate(codes, start=DEPTH):
        if code in headings and (second := read_header(sheet, row, vocabulary)).is_complete(vocabulary):
            return [second]
    return []


def nearest_header(sheet, vocabulary):
    """Return the row of the sheet's top that comes nearest to a header."""
    headers = [read_header(sheet, row, vocabulary) for row in range(min(sheet.height, DEPTH))]
    return max(headers, key=lambda header: header.weight)


def read_header(sheet, row, vocabulary):
    """Return one row read as headings.

    Months may stand over its measures; names of the other columns and years may stand over the months.
    """
    header = _read_row(sheet, row, vocabulary)
    if not header.months and row:
        _take_months(header, _read_row(sheet, row - 1, vocabulary), sheet, vocabulary)
    if header.months:
        _take_measures(header, sheet, vocabulary)
        _read_above(header, sheet, vocabulary)
    return header


def _read_row(sheet, row, vocabulary):
    """Return what the cells of one row say by themselves."""
    header = Header(sheet.name, row)
    for column, cell in enumerate(sheet.row(row)):
        heading = vocabulary.read(cell)
        if heading.field:
            header.fields[column] = heading.field
        elif heading.month or heading.bare_month:
            header.months[column] = heading
        elif heading.span:
            header.spans[column] = heading
        if heading.unit:
            header.units.append(heading.unit)
    return header


def _take_months(header, above, sheet, vocabulary):
    """Give each measure of this row the month over it, which may stretch to the right; one month alone is a title."""
    measures = {column: name for column, name in header.fields.items() if vocabulary.roles[name] == "measure"}
    if len(above.months) < 2 or len(set(measures.values())) == len(measures):
        return  # under months the same measures come again; under "from 01/2026 to 03/2026" they do not
    month = None
    for column in range(min(above.months), sheet.width):
        if sheet.cell(above.row, column) is not None:
            month = above.months.get(column)
        if month and column in measures:
            header.months[column] = replace(month, measure=header.fields.pop(column))
            header.rows_above = 1


def _take_measures(header, sheet, vocabulary):
    """Give each month of this row the measure over it, which may stretch to the right; one measure alone is a title."""
    if not header.row or any(heading.measure for heading in header.months.values()):
        return
    above = {column: vocabulary.read(cell).field for column, cell in enumerate(sheet.row(header.row - 1)) if cell}
    above = {column: name for column, name in above.items() if column >= min(header.months)}
    if len(above) < 2 or any(vocabulary.roles.get(name) != "measure" for name in above.values()):
        return
    measure = None
    for column in range(min(header.months), sheet.width):
        measure = above.get(column, measure)
        if measure and column in header.months:
            header.months[column] = replace(header.months[column], measure=measure)
            header.rows_above = 1


def _read_above(header, sheet, vocabulary):
    """Take names of columns that are blank in this row, and years over bare month names, from the rows above."""
    year_row = header.first_row - 1
    blank = {column for column, cell in enumerate(sheet.row(header.row)) if cell is None}
    for row in range(header.row - 1, max(year_row, 0) - 1, -1):
        named = {column: vocabulary.read(cell).field for column, cell in enumerate(sheet.row(row)) if column in blank}
        named = {column: name for column, name in named.items() if name}
        if named:
            header.fields.update(named)
            blank -= named.keys()
            header.rows_above = max(header.rows_above, header.row - row)
    year = None
    for column in range(min(header.months), sheet.width if year_row >= 0 else 0):
        year = year_in(text_of(sheet.cell(year_row, column))) or year
        if year and column in header.months and header.months[column].bare_month:
            header.years[column] = year
            header.rows_above = header.row - year_row
