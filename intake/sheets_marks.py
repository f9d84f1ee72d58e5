"""What the spreadsheet parser leaves out: error cells and formulas that were never calculated.

The parser gives both as blanks, and a blank means "not said"; so they are looked up in the file itself.
Runs in the reader's child process, beside the parser in a thread of its own.
"""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from defusedxml import ElementTree

from intake import sheets_ods, sheets_xls

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMULA = "f"


@dataclass
class Marks:
    """Of one sheet: cells by (row, column) from 0, merged ranges, whether truth values may stand in it.

    `merged` holds only what the parser does not tell by itself.
    """

    cells: dict = field(default_factory=dict)
    merged: list = field(default_factory=list)
    truths: bool = True


@contextmanager
def looking(stream, form):
    """Look for marks while the caller parses: gives a function from sheet name to its Marks, which waits."""
    stream.seek(0)
    data = stream.read()
    find = {"xlsx": of_xlsx, "ods": sheets_ods.marks, "xls": sheets_xls.marks}[form]
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(find, data)
        yield lambda name: Marks(*future.result().get(name, ()))


def of_xlsx(data):
    """Return {sheet name: (cells, merged, truths)} of the xlsx file's bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: _of_sheet(archive.read(part)) for name, part in _parts(archive)}


def _of_sheet(xml):
    return _cells(xml), [], b't="b"' in xml or b"t='b'" in xml


def _parts(archive):
    """Yield (sheet name, archive member) of the visible worksheets."""
    names = {name.lower(): name for name in archive.namelist()}
    workbook = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
    relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("state", "visible") == "visible":
            target = targets.get(sheet.get(_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part.lower() in names:
                yield sheet.get("name"), names[part.lower()]


def _cells(xml):
    prefix = (re.search(rb"<(\w+:)?worksheet\b", xml[:4000]) or [b"", b""])[1] or b""
    if b"<" + prefix + b"f" not in xml and b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    marks = {**_error_cells(xml, prefix), **_uncalculated(xml, prefix)}
    if None in (place := {start: _place(attributes) for start, (attributes, _) in marks.items()}).values():
        place = _walked(xml, prefix)
    return {place[start]: cell for start, (_, cell) in marks.items() if place.get(start)}


def _error_cells(xml, prefix):
    pattern = rb"<%bc\s([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</%bc>" % (prefix, prefix)
    found = {}
    for match in re.finditer(pattern, xml, re.DOTALL):
        said = re.search(rb"v>([^<]{1,20})<", match[2])
        found[match.start()] = (match[1], "e" + (said[1].decode("utf-8", "replace") if said else "#N/A"))
    return found


def _uncalculated(xml, prefix):
    """Formulas whose cell ends without a value. An empty text is a value: that is how Excel keeps ="" ."""
    pattern = rb"<%bf\b[^>]*?(?:/>|>[^<]*</%bf>)\s*(<%bv\s*/>|<%bv>\s*</%bv>)?\s*</%bc>" % ((prefix,) * 6)
    found = {}
    for match in re.finditer(pattern, xml):
        start = xml.rfind(b"<" + prefix + b"c", 0, match.start())
        attributes = xml[start : xml.find(b">", start)]
        if not (match[1] and re.search(rb"\bt=[\"']str[\"']", attributes)):
            found[start] = (attributes, FORMULA)
    return found


def _place(attributes):
    match = re.search(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']", attributes)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1


def _walked(xml, prefix):
    """Return {start of a cell: place}, counting rows and cells, for writers that leave addresses out."""
    places, row, column = {}, -1, -1
    for match in re.finditer(rb"<%b(row|c)\b([^>]*)>" % prefix, xml):
        if match[1] == b"row":
            said = re.search(rb"\br=[\"']([0-9]{1,7})[\"']", match[2])
            row, column = int(said[1]) - 1 if said else row + 1, -1
            continue
        column = place[1] if (place := _place(match[2])) else column + 1
        places[match.start()] = (row, column)
    return places
