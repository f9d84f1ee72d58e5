"""Finds the row of headings of a table, under titles and blank lines, in one row or in two."""

from dataclasses import dataclass, field

from intake.headings import Heading, Vocabulary, year_in
from intake.sheets import text_of

DEPTH = 60  # rows that are searched for the first header; below only the key column is


@dataclass
class Header:
    """One row read as headings: column -> field name, column -> month Heading, years above the month names."""

    sheet: str
    row: int
    fields: dict[int, str] = field(default_factory=dict)
    months: dict[int, Heading] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    uses_row_above: bool = False

    @property
    def first_row(self):
        """Return the first row that belongs to the header; what stands above it are titles."""
        return self.row - self.uses_row_above

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
        if periodic and not self.months and not present.intersection(measures):
            lacking.append(" / ".join(str(vocabulary.field_of(name).title) for name in measures[:2]))
        return lacking

    def is_complete(self, vocabulary: Vocabulary):
        """Return whether a table can begin under this row."""
        return self.weight > 1 and not self.missing(vocabulary)


def find_headers(sheet, vocabulary):
    """Return the complete headers of a sheet from the top; the second one, if any, means a second table."""
    found = []
    for row in range(min(sheet.height, DEPTH)):
        header = read_header(sheet, row, vocabulary)
        if header.is_complete(vocabulary):
            found.append(header)
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

    When it names months, years and the names of the other columns may stand in the row above.
    """
    header = Header(sheet.name, row)
    cells = sheet.row(row)
    for column, cell in enumerate(cells):
        heading = vocabulary.read(cell)
        if heading.field:
            header.fields[column] = heading.field
        elif heading.month or heading.bare_month:
            header.months[column] = heading
        if heading.unit:
            header.units.append(heading.unit)
    if header.months and row:
        _read_above(header, sheet.row(row - 1), cells, vocabulary)
    return header


def _read_above(header, above, cells, vocabulary):
    """Take names of columns that are blank in this row, and years over bare month names, from the row above."""
    for column, (over, own) in enumerate(zip(above, cells, strict=True)):
        name = vocabulary.read(over).field if own is None else None
        if name:
            header.fields[column] = name
            header.uses_row_above = True
    year = None
    for column in range(min(header.months), len(cells)):
        year = year_in(text_of(above[column])) or year
        if year and column in header.months and header.months[column].bare_month:
            header.years[column] = year
            header.uses_row_above = True
