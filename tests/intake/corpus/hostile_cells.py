"""Workbooks whose cells are made to harm: too many, too far, too long, no numbers; old Excel containers that lie."""

import struct
import zipfile
from functools import partial

from tests.intake import workbooks
from tests.intake.corpus.case import DAMAGED, READ, Case, archive, book, number, row, sheet_xml, text, written

NOT_A_SHEET = [("", "The file is not a spreadsheet.")]
NO_QUANTITY = "This is not a quantity."
UNCALCULATED = [("C3", "The formula was never calculated.")]
DIED = [("", "The file cannot be read: it is damaged, or its cells lie too far apart.")]
STORED = zipfile.ZIP_STORED
OLD = {(0, 0): "ref", (0, 1): "01/2026", (1, 0): "A", (1, 1): 1}
SHARED = "xl/sharedStrings.xml"
MAIN = f'xmlns="{workbooks.SHEET}"'


def one_cell(value):
    """A workbook with a third row whose number is written so."""
    return book(sheet_xml(row(3, text("A3", "B"), number("B3", value), number("C3", 3))))


def with_row(xml):
    """A workbook with this row at its end."""
    return book(sheet_xml(xml))


def far_apart():
    """Two cells at the corners of the largest sheet."""
    return book(sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def styled_blanks(count):
    """A great many rows that hold a style and nothing else."""
    return book(sheet_xml("".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, count))), method=STORED)


def formula(words, value="5"):
    """A formula that would do harm if somebody ran it, with the value it had."""
    cell = f'<c r="B3"><f>{words}</f><v>{value}</v></c>'
    return book(sheet_xml(row(3, text("A3", "B"), cell, number("C3", 3))))


def shared(strings, index, said=1):
    """A workbook whose third row names a shared string; `said`: how many there are said to be."""
    return book(
        sheet_xml(row(3, f'<c r="A3" t="s"><v>{index}</v></c>', number("B3", 3), number("C3", 4))),
        {SHARED: f'<sst {MAIN} count="{said}" uniqueCount="{said}">{strings}</sst>'},
        method=STORED,
    )


