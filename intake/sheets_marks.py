"""What the spreadsheet parser leaves out: errors, formulas never calculated, percentages, lost digits, what is hidden.

The parser gives the first two as blanks, and a blank means "not said"; so they are looked up in the file itself.
Runs in the reader's child process, beside the parser in a thread of its own.
"""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from defusedxml import ElementTree

from intake import sheets_ods, sheets_xls
from intake.sheets_limits import percent

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FORMULA = "f"
LAST_COLUMN = 16_384
LONG = 16  # digits of which a spreadsheet may lose some
_YES = {b"1", b"true"}


@dataclass
class Marks:
    """Of one sheet: cells by (row, column) from 0, merged ranges, whether truth values may stand in it, what is hidden.

    `merged` holds only what the parser does not tell by itself.
    """

    cells: dict = field(default_factory=dict)
    merged: list = field(default_factory=list)
    truths: bool = True
    hidden_rows: list = field(default_factory=list)
    hidden_columns: list = field(default_factory=list)


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
        percents = _percent_styles(archive)
        return {name: _of_sheet(archive.read(part), percents) for name, part in _parts(archive)}


def _of_sheet(xml, percents):
    prefix = (re.search(rb"<(\w+:)?worksheet\b", xml[:4000]) or [b"", b""])[1] or b""
    if re.search(rb"\bt=[\"']s[\"'][^>]{0,300}><%bv>(?![0-9]+<)" % prefix, xml):
        raise ValueError("a shared text without a number")  # the parser would take the first one
    cells = _long_numbers(xml, prefix) | _percents(xml, prefix, percents) | _cells(xml, prefix)
    return cells, [], b't="b"' in xml or b"t='b'" in xml, _hidden_rows(xml, prefix), _hidden_columns(xml, prefix)


def _attributes(tag):
    """Return the attributes of an opening tag."""
    return {name: value.strip(b"\"'") for name, value in re.findall(rb"(\w+)=(\"[^\"]*\"|'[^']*')", tag)}


def _hidden_rows(xml, prefix):
    if b"hidden=" not in xml:
        return []
    tags = re.findall(rb"<%brow\b([^>]{0,500})>" % prefix, xml)
    found = (_attributes(tag) for tag in tags if b"hidden=" in tag)
    return [_number(each.get(b"r")) - 1 for each in found if each.get(b"hidden") in _YES and each.get(b"r")]


def _hidden_columns(xml, prefix):
    found = []
    for tag in re.findall(rb"<%bcol\b([^>]{0,500})>" % prefix, xml[:1_000_000]):
        said = _attributes(tag)
        if said.get(b"hidden") in _YES:
            found += range(_number(said.get(b"min")) - 1, min(_number(said.get(b"max")), LAST_COLUMN))
    return found


def _number(text):
    return int(text) if text and text.isdigit() and len(text) < 9 else 0


def _percent_styles(archive):
    """Return the numbers, as they are written, of the cell styles that show a number times 100 with a percent sign."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/styles.xml" not in names:
        return []
    root = ElementTree.fromstring(archive.read(names["xl/styles.xml"]))
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter() if each.tag.endswith("}numFmt")}
    percent = {"9", "10"} | {number for number, code in codes.items() if "%" in code}
    styles = next((each for each in root.iter() if each.tag.endswith("}cellXfs")), ())
    return [b"%d" % index for index, style in enumerate(styles) if style.get("numFmtId") in percent]


def _percents(xml, prefix, styles):
    """Return the numbers shown as percentages, as the text that their sender sees: 0.12 is "12 %"."""
    if not styles:
        return {}
    pattern = rb"<%bc\b([^>]{0,300}\bs=[\"'](?:%b)[\"'][^>]{0,300})>(?:%b)?<%bv>([0-9.Ee+-]{1,40})</%bv>" % (
        prefix,
        b"|".join(styles),
        _formula(prefix),
        prefix,
        prefix,
    )
    found = {}
    for match in re.finditer(pattern, xml):
        place = _place(match[1])
        if place and b't="s"' not in match[1] and (cell := percent(match[2].decode())):
            found[place] = cell
    return found


def _long_numbers(xml, prefix):
    """Return the numbers that are written with more digits than the parser keeps, as they are written."""
    found = {}
    for match in re.finditer(rb"<%bv>(-?[0-9]{10,60}(?:\.[0-9]{1,60})?)</%bv>" % (prefix, prefix), xml):
        written = Decimal(match[1].decode())
        if len(match[1]) < LONG or written == Decimal(repr(float(written))):
            continue
        start = xml.rfind(b"<" + prefix + b"c", max(0, match.start() - 1000), match.start())
        attributes = xml[start : xml.find(b">", start)]
        if (place := _place(attributes)) and not re.search(rb"\bt=[\"'](?!n[\"'])", attributes):
            found[place] = f"n{written:f}"
    return found


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


def _cells(xml, prefix):
    if b"<" + prefix + b"f" not in xml and b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    marks = {**_error_cells(xml, prefix), **_uncalculated(xml, prefix)}
    if None in (place := {start: _place(attributes) for start, (attributes, _) in marks.items()}).values():
        place = _walked(xml, prefix)
    return {place[start]: cell for start, (_, cell) in marks.items() if place.get(start)}


def _formula(prefix):
    """Return the pattern of a formula; the longest has 8,192 letters, each perhaps written as an entity."""
    return rb"<%bf\b[^>]{0,500}?(?:/>|>[^<]{0,60000}+</%bf>)" % (prefix, prefix)


def _error_cells(xml, prefix):
    pattern = rb"<%bc\s([^>]{0,300}\bt=[\"']e[\"'][^>]{0,300})>\s*+(?:%b\s*+)?(?:<%bv>([^<]{1,20}))?" % (
        prefix,
        _formula(prefix),
        prefix,
    )
    return {
        match.start(): (match[1], f"e{match[2].decode('utf-8', 'replace') if match[2] else '#N/A'}")
        for match in re.finditer(pattern, xml)
    }


def _uncalculated(xml, prefix):
    """Formulas whose cell ends without a value. An empty text is a value: that is how Excel keeps ="" ."""
    pattern = rb"%b\s*+(<%bv\s*+/>|<%bv>\s*+</%bv>)?\s*+</%bc>" % (_formula(prefix), *(prefix,) * 4)
    found = {}
    for match in re.finditer(pattern, xml):
        start = xml.rfind(b"<" + prefix + b"c", max(0, match.start() - 1000), match.start())
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
    for match in re.finditer(rb"<%b(row|c)\b([^>]{0,500})>" % prefix, xml):
        if match[1] == b"row":
            said = re.search(rb"\br=[\"']([0-9]{1,7})[\"']", match[2])
            row, column = int(said[1]) - 1 if said else row + 1, -1
            continue
        column = place[1] if (place := _place(match[2])) else column + 1
        places[match.start()] = (row, column)
    return places
