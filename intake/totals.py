"""Which rows of a table are blank or sum others up. Total is a word, and also a brand of oil."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.headings import begins_like_total, is_period, is_total, is_unit, totals_of
from intake.layouts import Layout
from intake.sheets import NUMBER, TEXT, column_letters, decimal_of, text_of
from partstrack.folding import fold
from partstrack.numbers import Ambiguous, NotANumber, plain

SUBTOTALS = 200  # rows called "Total something" that are looked at
NEAR = Decimal("0.000001")  # a total that a spreadsheet counted in binary is off by less
GROUPING = ("family", "supplier", "site")  # fields whose words a total may name


@dataclass
class Reading:
    """A table whose total rows are looked for. `values` and `keys`: its columns of quantities and of references.

    `groups`: the folded names that totals may bear, of suppliers and families. `notes`: what is said of rows that
    may be totals and are read as parts.
    """

    layout: Layout
    sheet: Any
    values: list
    keys: list
    groups: frozenset
    notes: list = field(default_factory=list)

    def blank_and_total_rows(self):
        """Return (blank rows, total rows). Only rows whose keys are blank or read like a total are looked at."""
        blank, totals, perhaps = set(), set(), []
        for row in sorted(self._suspects()):
            texts = [text_of(cell) for cell in self.sheet.row(row) if cell is not None and cell[0] == TEXT]
            if not any(self.sheet.row(row)):
                blank.add(row)
            elif any(map(is_total, texts)):
                totals.add(row)
            elif label := next(filter(begins_like_total, texts), ""):
                perhaps.append((row, label))
        for row, label in perhaps[:SUBTOTALS]:
            if self._is_named_total(row, label, blank | totals):
                totals.add(row)
        return blank, totals

    def _suspects(self):
        layout, suspects = self.layout, set()
        for column in self.keys:
            codes = self.sheet.column_codes(column, layout.first_row, layout.last_row)
            odd = {code for code in set(codes) if code == 0 or begins_like_total(text_of(self.sheet.values[code]))}
            suspects.update(row for row, code in enumerate(codes, start=layout.first_row) if code in odd)
        return suspects

    def _is_named_total(self, row, label, skipped):
        """Say whether a row called "Total something" is a total: of a supplier, a family, a unit, a period, or by its sums.

        By its sums only over several rows, and never when it stands in the column of references and has figures as a
        reference has: "Total Quartz 9000" is an oil.
        """
        above = self._above(row, skipped)
        names = self.groups | self._grouped(above)
        if any(is_period(of) or is_unit(of) or fold(of) in names for of in totals_of(label)):
            return True
        if not self._sums(row, above):
            return False
        if len(above) > 1 and not self._may_be_part(row, label):
            return True
        self._note(row, label)
        return False

    def _above(self, row, skipped):
        """Return the rows of data between the total before a row and the row."""
        rows = []
        for above in range(row - 1, self.layout.first_row - 1, -1):
            if above in skipped and any(self.sheet.row(above)):
                break
            if above not in skipped:
                rows.append(above)
        return rows

    def _grouped(self, rows):
        """Return the folded words that these rows say of their supplier, site or family."""
        columns = [column for column, name in self.layout.columns.items() if name in GROUPING]
        return {fold(text_of(self.sheet.cell(row, column))) for row in rows for column in columns} - {""}

    def _may_be_part(self, row, label):
        keyed = any(self.sheet.cell(row, column) is not None for column in self.keys)
        return keyed and any(letter.isdigit() for letter in label)

    def _note(self, row, label):
        if any(self.sheet.cell(row, column) is not None for column in self.keys):
            text = _("Row {row} of the sheet “{sheet}” adds up the rows above it and is read as a part: {label}.")
            self.notes.append(format_lazy(text, row=row + 1, sheet=self.sheet.name, label=label))

    def contradicted(self, totals, skipped):
        """Note the plain total rows that say neither the sum of the rows above nor of those since the total before."""
        plainly = {row for row in totals if self._is_plain(row)} if totals else set()
        wrong = {}
        for column in self.values if plainly else ():
            for row, said, summed in self._wrong_in(column, totals, skipped):
                if row in plainly:
                    wrong.setdefault(row, (column, said, summed))
        self.notes += [self._contradiction(row, *wrong[row]) for row in sorted(wrong)[:SUBTOTALS]]

    def _is_plain(self, row):
        """Say whether a row is called a total of everything, not of a period."""
        texts = [text_of(cell) for cell in self.sheet.row(row) if cell is not None and cell[0] == TEXT]
        return any(map(is_total, texts)) and not any(is_period(of) for text in texts for of in totals_of(text))

    def _wrong_in(self, column, totals, skipped):
        """Return (row, what it says, what the rows add up to) of a column's wrong totals; [] when it cannot be read."""
        wrong, near, everything, since, numbers = [], Decimal(0), Decimal(0), 0, {0: Decimal(0)}
        first, last_total = self.layout.first_row, max(totals)
        for row, code in enumerate(self.sheet.column_codes(column, first, self.layout.last_row), start=first):
            if row in skipped and row not in totals:
                continue
            if code not in numbers:
                numbers[code] = _readable(self.sheet.values[code], self.layout)
            if (value := numbers[code]) is None:
                return []
            if row not in totals:
                near, everything, since = near + value, everything + value, since + 1
                continue
            meant = everything if row == last_total else near
            if code and (since or row == last_total) and all(abs(value - each) > NEAR for each in (near, everything)):
                wrong.append((row, value, meant))
            near, since = Decimal(0), 0
        return wrong

    def _contradiction(self, row, column, said, summed):
        text = _(
            "Row {row} of the sheet “{sheet}” says a total of {said} in column {column}; the rows above it add up to "
            "{summed}. The rows are read, the total is not."
        )
        place = {"row": row + 1, "sheet": self.sheet.name, "column": column_letters(column)}
        return format_lazy(text, said=plain(said), summed=plain(summed), **place)

    def unnamed_total(self, skipped):
        """Return the last row when nothing names it and each of its values is the sum of its column."""
        layout = self.layout
        rows = [row for row in range(layout.first_row, layout.last_row) if row not in skipped]
        labels = [*self.keys, *(column for column in layout.columns if column not in self.values)]
        if len(rows) < 2 or any(self.sheet.cell(rows[-1], column) for column in labels):
            return set()
        return {rows[-1]} if self._adds_up(rows[-1], rows[:-1]) else set()

    def _sums(self, row, rows):
        """Say whether a row that says more than zeros is the sum of others, column by column."""
        said = any(number(self.sheet.cell(row, column), self.layout) for column in self.values)
        return said and bool(rows) and self._adds_up(row, rows)

    def _adds_up(self, row, rows):
        for column in self.values:
            sums = sum((number(self.sheet.cell(above, column), self.layout) for above in rows), Decimal(0))
            if abs(sums - number(self.sheet.cell(row, column), self.layout)) > NEAR:
                return False
        return True


def number(cell, layout):
    """Return the number of a cell for a comparison of sums, 0 for what is none."""
    if cell is None or cell[0] not in (NUMBER, TEXT):
        return Decimal(0)
    try:
        return decimal_of(cell, layout.style.decimal)
    except (NotANumber, Ambiguous):
        return Decimal(0)


def _readable(cell, layout):
    """Return the number of a filled cell, None for one that is no number or may be two."""
    try:
        return decimal_of(cell, layout.style.decimal)
    except (NotANumber, Ambiguous):
        return None
