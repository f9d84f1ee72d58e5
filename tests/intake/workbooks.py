"""Spreadsheets made for the tests, by hand where no library writes what senders send."""

import io
import struct
import zipfile

import openpyxl
import xlsxwriter

from intake import sheets_child
from intake.sheets import Limits, Sheet, Workbook

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(path, **sheets):
    """Write sheets given as name=rows; a cell is a value or a function (worksheet, row, column) that writes it."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if callable(cell):
                    cell(sheet, row, column)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return path


def merged(text, down=0, across=1):
    """Return a cell that is merged with the ones under and beside it."""
    return lambda sheet, row, column: sheet.merge_range(row, column, row + down, column + across, text)


def calculated(formula, value):
    """Return a formula cell with the value it had when the file was saved."""
    return lambda sheet, row, column: sheet.write_formula(row, column, formula, None, value)


def never_calculated(path, rows):
    """Write a workbook whose formulas (texts with =) were never calculated."""
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    book.save(path)
    return path


def raw_xlsx(path, sheet_xml, extra=()):
    """Write a workbook around the XML of its one sheet; `extra` adds archive members (name, bytes)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts(sheet_xml).items(), *extra]:
            archive.writestr(name, content)
    return path


def parts(sheet_xml):
    """Return {member: content} of the smallest workbook around the XML of its one sheet."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _root_relation(),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }


def _root_relation():
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )


def ods(path, rows_xml, name="Feuille1"):
    """Write an OpenDocument sheet around the XML of its rows."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def xls(path, cells, name="Feuil1", **more):
    """Write an old Excel file; `cells` maps (row, column) to a text, a number, True, or an error code as bytes."""
    path.write_bytes(ole(_workbook_stream(cells, name, **more)))
    return path


def ole(book, stream="Workbook"):
    """Return the bytes of an OLE container with one stream."""
    book += bytes(max(4096 - len(book), 0) + (-max(len(book), 4096)) % 512)  # short streams lie elsewhere
    sectors = len(book) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(stream, 2, 2, len(book)) + bytes(256)
    return header + table + directory + book


def _entry(name, kind, start, size, child=0xFFFFFFFF):
    raw = name.encode("utf-16-le")
    links = struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def _workbook_stream(cells, name, globals_=b"", records=b""):
    opening = struct.pack("<HHHHII", 0x600, 0x05, 0, 1997, 0, 6)
    raw = name.encode("utf-16-le")
    about = struct.pack("<BBB", 0, 0, len(name)) + b"\x01" + raw
    start = 3 * 4 + len(opening) + 4 + len(about) + len(globals_)
    book = _record(0x809, opening) + globals_ + _record(0x85, struct.pack("<I", start) + about) + _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 6)) + records
    for place, value in sorted(cells.items()):
        sheet += _cell(struct.pack("<HHH", *place, 0), value)
    return book + sheet + _record(0x0A, b"")


def _cell(place, value):
    if isinstance(value, bytes):
        return _record(0x205, place + value + b"\1")
    if isinstance(value, bool):
        return _record(0x205, place + bytes([value]) + b"\0")
    if isinstance(value, str):
        return _record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, place + struct.pack("<d", value))


def zipped(**members):
    """Return the bytes of an archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def in_memory(rows, name="Feuil1"):
    """Return a Workbook of these rows without a file."""
    values = sheets_child.Values(Limits())
    about, codes = sheets_child._grid(
        name, [["" if cell is None else cell for cell in row] for row in rows], values, Limits(), 10**6
    )
    return Workbook(name, [Sheet(codes=codes, values=values.texts, **about)], values.texts)
