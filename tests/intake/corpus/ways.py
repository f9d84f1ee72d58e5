"""The many ways in which senders write one and the same table: A made 1 and 2, B made 2875 and 40 in two months."""

import datetime
import io
from dataclasses import dataclass, field

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake import workbooks
from tests.intake.corpus.case import csv, written, xlsx

JANUARY, FEBRUARY = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)
SAID = {("A", 1): "1", ("A", 2): "2", ("B", 1): "2875", ("B", 2): "40"}
HEAD = ["Référence", "01/2026", "02/2026"]
ROWS = [["A", 1, 2], ["B", 2875, 40]]
TEXT = [HEAD, *ROWS]


@dataclass
class Way:
    """A file that is read right: `said` is {(reference, month of 2026): value}; `left_out` and `notes` as said."""

    id: str
    build: object
    said: dict = field(default_factory=lambda: SAID)
    left_out: list = field(default_factory=list)
    notes: tuple = ()
    options: dict = field(default_factory=dict)


def headed(*months):
    """Return a workbook whose two months are headed so."""
    return xlsx(["Référence", *months], *ROWS)


def quantity(*texts, options=None):
    """Return a way of writing 2875."""
    return [
        Way(f"2875 as {shown!r}", csv(HEAD, ROWS[0], ["B", shown, 40], mark="|"), options=options or {})
        for shown in texts
    ]


def old_excel(**more):
    """Return an old Excel file of the table."""
    cells = {(row, column): value for row, cells in enumerate(TEXT) for column, value in enumerate(cells)}
    return lambda: workbooks.ole(workbooks._workbook_stream(cells, "Feuil1", **more))


def open_document(hide_row="", hide_column=""):
    """Return an OpenDocument sheet of the table."""

    def cell(value):
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row{hide_row if index == 2 else ''}>{''.join(map(cell, cells))}</table:table-row>"
        for index, cells in enumerate(TEXT)
    )
    columns = f'<table:table-column table:number-columns-repeated="2"/><table:table-column{hide_column}/>'
    return lambda: written(workbooks.ods, columns + rows)


def openpyxl_book(change, rows=TEXT):
    """Return a workbook of the table that was changed by hand."""

    def build():
        book, buffer = openpyxl.Workbook(), io.BytesIO()
        book.active.title = "Volumes"
        for row in rows:
            book.active.append(row)
        change(book, book.active)
        book.save(buffer)
        return buffer.getvalue()

    return build


def of_1904(book, sheet):
    book.epoch = CALENDAR_MAC_1904
    sheet["B1"], sheet["C1"] = JANUARY, FEBRUARY


def hidden_row(book, sheet):
    sheet.row_dimensions[3].hidden = True


def hidden_column(book, sheet):
    sheet.column_dimensions["C"].hidden = True


def protected(book, sheet):
    sheet.protection.sheet = True
    sheet.protection.password = "abc"


def hidden_sheet(book, sheet):
    book.create_sheet("Calculs").append(["Référence", "01/2026"])
    book["Calculs"].sheet_state = "hidden"


def very_hidden_sheet(book, sheet):
    hidden_sheet(book, sheet)
    book["Calculs"].sheet_state = "veryHidden"


HIDDEN_ROW = "Hidden rows of the sheet “{}” are read like the others: 3."
HIDDEN_COLUMN = "Hidden columns of the sheet “{}” are read like the others: C."
UNSAID = "Cells with a dash, “n/a” and the like are read as empty, which is not zero: {}."
ROW_RECORD = workbooks._record(0x208, bytes([2, 0, 0, 0, 3, 0, 255, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]))
COLUMN_RECORD = workbooks._record(0x7D, bytes([2, 0, 2, 0, 0, 8, 0, 0, 1, 0, 0, 0]))

FORMATS = [
    Way("xlsx", xlsx(*TEXT)),
    Way("xls", old_excel()),
    Way("ods", open_document()),
    *(
        Way(f"csv in {encoding} with {mark!r}", csv(*TEXT, mark=mark, encoding=encoding))
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
        for mark in (";", ",", "\t", "|")
    ),
    *(
        Way(
            f"Arabic csv in {encoding}",
            csv(["المرجع", "جانفي 2026", "فيفري 2026"], *ROWS, encoding=encoding),
        )
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256")
    ),
    Way("three Arabic titles", csv(["شركة المثال"], ["كشف الكميات المنتجة"], ["الوحدة: قطعة"], ["المرجع", "جانفي 2026", "فيفري 2026"], *ROWS, encoding="cp1256")),
    Way("line ends of old machines", csv(*TEXT, end="\r")),
    Way("1904 dates", openpyxl_book(of_1904)),
    Way("real dates", headed(JANUARY, FEBRUARY)),
    Way("dates with a time", headed(datetime.datetime(2026, 1, 31, 23, 30), datetime.datetime(2026, 2, 1, 8, 0))),  # noqa: DTZ001
    Way("protected sheet", openpyxl_book(protected)),
    Way("hidden sheet", openpyxl_book(hidden_sheet), left_out=["hidden sheet"]),
    Way("very hidden sheet", openpyxl_book(very_hidden_sheet), left_out=["hidden sheet"]),
    Way("hidden row in xlsx", openpyxl_book(hidden_row), notes=(HIDDEN_ROW.format("Volumes"),)),
    Way("hidden column in xlsx", openpyxl_book(hidden_column), notes=(HIDDEN_COLUMN.format("Volumes"),)),
    Way("hidden row in ods", open_document(' table:visibility="filter"'), notes=(HIDDEN_ROW.format("Feuille1"),)),
    Way("hidden column in ods", open_document("", ' table:visibility="collapse"'), notes=(HIDDEN_COLUMN.format("Feuille1"),)),
    Way("hidden row in xls", old_excel(records=ROW_RECORD), notes=(HIDDEN_ROW.format("Feuil1"),)),
    Way("hidden column in xls", old_excel(records=COLUMN_RECORD), notes=(HIDDEN_COLUMN.format("Feuil1"),)),
]  # fmt: skip

