"""Files that honest senders break: every one is refused by cell, with what to do, and nothing of it is written."""

import datetime
import io
import random

import xlsxwriter

from tests.intake import workbooks
from tests.intake.corpus.case import DAMAGED, HEAD, Case, csv, number, sheet_xml, text, written, xlsx
from tests.intake.corpus.case import row as xml_row

GOOD = ["A", 1, 2]
NO_NUMBER = "This is not a number."
NO_QUANTITY = "This is not a quantity."
NO_REFERENCE = "This is not a reference."
NO_SPLIT = "A year, a half-year or a quarter cannot be split into months."
MONEY = "This is an amount of money, not a quantity."
NOTHING = "This can mean zero, or that nothing is known."
NEGATIVE = "A volume cannot be negative."
TO_DATE = "The spreadsheet program turned this reference into a date."
TO_EXPONENT = "The spreadsheet program turned this reference into a number with an exponent."


def cell(value, reason, id=None, place="B3"):
    """Return a case in which one cell is wrong."""
    return Case(id or f"quantity {value!r}", xlsx(HEAD, GOOD, ["B", value, 3]), [(place, reason)])


def reference(value, reason, build=xlsx, place="A3"):
    """Return a case in which one reference is wrong."""
    return Case(f"reference {value!r} by {build.__name__}", build(HEAD, GOOD, [value, 3, 4]), [(place, reason)])


