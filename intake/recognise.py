"""Finds the table in each sheet of a workbook: header row, shape, columns, what is no data, how numbers are written.

Nothing is guessed: what cannot be read one way only becomes a problem with a place and a remedy.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake import leftovers, month_columns
from intake.headers import DEPTH, find_headers, nearest_header
from intake.headings import Vocabulary, month_of_cell, read_titles
from intake.layouts import Layout, LeftOut, Recognition, table
from intake.month_columns import heading_fault
from intake.sheets import column_letters, text_of
from partstrack.registry import Fault
from partstrack.texts import listed

__all__ = ["Layout", "Recognition", "recognise", "table"]
TURNED_COLUMNS = 5  # months of a table on its side stand in one of its first columns


def recognise(workbook, fields, groups=frozenset(), wide=True):
    """Return the Recognition of a workbook for the fields of a kind of file (name, title, headings, role, required).

    `groups`: folded names of what totals sum up, of suppliers and families: "Total freins" is then a total.

    Sheets without a table are left out with a note; several sheets with tables of one layout are all read.
    `wide`: months may stand side by side as headings; a kind that has one row a month says that they may not.
    """
    vocabulary = Vocabulary(tuple(fields), groups, wide)
    layouts, left_out, problems, empty, bare = [], [], [], [], []
    for index, sheet in enumerate(workbook.sheets):
        if not sheet.visible:
            left_out.append(LeftOut(sheet.name, _("hidden sheet")))
            continue
        headers = find_headers(sheet, vocabulary)
        if not headers:
            empty.append((index, sheet))
            continue
        layout, faults = _layout(sheet, index, headers, vocabulary)
        problems += faults
        (layouts if layout and layout.has_rows else bare).append(layout)
    left_out += [LeftOut(layout.sheet, _("headings without rows")) for layout in bare if layout]
    if not layouts and not problems:
        problems = [_no_rows(bare[0])] if bare else [_no_table([sheet for _index, sheet in empty], vocabulary)]
    left_out += [LeftOut(sheet.name, _("no table in this sheet")) for _index, sheet in empty if sheet.height]
    problems += _unlike(layouts, vocabulary)
    mixed = [fault for layout in layouts for fault in leftovers.mixed_faults(layout)]
    for layout in layouts:
        left_out += layout.left_out
    notes = [note for layout in layouts for note in layout.notes]
    notes += [note for layout in layouts for note in leftovers.hidden_notes(layout, workbook.sheets[layout.index])]
    return Recognition(tuple(layouts), tuple(left_out), tuple(problems + mixed), tuple(notes), not problems)


def _layout(sheet, index, headers, vocabulary):
    """Return (Layout, faults) of one sheet; the layout is None when a fault keeps the table from being read."""
    header = headers[0]
    titles = read_titles([sheet.row(row) for row in range(header.first_row)], sheet.name, vocabulary)
    months, faults = month_columns.months_of(sheet, header, titles)
    months, lost, notes = month_columns.between(sheet, header, months, vocabulary)
    spans = month_columns.spans_of(sheet, header, months, vocabulary)
    columns, doubled = _columns(sheet, header, months, vocabulary)
    unit, units = _unit(sheet, header, titles)
    faults += lost + spans + doubled + units + _second_table(sheet, headers)
    month = None if months else _said_month(header, titles, vocabulary)
    if not (header.months or month or spans) and _lacks_month(columns, vocabulary):
        faults.append(_no_month(sheet, header))
    if faults:
        return None, faults
    layout = Layout(
        sheet=sheet.name,
        index=index,
        header_row=header.row,
        first_row=header.row + 1,
        last_row=sheet.height,
        shape="wide" if months else "long",
        columns=columns,
        months=tuple(months),
        month=month,
        measure=_measure(months, titles),
        unit=unit,
        unit_cell=_unit_cell(sheet, header, unit),
        notes=tuple(notes),
    )
    layout = leftovers.complete(layout, sheet, header, vocabulary)
    return layout, leftovers.merged_faults(layout, sheet, vocabulary)


def _lacks_month(columns, vocabulary):
    months = vocabulary.with_role("month")
    return bool(months) and set(months).isdisjoint(columns.values())


def _measure(months, titles):
    if not months:
        return None
    said = {month.measure for month in months}
    return titles.measure if said == {None} else None


def _said_month(header, titles, vocabulary):
    return titles.month if "month" not in {vocabulary.roles[name] for name in header.fields.values()} else None


def _columns(sheet, header, months, vocabulary):
    """Return ({column: field}, faults). Of a text field said twice the first column counts, the other is left out."""
    columns: dict[int, str] = {}
    faults = []
    for column, name in sorted(header.fields.items()):
        role = vocabulary.roles[name]
        if months and role in {"measure", "month"}:
            continue
        if name not in columns.values():
            columns[column] = name
        elif role != "text":
            reason = format_lazy(_("Two columns are called “{name}”."), name=vocabulary.field_of(name).title)
            remedy = _("Keep one table and one column for each heading.")
            faults.append(heading_fault(sheet, header.row, column, reason, remedy))
    return columns, faults


def _unit(sheet, header, titles):
    """Return (unit as said, faults): above the table, or in brackets behind its headings."""
    said = list(titles.units) or list(dict.fromkeys(header.units))
    if len(said) <= 1:
        return (said[0] if said else None), []
    reason = format_lazy(_("The sheet says several units: {units}."), units=", ".join(said))
    return None, [
        heading_fault(sheet, header.row, None, reason, _("Send one sheet for each unit, or give each row its unit."))
    ]


def _unit_cell(sheet, header, unit):
    """Return (text, row from 1, letters) of the cell that says the unit of a table."""
    for row in range(header.row + 1) if unit else ():
        for column, cell in enumerate(sheet.row(row)):
            if cell is not None and (text := text_of(cell)).rstrip(")] ").endswith(unit):
                return text, row + 1, column_letters(column)
    return "", None, None


def _second_table(sheet, headers):
    if len(headers) == 1:
        return []
    reason = format_lazy(_("A second table begins in row {row}."), row=headers[1].row + 1)
    return [heading_fault(sheet, headers[1].row, None, reason, _("Keep one table in each sheet."))]


def _no_month(sheet, header):
    remedy = _("Add a column “Month”, or write the month above the table: Month: 01/2025.")
    return heading_fault(sheet, header.row, None, _("The table does not say its month."), remedy)


def _unlike(layouts, vocabulary):
    """Tables of one file must be read by one rule: the same shape and the same fields, but for what they measure."""
    measures = set(vocabulary.with_role("measure"))
    kinds = {(layout.shape, frozenset(layout.columns.values()) - measures) for layout in layouts}
    if len(kinds) < 2:
        return []
    reason = format_lazy(
        _("The sheets “{first}” and “{second}” are laid out differently."),
        first=layouts[0].sheet,
        second=layouts[-1].sheet,
    )
    return [
        Fault(
            layouts[-1].sheet,
            None,
            None,
            "",
            reason,
            _("Send them as separate files, or hide the sheet that is not data."),
        )
    ]


def _no_table(sheets, vocabulary):
    """Return the fault of a workbook without a table: what is missing from the row that comes nearest."""
    sheets = [sheet for sheet in sheets if sheet.height]
    if not sheets:
        return Fault(
            "", None, None, "", _("The file holds no cells in a visible sheet."), _("Send the sheet with the table.")
        )
    near = max((nearest_header(sheet, vocabulary) for sheet in sheets), key=lambda found: found.weight)
    if near.weight == 0:
        reason = _("No row of headings was found.")
        return Fault(
            sheets[0].name,
            None,
            None,
            "",
            reason,
            format_lazy(_("Name the columns above the table, for instance: {headings}."), headings=_known(vocabulary)),
        )
    if _is_turned(next(sheet for sheet in sheets if sheet.name == near.sheet), near, vocabulary):
        reason = _("The months stand one under another and the parts side by side.")
        remedy = _("Turn the table: one row for each part, one column for each month (copy, paste special, transpose).")
        return Fault(near.sheet, near.row + 1, None, "", reason, remedy)
    missing = listed(near.missing(vocabulary))
    reason = format_lazy(_("The row of headings lacks: {missing}."), missing=missing)
    remedy = format_lazy(
        _("Name these columns. Headings that are understood: {headings}."), headings=_known(vocabulary)
    )
    return Fault(near.sheet, near.row + 1, None, "", reason, remedy)


def _no_rows(layout):
    """Return the fault of a table that has headings and nothing under them."""
    remedy = _("Write the volumes under the headings, one row for each part, and send the file again.")
    return Fault(layout.sheet, layout.header_row + 1, None, "", _("The table has headings and no rows."), remedy)


def _is_turned(sheet, near, vocabulary):
    """Return whether months stand one under another where the parts should: a table on its side."""
    if near.months or near.says_measure(vocabulary):
        return False
    return any(
        len({month_of_cell(cell) for cell in sheet.column(column, 0, DEPTH)} - {None}) > 1
        for column in range(min(sheet.width, TURNED_COLUMNS))
    )


def _known(vocabulary):
    """Return the headings to name in a remedy: the first synonym of each field, then a month."""
    names = [known.headings[0] if known.headings else str(known.title) for known in vocabulary.fields]
    return ", ".join([*names, "01/2025"] if vocabulary.with_role("month") else names)
