"""A block copied from a spreadsheet, with or without its headings, as rows of the month grid."""

from django.utils.translation import gettext as _

from catalogue.models import reference_key
from intake.headings import Vocabulary, is_total
from intake.sheets import TEXT
from partstrack.periods import parse_month, to_iso
from production import rows
from production.grid import COLUMNS, LONGEST_TEXT


def pasted(text, month):
    """Return ([(reference, brand code, {measure: text})], [sentences about what cannot be taken]) of pasted text.

    Without headings the first column is the reference, the others are the columns of the grid in their order.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return [], []
    columns, problems = _headed(lines[0], month)
    body = lines[1:] if columns else lines
    columns = columns or ["part", *COLUMNS]
    if "part" not in columns:
        problems.append(_("The pasted headings name no column of references. Add the heading “Référence”."))
    found = [row for line in body if (row := _row(columns, line))]
    problems += _doubles(found) + _other_months(columns, body, month)
    return ([], problems) if problems else (found, [])


def _doubles(found):
    keys = [(reference_key(reference), brand) for reference, brand, _texts in found]
    return [
        _("%(reference)s was pasted more than once. Keep one row of it.") % {"reference": reference}
        for place, (reference, _brand, _texts) in enumerate(found)
        if keys.index(keys[place]) < place
    ]


def _other_months(columns, body, month):
    """Return a sentence when a column of months names another one than the grid's."""
    place = columns.index("month") if "month" in columns else None
    said = {line[place].strip() for line in body if place is not None and len(line) > place}
    others = sorted(text for text in said if text and parse_month(text) != month)
    if not others:
        return []
    return [_("What was pasted is of another month: %(month)s.") % {"month": others[0][:LONGEST_TEXT]}]


def _headed(cells, month):
    """Return (column names, problems) of a first line that is one of headings; no names when it is not."""
    vocabulary = Vocabulary(rows.FIELDS)
    read = [vocabulary.read(TEXT + cell.strip()) if cell.strip() else None for cell in cells]
    if not any(heading and heading.field for heading in read):
        return [], []
    names, problems = [], []
    for cell, heading in zip(cells, read, strict=True):
        name = _column(heading, month)
        names.append(name)
        if name is None and cell.strip() and not (heading and heading.field):
            problems.append(
                _("The pasted column “%(name)s” is not understood, or is of another month than %(month)s.")
                % {"name": cell.strip()[:LONGEST_TEXT], "month": to_iso(month)}
            )
    return names, problems


def _column(heading, month):
    """Return part, brand, month or a measure; None for a column that says nothing to the grid."""
    if heading is None:
        return None
    if heading.month:
        return rows.measure_named(rows.named(heading.measure) or "produced") if heading.month == month else None
    if heading.field == rows.UNNAMED:
        return "produced"
    name = rows.SPOKEN.get(heading.field, heading.field)
    return name if name in ("part", "brand", "month", *COLUMNS) else None


def _row(columns, cells):
    """Return a row, None for one without a reference and for a total."""
    said = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    reference = said.get("part", "")
    if not reference or is_total(reference):
        return None
    return reference, said.get("brand", ""), {name: text for name, text in said.items() if name in COLUMNS and text}
