"""What of a table is no data: total, blank and note rows, total and unknown columns; how its numbers are written."""

from dataclasses import replace
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake import totals
from intake.headings import is_total_heading, span_of
from intake.layouts import Example, LeftOut, NumberStyle
from intake.sheets import NUMBER, TEXT, column_letters, text_of
from partstrack.folding import fold
from partstrack.numbers import decimal_mark
from partstrack.registry import Fault

EXAMPLES = 5
SENTENCE = 3  # words that make a lone text under a table a note
EXAMPLE_WORDS = ("exemple", "example", "مثال")  # a template's own first row
HIDDEN_NAMED = 20


def complete(layout, sheet, header, vocabulary):
    """Return the layout with its number style, its skipped rows and the notes of what is left out."""
    values = value_columns(layout, vocabulary)
    layout = replace(layout, style=_style(layout, sheet, values))
    reading = totals.Reading(layout, sheet, values, _keys(layout, vocabulary), vocabulary.groups)
    skipped, row_notes = _rows(reading)
    layout = replace(layout, skipped=frozenset(skipped), notes=layout.notes + tuple(reading.notes))
    return replace(layout, left_out=tuple(_column_notes(layout, sheet, header) + row_notes))


def value_columns(layout, vocabulary):
    """Return the columns of quantities: the months of a wide table, the measures of a long one."""
    if layout.months:
        return [month.column for month in layout.months]
    return [column for column, name in layout.columns.items() if vocabulary.roles[name] == "measure"]


def _keys(layout, vocabulary):
    """Return the columns without which a row is no data: the required keys, else every key, else the first column."""
    keys = [column for column, name in layout.columns.items() if vocabulary.roles[name] == "key"]
    required = [column for column in keys if vocabulary.field_of(layout.columns[column]).required]
    return required or keys or [min(layout.columns)]


# Rows -----------------------------------------------------------------------------------------------


def _rows(reading):
    """Return (rows that are no data, their notes)."""
    layout, sheet = reading.layout, reading.sheet
    blank, totals = reading.blank_and_total_rows()
    notes = _note_rows(layout, sheet, reading.values, blank, totals)
    examples = _example_rows(layout, sheet, reading.keys)
    reading.contradicted(totals, blank | totals | notes | examples)
    totals |= reading.unnamed_total(blank | totals | notes | examples)
    said = [(row, _("total row")) for row in totals] + [(row, _("note under the table")) for row in notes - examples]
    said += [(row, _("example row")) for row in examples]
    said += _blank_runs(blank, layout.last_row)
    said.sort(key=lambda pair: pair[0])
    return blank | totals | notes | examples, [LeftOut(sheet.name, why, row=row + 1) for row, why in said]


def _example_rows(layout, sheet, keys):
    """Return the rows that a template shows as an example and that were left in it."""
    rows: set[int] = set()
    for column in keys:
        codes = sheet.column_codes(column, layout.first_row, layout.last_row)
        shown = {code for code in set(codes) if fold(text_of(sheet.values[code])[:40]).startswith(EXAMPLE_WORDS)}
        rows.update(row for row, code in enumerate(codes, start=layout.first_row) if code in shown)
    return rows


def _note_rows(layout, sheet, values, blank, totals):
    """Return the rows under the table that hold one text alone: apart from the table, or a whole sentence."""
    start = layout.last_row
    while start > layout.first_row and (start - 1 in blank or not _has_value(sheet, start - 1, values)):
        start -= 1
    notes = set()
    for row in range(start, layout.last_row):
        texts = [text_of(cell) for cell in sheet.row(row) if cell is not None]
        apart = row - 1 in blank or row - 1 in totals or row - 1 in notes
        if row not in blank | totals and len(texts) == 1 and (apart or len(texts[0].split()) >= SENTENCE):
            notes.add(row)
    return notes


def _has_value(sheet, row, values):
    return any(sheet.codes[row * sheet.width + column] for column in values)


def _blank_runs(blank, last_row):
    """Return (first row, why) of each run of blank rows with something under it."""
    for row in sorted(blank):
        if row - 1 in blank:
            continue
        end = row
        while end in blank:
            end += 1
        if end < last_row:
            yield row, _("blank row") if end == row + 1 else format_lazy(_("{count} blank rows"), count=end - row)


# Columns --------------------------------------------------------------------------------------------


def _column_notes(layout, sheet, header):
    """Return the notes of the columns that are not read; blank columns without a heading need none."""
    read = {*layout.columns, *(month.column for month in layout.months)}
    notes = []
    for column in range(sheet.width):
        if column in read:
            continue
        heading = text_of(sheet.cell(layout.header_row, column))
        filled = any(sheet.column_codes(column, layout.first_row, layout.last_row))
        if heading or filled:
            why = _why_not_read(layout, sheet, header, column, heading, filled)
            notes.append(LeftOut(sheet.name, why, column=column_letters(column)))
    return notes


