"""How a table lies in a sheet: what recognise.py finds and what table() gives. Rows and columns count from 0."""

from dataclasses import dataclass, field
from datetime import date
from itertools import compress


@dataclass(frozen=True)
class LeftOut:
    """A sheet, row or column that is not read, and why. `row` and `column` as people write them: from 1, letters."""

    sheet: str
    why: str
    row: int | None = None
    column: str | None = None

    def as_json(self):
        """Return {sheet, row or column, why}."""
        place = {key: value for key, value in (("row", self.row), ("column", self.column)) if value is not None}
        return {"sheet": self.sheet, **place, "why": self.why}


@dataclass(frozen=True)
class MonthColumn:
    """A column of a wide table: its month, and its measure when the heading names one."""

    column: int
    month: date
    measure: str | None = None


@dataclass(frozen=True)
class Example:
    """A cell that proves something, as people write its place."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class NumberStyle:
    """What the numbers written as text prove, with up to five examples each; typed numbers prove nothing.

    `rarer`: of two marks side by side the one that fewer numbers use.
    """

    comma: tuple[Example, ...] = ()
    dot: tuple[Example, ...] = ()
    ambiguous: tuple[Example, ...] = ()
    rarer: str | None = None

    @property
    def decimal(self):
        """Return "comma" or "dot" when the sheet proves exactly one of them, else None."""
        if bool(self.comma) == bool(self.dot):
            return None
        return "comma" if self.comma else "dot"

    @property
    def mixed(self):
        """Return whether the sheet writes both 1,5 and 1.5."""
        return bool(self.comma and self.dot)


@dataclass(frozen=True)
class Layout:
    """Where a table lies and what its columns mean.

    `columns` maps a column to its field; of a wide table `months` lists the month columns. `month`: the month of
    a long table without a month column, said above it. `measure`: what a wide table counts, when headings or
    titles say so; `unit` as the sheet says it, `unit_cell` the (text, row from 1, letters) where it does. `skipped`
    holds the rows that are not data. `notes`: what is read and might surprise.
    """

    sheet: str
    index: int
    header_row: int
    first_row: int
    last_row: int
    shape: str
    columns: dict[int, str]
    months: tuple[MonthColumn, ...] = ()
    month: date | None = None
    measure: str | None = None
    unit: str | None = None
    unit_cell: tuple = ("", None, None)
    skipped: frozenset[int] = frozenset()
    style: NumberStyle = NumberStyle()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple = ()

    @property
    def has_rows(self):
        """Return whether there is any data under the headings."""
        return len(self.skipped) < self.last_row - self.first_row


@dataclass(frozen=True)
class Recognition:
    """The tables of a workbook, what is left out of it, and the problems that keep it from being applied.

    `notes`: what was read and might surprise. `readable`: the problems, if any, are single numbers: the other cells
    can be read all the same.
    """

    layouts: tuple[Layout, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple = ()
    notes: tuple = ()
    readable: bool = True

    @property
    def ambiguous(self):
        """Return the examples of numbers that can be read in two ways, over all tables."""
        return tuple(example for layout in self.layouts for example in layout.style.ambiguous)


@dataclass
class Table:
    """The data of one table, column-wise: all lists are aligned with `rows`, the places of the rows in the sheet.

    `fields`: field -> its cells. `months`: of a wide table, (MonthColumn, its cells) in the order of the columns.
    `places`: field -> its column.
    """

    rows: list[int]
    fields: dict[str, list]
    months: list[tuple[MonthColumn, list]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def cells(self):
        """Yield (row, column, cells by field in the order of `fields`, month, cell) for each cell of a wide table."""
        keys = list(zip(*self.fields.values(), strict=True)) if self.fields else [()] * len(self.rows)
        for month, cells in self.months:
            column, when = month.column, month.month
            for row, key, cell in zip(self.rows, keys, cells, strict=True):
                yield row, column, key, when, cell


def table(layout, workbook):
    """Return the Table of a layout: raw cells, without the rows and columns that are left out."""
    sheet = workbook.sheets[layout.index]
    span = range(layout.first_row, layout.last_row)
    wanted = [row not in layout.skipped for row in span] if layout.skipped else None

    def column(index):
        cells = sheet.column(index, layout.first_row, layout.last_row)
        return cells if wanted is None else list(compress(cells, wanted))

    return Table(
        rows=list(span) if wanted is None else list(compress(span, wanted)),
        fields={name: column(index) for index, name in layout.columns.items()},
        months=[(month, column(month.column)) for month in layout.months],
        places={name: index for index, name in layout.columns.items()},
    )