def repeated(rows, columns):
    """An OpenDocument sheet that repeats one cell."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>'
    return written(workbooks.ods, f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


def merges(*ranges):
    """A workbook with merged ranges."""
    return book(sheet_xml(after=f"<mergeCells>{''.join(f'<mergeCell ref={chr(34)}{each}{chr(34)}/>' for each in ranges)}</mergeCells>"))  # fmt: skip


def old(at=None, value=b"", **more):
    """An old Excel file, with some bytes of its container overwritten."""
    data = bytearray(workbooks.ole(workbooks._workbook_stream(OLD, "Feuil1", **more)))
    if at is not None:
        data[at : at + len(value)] = value
    return bytes(data)


def old_cut(share):
    """The first part of an old Excel file."""
    whole = old()
    return whole[: int(len(whole) * share)]


def slow_to_match(piece, count):
    """A sheet made to keep a pattern busy: it looks like a formula or an error cell and never ends."""
    return book(sheet_xml(row(3, text("A3", "B"), number("B3", 3), "<c><f>1</f></c>"), after=piece * count), method=STORED)  # fmt: skip


NUMBERS = [
    *(Case(f"number {value!r}", partial(one_cell, value), [("B3", NO_QUANTITY)]) for value in ("NaN", "INF", "-INF", "1e999", "-1e999", "Infinity")),
    Case("number 1e308", partial(one_cell, "1e308"), [("B3", "The number is too large to be a volume.")]),
    Case("number 1e-320", partial(one_cell, "1e-320"), [("B3", "The number has more than three decimals.")]),
    *(Case(f"number {value!r}", partial(one_cell, value), [("B3", "This is not a number.")]) for value in ("0x10", "1,5.2", "1_000", "--5", "=1")),
]  # fmt: skip

PLACES = [
    Case("cells far apart", far_apart, DIED),
    Case("half a million empty styled rows", partial(styled_blanks, 400_000), READ),
    *(Case(f"cell called {place!r}", partial(with_row, f'<row r="3"><c r="{place}"><v>1</v></c></row>'), DAMAGED) for place in ("A0", "1A")),
    *(Case(f"cell called {place!r}", partial(with_row, f'<row r="3"><c r="{place}"><v>1</v></c></row>'), DIED) for place in ("A99999999999", "ZZZZZZZZ1")),
    *(Case(f"row called {index!r}", partial(with_row, f'<row r="{index}"><c><v>1</v></c></row>'), DAMAGED) for index in ("0", "-1", "abc")),
    Case("row called 99999999999", partial(with_row, '<row r="99999999999"><c><v>1</v></c></row>'), DIED),
    Case("lying dimensions", lambda: book(sheet_xml(before='<dimension ref="A1:XFD1048576"/>')), READ),
    Case("nonsense for dimensions", lambda: book(sheet_xml(before='<dimension ref="hello"/>')), DAMAGED),
    Case("20,000 merged ranges", lambda: merges(*(f"A{n}:B{n}" for n in range(10, 20_010))), [("", "The sheet “Feuil1” has more than 10000 merged ranges.")]),
    Case("merged from end to beginning", lambda: merges("C3:A1"), READ),
    Case("all merged", lambda: merges("A1:XFD1048576"), [("A1", "The cells A1 to XFD1048576 are merged.")]),
    *(Case(f"ods repeating {rows} × {columns}", partial(repeated, rows, columns), faults, name="volumes.ods") for rows, columns, faults in (
        (1_048_576, 16_384, DAMAGED), (2**31, 1, [("", "The sheet “Feuille1” has more than 500000 rows.")]), (1, 2**31, [("", "The sheet “Feuille1” has more than 200 columns.")]),
    )),
]  # fmt: skip

TEXTS = [
    Case("32,768 letters in a cell", lambda: with_row(row(3, text("A3", "x" * 32_768), number("B3", 3))), [("", "A cell in row 3 of the sheet “Feuil1” holds too long a text.")]),
    Case("32,767 letters in a cell", lambda: with_row(row(3, text("A3", "x" * 32_767), number("B3", 3))), [("A3", "The reference is missing or too long.")]),
    Case("32,768 letters in a shared string", lambda: shared(f"<si><t>{'x' * 32_768}</t></si>", 0), [("", "A cell in row 3 of the sheet “Feuil1” holds too long a text.")]),
    Case("200,000 shared strings that nobody uses", lambda: shared("<si><t>x</t></si>" * 200_000, 0), READ, new=4),
    Case("four thousand million shared strings, it says", lambda: shared("<si><t>x</t></si>", 0, 4_000_000_000), DIED),
    *(Case(f"shared string {index!r}", lambda index=index: shared("<si><t>x</t></si>", index), DAMAGED) for index in ("99999999999", "-1", "abc")),
    *(Case(f"formula {words[:24]!r}", partial(formula, words), READ, new=4) for words in (
        "cmd|' /C calc'!A0", "HYPERLINK(&quot;http://127.0.0.1:9/&quot;,&quot;x&quot;)", "WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)", "[1]Sheet1!A1", "'\\\\127.0.0.1\\x\\[a.xlsx]S'!A1",
    )),
    *(Case(f"a pattern kept busy by {piece[:12]!r}", partial(slow_to_match, piece, count), faults) for piece, count, faults in (
        ("<f>x</f>" + " " * 200_000, 3, UNCALCULATED), ('<c t="e">', 60_000, [("", "The sheet “Feuil1” has more than 200 columns.")]), ("<c ", 100_000, UNCALCULATED), ("<f></f></c>", 60_000, DAMAGED),
    )),
]  # fmt: skip

OLD_EXCEL = [
    *(Case(f"old file cut at {percent} %", partial(old_cut, percent / 100), DAMAGED, name="volumes.xls") for percent in (2, 25, 50, 75, 95)),
    Case("allocation table in a ring", partial(old, 512 + 8, struct.pack("<I", 2)), DAMAGED, name="volumes.xls"),
    Case("every sector follows itself", partial(old, 512, struct.pack("<128I", *range(128))), DAMAGED, name="volumes.xls"),
    Case("sectors of one byte", partial(old, 30, b"\0\0"), NOT_A_SHEET, name="volumes.xls"),
    Case("sectors of two gigabytes", partial(old, 30, b"\x1f\0"), NOT_A_SHEET, name="volumes.xls"),
    Case("sectors of 2^65535 bytes", partial(old, 30, b"\xff\xff"), NOT_A_SHEET, name="volumes.xls"),
    Case("directory beyond the end", partial(old, 48, b"\xf0\xff\xff\x7f"), NOT_A_SHEET, name="volumes.xls"),
    Case("more tables than bytes", partial(old, 44, b"\xff\xff\xff\x7f"), READ, new=1, name="volumes.xls"),
    Case("list of tables in a ring", partial(old, 68, b"\0\0\0\0\xff\xff\0\0"), READ, new=1, name="volumes.xls"),
    Case("a stream longer than the file", partial(old, 1024 + 128 + 120, b"\xff\xff\xff\x7f"), DAMAGED, name="volumes.xls"),
    Case("a sheet beyond the end", partial(old, 1536 + 4 + 16 + 4, b"\xff\xff\xff\x7f"), DAMAGED, name="volumes.xls"),
    Case("a record longer than the file", partial(old, 1536 + 2, b"\xff\xff"), DAMAGED, name="volumes.xls"),
    Case("an old text document", lambda: workbooks.ole(bytes(600), "WordDocument"), NOT_A_SHEET, name="volumes.xls"),
    Case("an OLE head and nothing more", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DAMAGED, name="volumes.xls"),
    Case("an archive called xls", lambda: archive([("a", "b")]), NOT_A_SHEET, name="volumes.xls"),
]  # fmt: skip
