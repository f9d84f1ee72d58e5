"""A list leaves as a file: whole, typed, inert, with its control lines, and logged."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import django_tables2
import openpyxl
import pytest
from django.db import connection, transaction
from django.utils import translation

from accounts.models import Firm
from office.models import Download
from partstrack import downloads, writing
from partstrack.tables import Table

AT = datetime(2026, 9, 22, 14, 32, 7, tzinfo=UTC)
LIVE = [
    "=1+1",
    "+213 5",
    "-x",
    "@sum",
    "|cmd",
    "%x",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "  =1",
    "\u200b=1",
    "\u00a0@a",
]
COLUMNS = (
    writing.Column("name", "Name"),
    writing.Column("month", "Month", kind="month"),
    writing.Column("day", "Day"),
    writing.Column("amount", "Amount", summed=True),
)
ROW = ["Disque", date(2026, 8, 1), date(2026, 9, 15), Decimal("1250.500")]


def listing(rows, columns=COLUMNS, mark=""):
    def closing(count, sums):
        return [("Rows", count), *((f"Total {name}", value) for name, value in sums.items())]

    return writing.Listing("Lines", columns, rows, closing, AT, mark)


def as_csv(rows, language="fr", columns=COLUMNS):
    target = io.BytesIO()
    writing.write(target, "csv", listing(rows, columns), language)
    return target.getvalue()


def as_sheet(rows, language="fr", columns=COLUMNS, mark=""):
    target = io.BytesIO()
    writing.write(target, "xlsx", listing(rows, columns, mark), language)
    return openpyxl.load_workbook(target).active


def test_french_csv_has_bom_semicolons_and_decimal_commas():
    lines = as_csv([ROW]).decode("utf-8").split("\r\n")
    assert lines == [
        "\ufeffName;Month;Day;Amount",
        "Disque;08/2026;15/09/2026;1250,5",
        "",
        "Rows;1",
        "Total amount;1250,5",
        "",
    ]


def test_english_csv_has_commas_and_decimal_points():
    assert as_csv([ROW], "en").decode("utf-8-sig").split("\r\n")[1] == "Disque,2026-08,2026-09-15,1250.5"


def test_arabic_csv_is_written_like_the_french_one():
    assert as_csv([ROW], "ar") == as_csv([ROW], "fr")


@pytest.mark.parametrize("text", LIVE)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_csv(text):
    content = as_csv([[text, None, None, None]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", LIVE)
def test_text_that_a_spreadsheet_would_run_is_a_plain_string_in_xlsx(text):
    cell = as_sheet([[text, None, None, None]])["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_headings_and_control_lines_are_inert_as_well():
    columns = (writing.Column("a", "=HYPERLINK(1)"),)
    assert as_csv([["x"]], columns=columns).decode("utf-8-sig").startswith("'=HYPERLINK(1)\r\n")


@pytest.mark.parametrize("text", ["Disque", "12-34", "a=b", "http://x", "–", "'already"])
def test_harmless_text_stays_as_it_is(text):
    assert writing.inert(text) == text


def test_negative_numbers_stay_numbers_in_both_formats():
    row = ["x", None, None, Decimal("-2140")]
    assert as_csv([row]).decode("utf-8-sig").split("\r\n")[1] == "x;;;-2140"
    assert as_sheet([row])["D2"].value == -2140


def test_xlsx_cells_are_typed():
    sheet = as_sheet([ROW])
    name, month, day, amount = [cell.value for cell in sheet[2]]
    assert (name, month.date(), day.date(), amount) == ("Disque", date(2026, 8, 1), date(2026, 9, 15), 1250.5)
    assert [cell.number_format for cell in sheet[2]][1:] == ["mm/yyyy", "dd/mm/yyyy", "#,##0.0##"]


def test_xlsx_blank_and_zero_stay_apart():
    sheet = as_sheet([["x", None, None, None], ["y", None, None, Decimal(0)]])
    assert (sheet["D2"].value, sheet["D3"].value) == (None, 0)


def test_xlsx_has_bold_frozen_head_filter_and_control_lines():
    sheet = as_sheet([ROW, ROW])
    assert sheet["A1"].font.bold is True
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D3")
    assert [[cell.value for cell in row[:2]] for row in sheet["A5:B6"]] == [["Rows", 2], ["Total amount", 2501]]


def test_only_the_arabic_sheet_runs_from_the_right():
    directions = [as_sheet([ROW], language).sheet_view.rightToLeft for language in ("fr", "ar", "en")]
    assert directions == [None, True, None]


def test_the_mark_is_printed_on_every_page_of_a_sheet():
    assert as_sheet([ROW], mark="Demo & more").oddHeader.center.text == "Demo && more"


def test_a_number_of_more_digits_than_a_sheet_keeps_stays_exact_as_text():
    assert as_sheet([["x", None, None, Decimal("123456789012345.678")]])["D2"].value == "123456789012345.678"


def test_a_text_longer_than_a_cell_is_refused_not_cut():
    with pytest.raises(writing.TooMuch):
        as_sheet([["x" * 32_768, None, None, None]])


def test_a_sheet_name_has_no_forbidden_letters():
    assert writing.sheet_name("[Lines]: a/b?" + "x" * 40) == "Lines   a b " + "x" * 18
    assert writing.sheet_name("???") == "partstrack"


def test_rows_are_read_as_they_are_written():
    seen = []
    rows = (seen.append(number) or ["x", None, None, Decimal(number)] for number in range(5000))
    assert writing.write(io.BytesIO(), "csv", listing(rows), "fr") == 5000
    assert len(seen) == 5000


# The answer to a request ----------------------------------------------------------------------------


class FirmTable(Table):
    """A list of firms with one summed column."""

    size = django_tables2.Column(accessor="version", verbose_name="Size")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.columns["size"].column.role = "measure"

    class Meta:
        model = Firm
        fields = ("code", "name", "size")


@pytest.fixture
def request_of(rf, manager, moment):
    request = rf.get("/list", {"format": "csv"})
    request.user, request.moment, request.session = manager, moment, {}
    return request


@pytest.fixture
def firms(db):
    Firm.objects.all().delete()
    return [Firm.objects.create(code=f"F{number}", name=f"=Firm {number}", version=number) for number in (1, 2, 3)]


def lines_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")


def test_an_answer_holds_all_rows_and_says_so(request_of, firms):
    with translation.override("en"):
        table = FirmTable(Firm.objects.order_by("code", "pk"))
        answer = downloads.answer(request_of, table, "csv", "Firms", [("State", "active", "?")])
        lines = lines_of(answer)
    assert lines[:5] == ["Code,Name,Size", "F1,'=Firm 1,1", "F2,'=Firm 2,2", "F3,'=Firm 3,3", ""]
    assert lines[5:11] == [
        "Rows,3",
        "Total: Size,6",
        "Filters,State: active",
        f"Data version,v{request_of.moment.version}",
        "Situation as of,2026-09-22",
        "Downloaded by,manager@example.org",
    ]
    assert lines[12] == "Mark,Demonstration: invented figures"


def test_totals_of_the_page_stand_in_the_control_lines(request_of, firms):
    table = FirmTable(Firm.objects.order_by("code", "pk"))
    with translation.override("en"):
        lines = lines_of(downloads.answer(request_of, table, "csv", "Firms", [], lambda: {"size": Decimal("7.5")}))
    assert lines[6] == "Total: Size,7.5"


def test_an_answer_is_a_dated_attachment(request_of, firms):
    answer = downloads.answer(request_of, FirmTable(Firm.objects.order_by("pk")), "xlsx", "Pièces produites", [])
    assert answer["Content-Type"] == writing.FORMATS["xlsx"]
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''pi%C3%A8ces-produites-2026-09-22-")
    assert answer["Content-Disposition"].endswith("-demo.xlsx")


def test_every_file_that_leaves_is_logged(request_of, firms):
    downloads.answer(request_of, FirmTable(Firm.objects.order_by("pk")), "csv", "Firms", [("Year", "2025", "?")])
    logged = Download.objects.get()
    assert (logged.user, logged.filters, logged.rows) == (request_of.user, "Year: 2025", 3)
    assert logged.name.startswith("firms-2026-09-22-")


def test_without_a_log_no_file_leaves(request_of, firms, monkeypatch):
    def broken(*_words):
        raise RuntimeError

    monkeypatch.setattr(downloads.registry, "all_of", lambda slot: [broken])
    with pytest.raises(RuntimeError):
        downloads.answer(request_of, FirmTable(Firm.objects.order_by("pk")), "csv", "Firms", [])


def test_a_list_longer_than_a_sheet_is_refused_with_409_and_not_logged(request_of, firms, settings):
    settings.DOWNLOAD_ROWS = 2
    answer = downloads.answer(request_of, FirmTable(Firm.objects.order_by("pk")), "xlsx", "Firms", [])
    assert answer.status_code == 409
    assert Download.objects.count() == 0


def test_a_list_longer_than_a_sheet_still_leaves_as_csv(request_of, firms, settings):
    settings.DOWNLOAD_ROWS = 2
    answer = downloads.answer(request_of, FirmTable(Firm.objects.order_by("pk")), "csv", "Firms", [])
    assert answer.status_code == 200


def test_a_table_over_a_plain_list_is_written_as_well(request_of):
    table = FirmTable([{"code": "A", "name": "B", "version": 2}])
    with translation.override("en"):
        assert lines_of(downloads.answer(request_of, table, "csv", "Firms", []))[1] == "A,B,2"


def test_the_situation_of_the_rows_wins_over_that_of_the_request(request_of, firms):
    table = FirmTable(Firm.objects.order_by("pk"))
    table.ask = SimpleNamespace(version=7, today=date(2026, 3, 31), as_of="2026-03-31")
    with translation.override("en"):
        lines = lines_of(downloads.answer(request_of, table, "csv", "Firms", []))
    assert lines[8:10] == ["Data version,v7", "Situation as of,2026-03-31"]
    assert lines[10] == 'Situation,"Situation as of 31/03/2026, 24:00"'
    assert Download.objects.get().version == 7


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_snapshot_sees_one_state_and_cannot_write():
    with downloads.snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("on",)


def test_inside_an_open_transaction_the_snapshot_is_that_transaction(db):
    with transaction.atomic(), downloads.snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("off",)