def percent_book():
    """Return a workbook in which a number is shown as a percentage."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet, percent = book.add_worksheet("Volumes"), book.add_format({"num_format": "0.0%"})
    for index, cells in enumerate([HEAD, GOOD]):
        sheet.write_row(index, 0, cells)
    sheet.write_row(2, 0, ["B", None, 3])
    sheet.write_number(2, 1, 0.125, percent)
    sheet.write_formula(2, 2, "=1/4", percent, 0.25)
    book.close()
    return buffer.getvalue()


def percent_ods():
    """Return an OpenDocument sheet in which a number is a percentage."""
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [
        f"<table:table-row>{text.format('ref')}{text.format('01/2026')}</table:table-row>",
        f"<table:table-row>{text.format('A')}"
        '<table:table-cell office:value-type="percentage" office:value="0.5"/></table:table-row>',
    ]
    return written(workbooks.ods, "".join(rows))


def old_excel(globals_=b"", stream="Workbook"):
    """Return an old Excel file with something in its globals, or with another stream."""
    cells = {(0, 0): "ref", (0, 1): "01/2026", (1, 0): "A", (1, 1): 1}
    return workbooks.ole(workbooks._workbook_stream(cells, "Feuil1", globals_=globals_), stream)


def cut(build, share):
    """Return a function that builds only the first part of a file."""

    def first_part():
        whole = build()
        return whole[: int(len(whole) * share)]

    return first_part


def broken_letters():
    """Return a UTF-8 file with many good letters and one that lost its second half."""
    return csv(HEAD, GOOD, ["É", 1, 2])().replace("Référence".encode(), "Référence désignée é".encode()[:-1])


QUANTITIES = [
    cell("12 %", "This is a percentage, not a quantity."),
    cell("1 200 DA", MONEY),
    cell("1 200,50 €", MONEY),
    cell("1200 دج", MONEY),
    cell("(12)", NEGATIVE),
    cell("12-", NEGATIVE),
    cell(-12, NEGATIVE),
    *(cell(word, NOTHING) for word in ("néant", "RAS", "nil", "لا شيء", "Zéro", "aucune")),
    *(cell(word, NO_NUMBER) for word in ("douze", "12 pcs", "env. 12", "12?", "1 2", "1.2.3", "O", "l2", "12e3")),
    cell("#N/A", NO_QUANTITY),
    cell("#DIV/0!", NO_QUANTITY),
    cell(True, NO_QUANTITY),
    cell(datetime.date(2026, 1, 12), NO_QUANTITY, "a date for a quantity"),
    cell(0.1234, "The number has more than three decimals."),
    cell(1e15, "The number is too large to be a volume."),
    Case("a number shown as a percentage", percent_book, [(place, "This is a percentage, not a quantity.") for place in ("B3", "C3")]),
    Case("a percentage in ods", percent_ods, [("B2", "This is a percentage, not a quantity.")], name="volumes.ods"),
    Case("2.875 that nobody explained", csv(HEAD, GOOD, ["B", "2.875", 3]), questions=["B3"]),
    Case("commas beside points", csv(HEAD, ["A", "1,5", "2,5"], ["B", "2.5", 3]), [("B3", "The table writes some numbers")]),
    Case("never calculated", lambda: written(workbooks.never_calculated, [HEAD, GOOD, ["B", "=1+1", 3]]), [("B3", "The formula was never calculated.")]),
    Case("merged quantities", xlsx(HEAD, GOOD, ["B", workbooks.merged(5), None]), [("B3", "The cells B3 to C3 are merged.")]),
]  # fmt: skip

REFERENCES = [
    reference(12345678901234567890, "This reference is stored as a number of more than 15 digits"),
    reference(8200.5, "This reference is stored as a number with decimals"),
    reference(-8200, "This reference is stored as a number with decimals or a sign"),
    reference(datetime.date(2026, 3, 1), TO_DATE),
    reference("1-mars", TO_DATE, csv),
    reference("Mar-01", TO_DATE, csv),
    reference("01/03/2026", TO_DATE, csv),
    reference("1E5", TO_EXPONENT, csv),
    reference("1,23E+12", TO_EXPONENT, csv),
    reference("#N/A", NO_REFERENCE),
    reference("#REF!", NO_REFERENCE, csv),
    reference(True, NO_REFERENCE),
    Case("a formula for a reference", lambda: written(workbooks.never_calculated, [HEAD, GOOD, ["=A2", 3, 4]]), [("A3", NO_REFERENCE)]),
    Case("a long reference", csv(HEAD, GOOD, ["R" * 81, 3, 4]), [("A3", "The reference is missing or too long.")]),
    Case("no reference", csv(HEAD, GOOD, [None, 3, 4], ["C", 9, 9]), [("A3", "The reference is missing or too long.")]),
    Case("a reference twice", csv(HEAD, GOOD, ["a", 3, 4]), [(f"A{row}", f"{name} stands more than once for 2026-0{month}") for row, name in ((2, "A"), (3, "a")) for month in (1, 2)]),
]  # fmt: skip

TABLES = [
    Case("months down and parts across", xlsx(["Mois", "A", "B"], ["01/2026", 1, 2], ["02/2026", 3, 4]), [("1", "The months stand one under another and the parts side by side.")]),
    Case("on its side under a corner", xlsx(["Référence", "A", "B"], ["janv-26", 1, 2], ["févr-26", 3, 4]), [("1", "The months stand one under another and the parts side by side.")]),
    Case("quarters alone", xlsx(["Référence", "T1 2026", "T2 2026"], GOOD), [("B1", NO_SPLIT), ("C1", NO_SPLIT)]),
    Case("a half-year alone", xlsx(["Référence", "1er semestre 2026"], ["A", 1]), [("B1", NO_SPLIT)]),
    Case("an Arabic quarter alone", xlsx(["المرجع", "الثلاثي الأول 2026"], ["A", 1]), [("B1", NO_SPLIT)]),
    Case("years alone", xlsx(["Référence", 2024, 2025], GOOD), [("B1", NO_SPLIT), ("C1", NO_SPLIT)]),
    Case("a quarter beside other months", xlsx([*HEAD, "T2 2026"], ["A", 1, 2, 9]), [("D1", NO_SPLIT)]),
    Case("a quarter in a column of months", csv(["ref", "mois", "production"], ["A", "T1 2026", 5], ["A", "01/2026", 5]), [("B2", NO_SPLIT)]),
    Case("a day in a column of months", csv(["ref", "mois", "production"], ["A", "15/01/2026", 5]), [("B2", "This is not a month.")]),
    Case("no month", csv(["ref", "production"], ["A", 5]), [("1", "The table does not say its month.")]),
    Case("months without a year", xlsx(["Référence", "Janvier", "Février"], GOOD), [("B1", "The month has no year."), ("C1", "The month has no year.")]),
    Case("a month twice", xlsx(["Référence", "01/2026", "janv-26"], GOOD), [("C1", "The month 2026-01 stands in two columns: B and C.")]),
    Case("a month that has not begun", xlsx(["Référence", "01/2027"], ["A", 1]), [("B2", "The month 2027-01 has not begun.")]),
    Case("two tables", xlsx(HEAD, GOOD, [], HEAD, ["B", 1, 2]), [("4", "A second table begins in row 4.")]),
    Case("two tables side by side", xlsx([*HEAD, None, "Référence", "03/2026"], [*GOOD, None, "B", 1]), [("E1", "Two columns are called “Reference”.")]),
    Case("headings only", xlsx(HEAD), [("1", "The table has headings and no rows.")]),
    Case("headings and a total only", xlsx(HEAD, ["Total", 0, 0]), [("1", "The table has headings and no rows.")]),
    Case("no headings", xlsx(GOOD, ["B", 3, 4]), [("", "No row of headings was found.")]),
    Case("unknown heading of the key", xlsx(["Bidule", "01/2026", "02/2026"], GOOD), [("1", "The row of headings lacks: Reference.")]),
    Case("an empty workbook", xlsx(Vide=[]), [("", "The file holds no cells in a visible sheet.")]),
    Case("only a hidden sheet", lambda: written(workbooks.xlsx, Vide=[], Cache=[[lambda sheet, row, column: sheet.hide()]]), [("", "The file holds no cells in a visible sheet.")]),
    Case("sheets that are unlike", xlsx(Un=[HEAD, GOOD], Deux=[["ref", "mois", "production"], ["A", "01/2026", 1]]), [("", "The sheets “Un” and “Deux” are laid out differently.")]),
    Case("two units", xlsx(["Unité : pièce"], ["Unité : litre"], HEAD, GOOD), [("3", "The sheet says several units: pièce, litre.")]),
    Case("an unknown unit", csv(["ref", "unité", "01/2026"], ["A", "palette", 5]), [("B2", "This unit is not known.")]),
]  # fmt: skip

CONTAINERS = [
    Case("nothing but blanks", lambda: b" \r\n\t\r\n", [("", "The file is empty.")]),
    Case("a PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", [("", "The file is a PDF")]),
    Case("a web page called xls", lambda: b"<html><table><tr><td>A</td></tr></table></html>", [("", "The file is a web page")], name="volumes.xls"),
    Case("an old workbook with a password", lambda: old_excel(workbooks._record(0x2F, bytes([1, 0, 1, 0]) + bytes(50))), [("", "The file is protected by a password.")]),
    Case("a new workbook with a password", lambda: old_excel(stream="EncryptedPackage"), [("", "The file is protected by a password.")]),
    Case("half a workbook", cut(xlsx(HEAD, GOOD), 0.5), DAMAGED),
    Case("half an old workbook", cut(old_excel, 0.5), DAMAGED),
    Case("a picture", lambda: b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(400), [("", "The file is not a spreadsheet.")]),
    Case("half a UTF-16 letter", lambda: csv(HEAD, GOOD, encoding="utf-16")()[:-1], [("", "The letters of the file cannot be read.")]),
    Case("a letter that lost its half", broken_letters, [("", "The letters of the file cannot be read.")]),
    Case("an open quotation mark", csv(HEAD, GOOD, ['"B', 3, 4], ["C", 5, 6]), [("", "A quotation mark in row 3 is not closed.")]),
    Case("a quotation mark in the middle", csv(HEAD, GOOD, ['"B"x', 3, 4]), [("", "A quotation mark in row 3 is not closed.")]),
    Case("too many columns", csv([*HEAD, *["x"] * 198], GOOD), [("", "The sheet “volumes” has more than 200 columns.")]),
    Case("too long a text", csv(HEAD, GOOD, ["B", "x" * 32_768, 3]), [("", "A cell in row 3 of the sheet “”")]),
    Case("an error in a later row", lambda: written(workbooks.raw_xlsx, sheet_xml(xml_row(3, text("A3", "B"), '<c r="B3" t="e"><v>#REF!</v></c>', number("C3", 3)))), [("B3", NO_QUANTITY)]),
]  # fmt: skip

CELLS = [*QUANTITIES, *REFERENCES, *TABLES]