def _why_not_read(layout, sheet, header, column, heading, filled):
    span = span_of(heading)
    if filled and span and layout.months and not any(_within(month.month, span) for month in layout.months):
        return _("a whole year: only months are read")
    if is_total_heading(heading) or (filled and layout.months and _sums_months(layout, sheet, column)):
        return _("total column")
    if not filled:
        return format_lazy(_("column “{heading}” is blank"), heading=heading)
    if not heading:
        return _("column without a heading")
    if column in header.fields:
        return format_lazy(_("column “{heading}” beside another that says it"), heading=heading)
    return format_lazy(_("heading “{heading}” is not understood"), heading=heading)


def _within(month, span):
    numbers, year = span
    return month.month in numbers and year in {None, month.year}


def _sums_months(layout, sheet, column):
    """Return whether each number of the column is the sum of its row's months; the first that is not ends it."""
    seen = False
    for row in range(layout.first_row, layout.last_row):
        cell = sheet.cell(row, column)
        if cell is None or row in layout.skipped:
            continue
        sums = sum((totals.number(sheet.cell(row, month.column), layout) for month in layout.months), Decimal(0))
        if cell[0] != NUMBER or abs(sums - totals.number(cell, layout)) > totals.NEAR:
            return False
        seen = True
    return seen


# Hidden rows and columns ----------------------------------------------------------------------------


def hidden_notes(layout, sheet):
    """Say which rows and columns of data the sender's screen does not show: they are read like the others."""
    rows = [row for row in sheet.hidden_rows if layout.first_row <= row < layout.last_row and row not in layout.skipped]
    read = {*layout.columns, *(month.column for month in layout.months)}
    columns = [column_letters(column) for column in sheet.hidden_columns if column in read]
    if rows:
        named = ", ".join(str(row + 1) for row in rows[:HIDDEN_NAMED]) + (", …" if len(rows) > HIDDEN_NAMED else "")
        yield format_lazy(
            _("Hidden rows of the sheet “{sheet}” are read like the others: {rows}."), sheet=sheet.name, rows=named
        )
    if columns:
        text = _("Hidden columns of the sheet “{sheet}” are read like the others: {columns}.")
        yield format_lazy(text, sheet=sheet.name, columns=", ".join(columns))


# Cells ----------------------------------------------------------------------------------------------


def _style(layout, sheet, values):
    """Return what the numbers written as text prove about their decimal mark."""
    found: dict[str, list[Example]] = {"comma": [], "dot": [], "ambiguous": []}
    times = dict.fromkeys(found, 0)
    for column in values:
        codes = sheet.column_codes(column, layout.first_row, layout.last_row)
        for code in sorted(set(codes)):
            mark = _mark(sheet.values[code])
            if mark:
                times[mark] += 1
            if mark and len(found[mark]) < EXAMPLES:
                row = layout.first_row + codes.index(code) + 1
                found[mark].append(Example(row, column_letters(column), text_of(sheet.values[code])))
    rarer = "comma" if times["comma"] < times["dot"] else "dot"
    mixed = bool(found["comma"] and found["dot"])
    return NumberStyle(**{mark: tuple(seen) for mark, seen in found.items()}, rarer=rarer if mixed else None)


def _mark(cell):
    if cell is None or cell[0] != TEXT or not any(sign in cell for sign in ",.\u066b\u060c"):
        return None
    return decimal_mark(cell[1:])


def merged_faults(layout, sheet, vocabulary):
    """Return a fault for each merged range over data: one value cannot stand for several cells."""
    read = {*layout.columns, *value_columns(layout, vocabulary)}
    faults = []
    for first, left, last, right in sheet.merged:
        rows = range(max(first, layout.first_row), min(last + 1, layout.last_row))
        if read.isdisjoint(range(left, right + 1)) or all(row in layout.skipped for row in rows):
            continue
        reason = format_lazy(
            _("The cells {first} to {last} are merged."),
            first=f"{column_letters(left)}{first + 1}",
            last=f"{column_letters(right)}{last + 1}",
        )
        value = text_of(sheet.cell(first, left))
        remedy = _("Undo the merging and write the value in each cell it is for.")
        faults.append(Fault(sheet.name, first + 1, column_letters(left), value, reason, remedy))
    return faults


def mixed_faults(layout):
    """Return a fault for the examples of the rarer decimal mark where a table writes both 1,5 and 1.5."""
    if not layout.style.mixed:
        return []
    odd = getattr(layout.style, layout.style.rarer)
    return [Fault(layout.sheet, each.row, each.column, each.text, *mixed_words(layout.style)) for each in odd]


def mixed_words(style):
    """Return (reason, remedy) of a number that is written with the rarer decimal mark."""
    other = style.comma if style.rarer == "dot" else style.dot
    reason = format_lazy(
        _("The table writes some numbers with a decimal comma and some with a decimal point ({column}{row}: {text})."),
        column=other[0].column,
        row=other[0].row,
        text=other[0].text,
    )
    return reason, _("Write all numbers of the file in one way.")