MONTHS = [
    Way(f"months as {pair[0]!r}", headed(*pair))
    for pair in (
        ("janv-26", "févr-26"),
        ("janv. 26", "févr. 26"),
        ("01/2026", "02/2026"),
        ("2026-01", "2026-02"),
        ("janvier 2026", "février 2026"),
        ("JANVIER 2026", "FEVRIER 2026"),
        ("جانفي 2026", "فيفري 2026"),
        ("يناير 2026", "فبراير 2026"),
        ("كانون الثاني 2026", "شباط 2026"),
        ("Jan-26", "Feb-26"),
        ("\u200fجانفي 2026", "فيفري\u00a02026\u200e"),
        ("٠١/٢٠٢٦", "٠٢/٢٠٢٦"),
        ("۰۱/۲۰۲۶", "۰۲/۲۰۲۶"),
    )
] + [
    Way("year over months", xlsx([None, 2026], ["Référence", "Janvier", "Février"], *ROWS)),
    Way(
        "year over months over measures",
        xlsx(
            [None, 2026],
            ["Référence", workbooks.merged("Janvier"), None, workbooks.merged("Février"), None, workbooks.merged("Total"), None],
            [None, "Produit", "Vendu", "Produit", "Vendu", "Produit", "Vendu"],
            ["A", 1, None, 2, None, 3, None],
            ["B", 2875, None, 40, None, 2915, None],
        ),
        left_out=["total column", "column “Vendu” is blank"],
    ),
    Way(
        "quarter beside its months",
        xlsx([*HEAD, "03/2026", "T1 2026", "S1 2026", "2026"], ["A", 1, 2, None, 3, 3, 3], ["B", 2875, 40, None, 2915, 2915, 2915]),
        left_out=["total column"] * 3,
    ),
    Way("from one month to another over measures", csv(["Période", "01/2026", "02/2026"], ["ref", "mois", "production", "vendu"], *([part, f"0{month}/2026", amount, 9] for (part, month), amount in SAID.items()))),
    Way("the year of a title", csv(["Article", "2026"], [], ["ref", "janvier", "février"], *ROWS)),
    Way("a year of before beside months", xlsx([*HEAD, 2025], ["A", 1, 2, 9], ["B", 2875, 40, 9]), left_out=["a whole year: only months are read"]),
    Way("a quarter that is not filled yet", xlsx([*HEAD, "T3 2026"], *ROWS), left_out=["total column"]),
]  # fmt: skip

NUMBERS = [
    *quantity("2875", "2 875", "2\u00a0875", "2\u202f875", "2'875", "2’875", "٢٨٧٥", "٢٬٨٧٥", "۲۸۷۵", "2875,000", " 2875 "),
    *quantity("\u200e2875", "\ufeff2875", "2\u2009875", "2875,0", "2.875,0", "2,875.0", "٢٬٨٧٥٫٠"),
    *quantity("2.875", options={"decimal": "comma"}),
    *quantity("2,875", options={"decimal": "dot"}),
    Way("numbers stored as text", xlsx(HEAD, ["A", "1", "2"], ["B", "2875", "40"])),
    Way("formulas with their values", xlsx(HEAD, ["A", workbooks.calculated("=1", 1), 2], ["B", workbooks.calculated("=5*575", 2875), 40])),
    *(
        Way(f"blank as {word!r}", xlsx([*HEAD, "03/2026"], ["A", 1, 2, word], ["B", 2875, 40, word]), notes=(UNSAID.format(2),))
        for word in ("-", "–", " - ", "…", "n/a", "N.D.", "غير متوفر")
    ),
    Way("zero is zero", xlsx(HEAD, ["A", 0, "0,0"]), said={("A", 1): "0", ("A", 2): "0"}),
]  # fmt: skip

REFERENCES = [
    Way(f"reference {typed!r}", xlsx(HEAD, [typed, 1, 2]), said={(shown, 1): "1", (shown, 2): "2"})
    for typed, shown in (
        (12345, "12345"),
        (12345.0, "12345"),
        ("0012345", "0012345"),
        ("8200 768-913", "8200 768-913"),
        ("  A12  ", "A12"),
        ("A\u200b12\u200f", "A12"),
        ("A\u00a012", "A 12"),
        ("A\u202e12\u202c", "A12"),
        ("A\n12", "A 12"),
        ("DEC-10", "DEC-10"),
        ("77E10", "77E10"),
        (999999999999999, "999999999999999"),
    )
] + [
    Way("reference '12345.0' in a csv", csv(HEAD, ["12345.0", 1, 2]), said={("12345", 1): "1", ("12345", 2): "2"}),
    Way("heading with unseen marks", xlsx(["Réfé\u200brence\u00a0", "01/2026\u200f", "02/2026 "], *ROWS)),
    Way("an example row of the template", xlsx(HEAD, ["EXEMPLE-001", 10, 12], *ROWS), left_out=["example row"]),
    Way("another sheet with headings only", xlsx(Volumes=TEXT, Mars=[HEAD]), left_out=["headings without rows"]),
]  # fmt: skip

WAYS = [*FORMATS, *MONTHS, *NUMBERS, *REFERENCES]
