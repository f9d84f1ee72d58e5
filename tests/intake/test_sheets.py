"""Any file becomes typed cells or a sentence; nothing that is sent breaks the reader."""

import random
import struct
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from intake import sheets
from intake.sheets import Limits, Unreadable, column_letters, read, read_inline
from intake.sheets_limits import MIB
from partstrack.numbers import Ambiguous, NotANumber
from tests.intake import workbooks


def refused(path, name="envoi.xlsx", limits=None):
    """Return the code of the refusal of a file, after making sure that it can be said in words."""
    with pytest.raises(Unreadable) as error:
        read(path, name, limits)
    assert str(error.value.reason)
    assert str(error.value.remedy)
    assert "{" not in str(error.value)
    return error.value.code


def csv_rows(tmp_path, data, **options):
    path = tmp_path / "data.csv"
    path.write_bytes(data)
    (sheet,) = read_inline(path, "data.csv", **options).sheets
    return list(sheet.rows)


# What cells become ----------------------------------------------------------------------------------


def test_each_type_of_cell_has_its_letter(tmp_path):
    path = workbooks.xlsx(
        tmp_path / "types.xlsx",
        Volumes=[
            ["Été", 12, 12.5, -0.25, True, False],
            [date(2025, 1, 1), datetime(2025, 1, 31, 8, 30), workbooks.calculated("=1/0", "#DIV/0!")],  # noqa: DTZ001
            [workbooks.calculated("=1+1", 2), "   ", "#N/A", "12", time(12, 30), 1e22],
        ],
    )
    (sheet,) = read(path, "types.xlsx").sheets
    assert list(sheet.rows) == [
        ["tÉté", "n12", "n12.5", "n-0.25", "b1", "b0"],
        ["d2025-01-01", "d2025-01-31T08:30:00", "e#DIV/0!", None, None, None],
        ["n2", None, "e#N/A", "t12", "t12:30:00", "n10000000000000000000000"],
    ]


def test_a_number_keeps_its_shortest_exact_form_and_no_exponent(tmp_path):
    path = workbooks.xlsx(tmp_path / "numbers.xlsx", A=[[0.1, 1 / 3, 0.000001, 123456789012, 0, -0.0]])
    assert read(path, "numbers.xlsx").sheets[0].row(0) == [
        "n0.1",
        "n0.3333333333333333",
        "n0.000001",
        "n123456789012",
        "n0",
        "n0",
    ]


def test_truth_is_not_one(tmp_path):
    path = workbooks.xlsx(tmp_path / "truth.xlsx", A=[[1, 0], [True, False], [1, 0]])
    assert list(read(path, "truth.xlsx").sheets[0].rows) == [["n1", "n0"], ["b1", "b0"], ["n1", "n0"]]


def test_rows_and_columns_keep_their_place_when_the_table_stands_far_from_the_corner(tmp_path):
    path = workbooks.xlsx(tmp_path / "far.xlsx", A=[[], [], [None, None, "x", 5]])
    sheet = read(path, "far.xlsx").sheets[0]
    assert (sheet.height, sheet.width) == (3, 4)
    assert sheet.row(0) == [None] * 4
    assert sheet.cell(2, 2) == "tx"
    assert sheet.cell(2, 3) == "n5"
    assert sheet.cell(9, 9) is None
    assert sheet.column(3) == [None, None, "n5"]
    assert sheet.column(3, 2, 3) == ["n5"]


def test_a_formula_that_was_never_calculated_is_no_blank(tmp_path):
    path = workbooks.never_calculated(
        tmp_path / "f.xlsx", [["Référence", "01/2025"], ["A", "=1+1"], ["B", 5], [None, "=B2"]]
    )
    assert list(read(path, "f.xlsx").sheets[0].rows) == [
        ["tRéférence", "t01/2025"],
        ["tA", "f"],
        ["tB", "n5"],
        [None, "f"],
    ]


def test_a_formula_that_gives_an_empty_text_is_a_blank(tmp_path):
    xml = f'<worksheet xmlns="{workbooks.SHEET}"><sheetData><row r="1"><c r="A1" t="str"><f>IF(1,"","x")</f><v></v></c>'
    path = workbooks.raw_xlsx(tmp_path / "blank.xlsx", xml + '<c r="B1"><v>1</v></c></row></sheetData></worksheet>')
    assert read(path, "blank.xlsx").sheets[0].row(0) == [None, "n1"]


