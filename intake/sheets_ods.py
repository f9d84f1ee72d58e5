"""What the parser does not tell of an OpenDocument sheet: errors, uncalculated formulas, percentages, merged, hidden."""

import io
import zipfile
from itertools import product

from defusedxml import ElementTree

from intake.sheets_limits import percent

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SIGNS = (b'value-type="error"', b'value-type="percentage"', b"table:formula", b"-spanned=", b"table:visibility=")
_HIDDEN = {"collapse", "filter"}


def marks(data):
    """Return {sheet name: (cells, merged, truths, hidden rows, hidden columns)} of the ods file's bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    if not any(sign in content for sign in _SIGNS):
        return {}
    tables = ElementTree.fromstring(content).iter(f"{_TABLE}table")
    return {table.get(f"{_TABLE}name"): _of_table(table) for table in tables}


def _of_table(table):
    cells, merged = _cells_and_merges(table)
    rows = _hidden(table, "table-row", "number-rows-repeated")
    return cells, merged, True, rows, _hidden(table, "table-column", "number-columns-repeated")


def _hidden(table, kind, repeated):
    """Return the places of hidden rows or columns; a repeated one is cut where no table goes on."""
    found, index = [], 0
    for each in table.iter(f"{_TABLE}{kind}"):
        count = _count(each, repeated)
        if each.get(f"{_TABLE}visibility") in _HIDDEN:
            found += range(index, index + min(count, 1000))
        index += count
    return found


def _cells_and_merges(table):
    cells, merged, index = {}, [], 0
    for row in table.iter(f"{_TABLE}table-row"):
        column, rows = 0, _count(row, "number-rows-repeated")
        for cell in row:
            columns = _count(cell, "number-columns-repeated")
            if found := _cell(cell):
                cells.update(dict.fromkeys(_places(index, rows, column, columns), found))
            wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
            if wide > 1 or high > 1:
                merged.append([index, column, index + high - 1, column + wide - 1])
            column += columns
        index += rows
    return cells, merged


def _places(index, rows, column, columns):
    """Return the places of a repeated cell; a file that repeats it further than any table goes is cut there."""
    return product(range(index, index + min(rows, 1000)), range(column, column + min(columns, 200)))


def _count(element, name):
    said = element.get(f"{_TABLE}{name}", "1")
    return int(said) if said.isdigit() and len(said) < 9 else 1


def _cell(cell):
    if cell.get(f"{_CALC}value-type") == "error":
        said = "".join(cell.find(f"{_TEXT}p").itertext()) if cell.find(f"{_TEXT}p") is not None else ""
        return f"e{said[:20] or '#N/A'}"
    if cell.get(f"{_OFFICE}value-type") == "percentage":
        return percent(cell.get(f"{_OFFICE}value", ""))
    if cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
        return "f"
    return None