def test_marks_are_found_in_sheets_without_addresses_and_with_prefixes(tmp_path):
    xml = (
        f'<x:worksheet xmlns:x="{workbooks.SHEET}"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c>'
        '<x:c t="e"><x:v>#REF!</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    path = workbooks.raw_xlsx(tmp_path / "prefix.xlsx", xml)
    assert list(read(path, "prefix.xlsx").sheets[0].rows) == [["tA", "e#REF!"], ["n1", "f"]]


def test_hidden_sheets_are_named_and_not_read(tmp_path):
    def hide(sheet, row, column):
        sheet.write(row, column, "secret")
        sheet.hide()

    path = workbooks.xlsx(tmp_path / "hidden.xlsx", Volumes=[["a"]], Calculs=[[hide]])
    volumes, calculations = read(path, "hidden.xlsx").sheets
    assert (volumes.name, volumes.visible, volumes.row(0)) == ("Volumes", True, ["ta"])
    assert (calculations.name, calculations.visible, calculations.height) == ("Calculs", False, 0)


def test_merged_ranges_are_told(tmp_path):
    path = workbooks.xlsx(tmp_path / "merged.xlsx", A=[["x"], [workbooks.merged("m", down=1)]])
    assert read(path, "merged.xlsx").sheets[0].merged == [[1, 0, 2, 1]]


def test_an_old_excel_file_is_read_with_its_errors(tmp_path):
    cells = {(0, 0): "Référence", (0, 1): "جانفي", (1, 0): "A", (1, 1): 5.5, (2, 1): b"\x07", (3, 0): True}
    path = workbooks.xls(tmp_path / "old.xls", cells)
    (sheet,) = read(path, "old.xls").sheets
    assert sheet.name == "Feuil1"
    assert list(sheet.rows) == [["tRéférence", "tجانفي"], ["tA", "n5.5"], [None, "e#DIV/0!"], ["b1", None]]


def test_an_open_document_sheet_is_read_with_its_errors_formulas_and_merged_cells(tmp_path):
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    rows = [
        f"<table:table-row>{text.format('A')}{error}</table:table-row>",
        '<table:table-row><table:table-cell office:value-type="float" office:value="2"/>'
        '<table:table-cell table:formula="of:=A1"/></table:table-row>',
        '<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string">'
        "<text:p>m</text:p></table:table-cell><table:covered-table-cell/></table:table-row>",
    ]
    (sheet,) = read(workbooks.ods(tmp_path / "open.ods", "".join(rows)), "open.ods").sheets
    assert list(sheet.rows) == [["tA", "e#DIV/0!"], ["n2", "f"], ["tm", None]]
    assert sheet.merged == [[2, 0, 2, 1]]


def test_content_decides_and_not_the_name(tmp_path):
    path = workbooks.xlsx(tmp_path / "really.csv", A=[["a", 1]])
    assert read(path, "really.csv").sheets[0].row(0) == ["ta", "n1"]
    text = tmp_path / "really.xlsx"
    text.write_bytes(b"a;1\nb;2\n")
    assert list(read(text, "really.xlsx").sheets[0].rows) == [["ta", "t1"], ["tb", "t2"]]


def test_the_child_and_the_reader_in_process_give_the_same(tmp_path):
    path = workbooks.xlsx(tmp_path / "same.xlsx", A=[["a", 1, True], [None, "b", 2.5]], B=[["c"]])
    ours, theirs = read_inline(path, "same.xlsx"), read(path, "same.xlsx")
    assert [list(sheet.rows) for sheet in ours.sheets] == [list(sheet.rows) for sheet in theirs.sheets]
    assert ours.values == theirs.values


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_cells_say_their_text_and_their_number():
    assert [sheets.text_of(cell) for cell in (None, "t A ", "n12", "b1", "f", "e#N/A", "d2025-01-01")] == [
        "",
        "A",
        "12",
        "TRUE",
        "",
        "#N/A",
        "2025-01-01",
    ]
    assert sheets.decimal_of(None) is None
    assert sheets.decimal_of("n2.875") == Decimal("2.875")
    assert sheets.decimal_of("t2.875", "comma") == Decimal(2875)
    with pytest.raises(Ambiguous):
        sheets.decimal_of("t2.875")
    for cell in ("b1", "f", "e#N/A", "d2025-01-01", "tabc"):
        with pytest.raises(NotANumber):
            sheets.decimal_of(cell)


# Text files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_text_is_read_in_each_encoding(tmp_path, encoding):
    data = "Référence;Désignation\nA1;Plaquette à l’arrière, côté élève\n".encode(encoding)
    assert csv_rows(tmp_path, data) == [["tRéférence", "tDésignation"], ["tA1", "tPlaquette à l’arrière, côté élève"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_arabic_text_is_read_in_each_encoding(tmp_path, encoding):
    data = "رقم القطعة;الكمية المنتجة\nA1;5\nA2;6\n".encode(encoding)
    assert csv_rows(tmp_path, data) == [["tرقم القطعة", "tالكمية المنتجة"], ["tA1", "t5"], ["tA2", "t6"]]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, mark):
    lines = ["Relevé des volumes", "", f"ref{mark}01/2025{mark}02/2025", f"A{mark}1{mark}2", f"B{mark}{mark}3"]
    rows = csv_rows(tmp_path, "\n".join(lines).encode())
    assert rows[2:] == [["tref", "t01/2025", "t02/2025"], ["tA", "t1", "t2"], ["tB", None, "t3"]]
    assert rows[1] == [None, None, None]


def test_a_decimal_comma_is_no_delimiter(tmp_path):
    rows = csv_rows(tmp_path, b"ref;qty\nA;1,5\nB;2,5\nC;3,5\n")
    assert rows[1:] == [["tA", "t1,5"], ["tB", "t2,5"], ["tC", "t3,5"]]


def test_a_first_line_that_names_the_delimiter_is_obeyed_and_not_counted(tmp_path):
    assert csv_rows(tmp_path, b"sep=|\r\na;b|c\r\n") == [["ta;b", "tc"]]


def test_quoted_cells_hold_delimiters_quotes_and_lines(tmp_path):
    rows = csv_rows(tmp_path, b'a;"x;y";"say ""hi"""\r\nb;"two\nlines";3\r\n')
    assert rows == [["ta", "tx;y", 'tsay "hi"'], ["tb", "ttwo\nlines", "t3"]]


def test_blank_rows_inside_are_kept_and_those_at_the_end_are_not(tmp_path):
    assert csv_rows(tmp_path, b"a;b\n;;;\nc;d\n;;\n\n;;;\n") == [["ta", "tb"], [None, None], ["tc", "td"]]


def test_old_line_ends_and_a_nul_do_no_harm(tmp_path):
    assert csv_rows(tmp_path, b"a;b\rc;d\r") == [["ta", "tb"], ["tc", "td"]]
    assert csv_rows(tmp_path, "a;x\x00y\n".encode("utf-16")) == [["ta", "tx\ufffdy"]]


@pytest.mark.parametrize("data", [b'a;b\nc;"d\ne;f\n', b'a;b\nc;"d"e\nf;g\n'])
def test_an_open_quotation_mark_is_refused_with_its_row(tmp_path, data):
    path = tmp_path / "quotes.csv"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as error:
        read(path, "quotes.csv")
    assert error.value.code == "quotes"
    assert "2" in str(error.value.reason)


# What is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web_page"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "not_a_workbook"),
        (random.Random(3).randbytes(64) + b"\x00\x01", "not_a_workbook"),
        (b"\xff\xfea", "encoding"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (workbooks.zipped(word__document="x"), "not_a_workbook"),
        (workbooks.zipped(xl__workbook="x") + b"", "not_a_workbook"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(tmp_path, data, code):
    path = tmp_path / "sent"
    path.write_bytes(data)
    assert refused(path) == code


def test_a_binary_workbook_is_refused_with_its_remedy(tmp_path):
    path = workbooks.raw_xlsx(tmp_path / "b.xlsb", "<worksheet/>", [("xl/workbook.bin", b"x")])
    assert refused(path) == "xlsb"


def test_a_protected_archive_is_refused_as_such(tmp_path):
    path = workbooks.xlsx(tmp_path / "p.xlsx", A=[["a"]])
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == "protected"


def test_the_size_of_the_file_is_limited(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(b"a;b\n" * 1000)
    assert refused(path, limits=Limits(file_bytes=3999)) == "file_bytes"
    assert read(path, "big.csv", Limits(file_bytes=4000)).sheets[0].height == 1000


def test_an_archive_is_counted_before_it_is_unpacked(tmp_path):
    many = workbooks.raw_xlsx(tmp_path / "many.xlsx", "<worksheet/>", [(f"x{index}", b"") for index in range(197)])
    assert refused(many) == "members"
    bomb = workbooks.raw_xlsx(tmp_path / "bomb.xlsx", "<worksheet/>", [("xl/bomb.xml", b"0" * (2 * MIB))])
    assert refused(bomb) == "ratio"
    assert refused(bomb, limits=Limits(unpacked_bytes=MIB)) == "unpacked"


def test_rows_columns_cells_and_texts_are_limited(tmp_path):
    path = workbooks.xlsx(tmp_path / "limits.xlsx", A=[["a" * 50, "b", "c"]] * 4)
    assert refused(path, limits=Limits(rows=3)) == "rows"
    assert refused(path, limits=Limits(columns=2)) == "columns"
    assert refused(path, limits=Limits(cells=11)) == "cells"
    assert refused(path, limits=Limits(cell_chars=49)) == "cell_chars"
    assert read(path, "limits.xlsx", Limits(rows=4, columns=3, cells=12, cell_chars=50)).sheets[0].height == 4


def test_a_csv_has_the_same_limits(tmp_path):
    path = tmp_path / "limits.csv"
    path.write_bytes(b"aaaaa;b;c\n" * 4 + b";;;;;;\n" * 9)
    assert refused(path, limits=Limits(rows=3)) == "rows"
    assert refused(path, limits=Limits(columns=2)) == "columns"
    assert refused(path, limits=Limits(cells=11)) == "cells"
    assert refused(path, limits=Limits(cell_chars=4)) == "cell_chars"
    assert read(path, "limits.csv", Limits(rows=4, columns=3, cells=12)).sheets[0].height == 4


def test_a_refused_cell_is_named_by_its_row(tmp_path):
    path = workbooks.xlsx(tmp_path / "long.xlsx", Volumes=[["a"], ["b"], ["c" * 60]])
    with pytest.raises(Unreadable) as error:
        read(path, "long.xlsx", Limits(cell_chars=50))
    assert "3" in str(error.value.reason)
    assert "Volumes" in str(error.value.reason)


def test_two_cells_far_apart_do_not_cost_the_memory_between_them(tmp_path):
    xml = (
        f'<worksheet xmlns="{workbooks.SHEET}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert refused(workbooks.raw_xlsx(tmp_path / "far.xlsx", xml)) == "died"


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    path = workbooks.xlsx(tmp_path / "slow.xlsx", A=[["a"]])
    assert refused(path, limits=Limits(wall_seconds=0.01)) == "slow"


def test_a_child_without_memory_is_a_normal_answer(tmp_path):
    path = workbooks.xlsx(tmp_path / "memory.xlsx", A=[[row, f"text {row}"] for row in range(20_000)])
    assert refused(path, limits=Limits(memory_bytes=8 * MIB)) == "died"


def test_an_entity_bomb_in_the_workbook_is_refused(tmp_path):
    entities = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c>'
    xml = f'{entities}<worksheet xmlns="{workbooks.SHEET}"><sheetData>{cell}'
    path = workbooks.raw_xlsx(tmp_path / "entities.xlsx", xml + "</row></sheetData></worksheet>")
    try:
        cells = list(read(path, "entities.xlsx").sheets[0].rows)
    except Unreadable:
        cells = []
    assert "a" * 80 not in str(cells)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"1234567",
        struct.pack(">Q", 2**63) + b"{}",
        struct.pack(">Q", 4) + b"[1,2",
        struct.pack(">Q", 2) + b"[]",
        struct.pack(">Q", 2) + b"{}",
        struct.pack(">Q", 27) + b'{"values":[null,5],"sheets"' + b":[]}",
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(tmp_path, monkeypatch, answer):
    def say(path, name, limits, out):
        out.write(answer)
        return 0

    monkeypatch.setattr(sheets, "_run_child", say)
    assert refused(tmp_path / "any") == "died"


def test_codes_without_a_value_are_not_believed(tmp_path, monkeypatch):
    header = b'{"values":[null],"sheets":[{"name":"A","visible":true,"height":1,"width":1,"merged":[]}]}'

    def say(path, name, limits, out):
        out.write(struct.pack(">Q", len(header)) + header + struct.pack("=I", 7))
        return 0

    monkeypatch.setattr(sheets, "_run_child", say)
    assert refused(tmp_path / "any") == "died"


def test_broken_files_are_never_more_than_unreadable(tmp_path):
    """Forty files damaged at random places: cut, overwritten, doubled. In the child, as in life."""
    chance = random.Random(7)
    whole = [
        workbooks.xlsx(tmp_path / "whole.xlsx", A=[["Référence", "01/2025"], ["A", 1], ["B", True]]).read_bytes(),
        workbooks.xls(tmp_path / "whole.xls", {(0, 0): "a", (1, 0): 5, (2, 0): b"\x07"}).read_bytes(),
        b'ref;01/2025\nA;"1"\nB;2\n',
    ]
    path, answers = tmp_path / "broken", 0
    for _turn in range(40):
        data = bytearray(chance.choice(whole))
        for _place in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        try:
            answers += len(read(path, "broken").sheets) > 0
        except Unreadable as error:
            answers += str(error) != ""
    assert answers == 40
