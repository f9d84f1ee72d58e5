"""What files really hold and the desk once took wrong: totals, lost months and digits, measures side by side, doubles."""

from io import BytesIO

import pytest
import xlsxwriter

from accounts.models import Firm, FirmAlias
from catalogue.models import Part, PartAlias, reference_key
from intake import desk
from intake.models import Batch
from office import clock
from production.models import OutputLine, Standing
from production.proof import cells
from production.verify import verify
from suppliers.models import Site, Supplier
from tests import making
from tests.intake.test_desk import content
from tests.intake.workbooks import raw_xlsx

pytestmark = pytest.mark.django_db
MONTHS = ["01/2026", "02/2026", "03/2026"]


def book(**sheets):
    """Return an xlsx file of named sheets; a cell that is a tuple (text, last row, last column) is merged."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.merge_range(index, column, index, column + cell[1] - 1, cell[0])
                elif cell is not None:
                    sheet.write(index, column, cell)
    workbook.close()
    return buffer.getvalue()


def check(user, data, name="volumes.xlsx", **options):
    """Receive and check a file; return (batch, answer)."""
    options = {"supplier": "S1", **options}
    batch = desk.receive(user, "output", name, [data], options, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=True)


def send(user, data, **options):
    """Receive, check and apply a file; return its answer."""
    batch, found = check(user, data, **options)
    assert found["state"] == "checked", found
    return desk.apply(user, batch, clock.moment())


def stands():
    """Return {(reference, month, measure): value} of what stands."""
    lines = OutputLine.objects.filter(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))
    return {
        (line.part.reference, f"{line.month:%m}", measure): value
        for line in lines.select_related("part")
        for measure in ("produced", "sold_unsplit")
        if (value := getattr(line, measure)) is not None
    }


def places(found):
    """Return where the faults of an answer are: "B3"."""
    return [f"{fault['column'] or ''}{fault['row'] or ''}" for fault in found["faults"]]


# Totals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ([["A", 10], ["Total Quartz 9000", 10]], []),
        ([["A", 10], ["B", 20], ["Total Quartz 9000", 30]], []),
        ([["A", 0], ["B", 0], ["Total Quartz", 0]], []),
        ([["A", 10], ["Total", 10]], [3]),
        ([["A", 10], ["Total général", 10]], [3]),
        ([["A", 10], ["Sous-total", 10]], [3]),
        ([["A", 10], ["المجموع", 10]], [3]),
        ([["A", 10], ["Total Plaquettes et freins", 10]], []),
        ([["A", 10], ["B", 5], ["Total Plaquettes avant", 15]], [4]),
        ([["A", 10], ["Total 2026", 10]], [3]),
        ([["A", 10], ["Total T1 2026", 10]], [3]),
        ([["A", 10], ["Total du mois de janvier", 10]], [3]),
        ([["A", 10], ["Total S1", 10]], [3]),
        ([["A", 10], ["Total pièces", 10]], [3]),
        ([["A", 10], ["Total des freins", 10]], [3]),
        ([["A", 10], ["Total fournisseur Plant One", 9]], [3]),
    ],
)
def test_a_row_is_a_total_by_what_it_is_called_or_by_several_rows_that_it_adds_up(moment, admin, rows, totals):
    making.firm("P1")
    Firm.objects.filter(code="P1").update(name="Plant One")
    _batch, found = check(admin, book(V=[["ref", "01/2026"], *rows]), create=True)
    assert [each["row"] for each in found["left_out"] if each["why"] == "total row"] == totals
    assert (found["faults"], found["new"]) == ([], len(rows) - len(totals))


def test_a_total_may_name_the_family_that_its_own_table_names(moment, admin):
    rows = [["famille", "ref", "01/2026"], ["Gamme 7", "A", 10], [None, "Total Gamme 7", 10]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (found["new"], found["left_out"][0]["row"]) == (1, 3)


def test_a_part_that_looks_like_a_total_is_noted(moment, admin):
    _batch, found = check(admin, book(V=[["ref", "01/2026"], ["A", 10], ["Total Quartz 9000", 10]]), create=True)
    assert found["notes"][0].startswith("Row 3 of the sheet “V” adds up the rows above it and is read as a part")


# Month columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["13/2026", "32/13/2026", "Febuary 2026", "quantités", None, "N° 7"])
def test_a_column_of_numbers_between_months_that_is_no_month_is_refused_at_its_heading(moment, admin, heading):
    rows = [["ref", "01/2026", heading, "03/2026"], ["A", 1, 2, 3]]
    _batch, found = check(admin, book(V=rows), create=True)
    fault = found["faults"][0]
    assert (found["state"], fault["sheet"], fault["row"], fault["column"]) == ("refused", "V", 1, "C")
    assert (fault["value"], bool(fault["reason"]), bool(fault["remedy"])) == (heading or "", True, True)


@pytest.mark.parametrize("heading", ["13/2026", "Febuary 2026", "31/02/2026"])
def test_a_wrong_month_at_the_end_is_refused_too(moment, admin, heading):
    _batch, found = check(admin, book(V=[["ref", "01/2026", heading], ["A", 1, 2]]), create=True)
    assert (found["state"], places(found)) == ("refused", ["C1"])


@pytest.mark.parametrize("heading", ["Évol %", "Total", "Cumul", "Observations", "Prix unitaire"])
def test_what_is_no_volume_may_stand_between_months(moment, admin, heading):
    rows = [["ref", "01/2026", heading, "02/2026"], ["A", 1, "ok" if heading == "Observations" else 1, 3]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (found["faults"], found["new"], found["left_out"][0]["column"]) == ([], 2, "C")


def test_a_day_as_a_heading_is_its_month_where_that_stands_in_its_place(moment, admin):
    rows = [["ref", "01/2026", "15/02/2026", "03/2026"], ["A", 1, 2, 3]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (found["new"], found["faults"]) == (3, [])
    assert "The heading “15/02/2026” of column C is read as the month 2026-02." in found["notes"]


@pytest.mark.parametrize("heading", ["15/01/2026", "15/08/2026", "15/12/2025"])
def test_a_day_out_of_its_place_is_refused(moment, admin, heading):
    rows = [["ref", "01/2026", heading, "03/2026"], ["A", 1, 2, 3]]
    assert places(check(admin, book(V=rows), create=True)[1]) == ["C1"]


# Long numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["123456789012345.67", "123456789012345.678", "123456789012345.001"])
def test_a_number_of_which_a_spreadsheet_lost_digits_is_refused(moment, admin, tmp_path, number):
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    xml = (
        f'<row r="1">{text.format("A1", "ref")}{text.format("B1", "01/2026")}</row>'
        f'<row r="2">{text.format("A2", "A")}<c r="B2"><v>{number}</v></c></row>'
    )
    path = raw_xlsx(tmp_path / "long.xlsx", f"<sheetData>{xml}</sheetData>")
    _batch, found = check(admin, path.read_bytes(), create=True)
    assert (found["state"], places(found), found["refused"]) == ("refused", ["B2"], 1)
    assert found["faults"][0]["value"] == number
    assert "15 digits" in found["faults"][0]["reason"]


def test_a_csv_and_a_text_keep_all_their_digits(moment, admin):
    send(admin, content(["A", "01/2026", "123456789012345,678"]), name="v.csv", create=True)
    assert [f"{value}" for value in stands().values()] == ["123456789012345.678"]


# Two measures a month -------------------------------------------------------------------------------

TWO = {("A", "01", "produced"): 10, ("A", "01", "sold_unsplit"): 7, ("A", "02", "produced"): 20}
ROW = ["A", 10, 7, 20, None]


@pytest.mark.parametrize(
    "rows",
    [
        [["ref", "jan-26 produit", "jan-26 vendu", "fév-26 produit", "fév-26 vendu"], ROW],
        [["ref", "01/2026", None, "02/2026", None], [None, "produit", "vendu", "produit", "vendu"], ROW],
        [["ref", ("01/2026", 2), None, ("02/2026", 2)], [None, "produit", "vendu", "produit", "vendu"], ROW],
        [
            ["ref", ("Produit", 2), None, ("Vendu", 2)],
            [None, "01/2026", "02/2026", "01/2026", "02/2026"],
            ["A", 10, 20, 7],
        ],
    ],
    ids=["headings", "two rows", "merged", "measures over months"],
)
def test_two_measures_of_a_month_are_one_line(moment, admin, rows):
    found = send(admin, book(V=rows), create=True)
    assert (found["new"], found["refused"], stands(), verify()) == (3, 0, TWO, [])
    assert OutputLine.objects.count() == 2


def test_a_sheet_for_each_measure_is_one_line_and_each_value_leads_to_its_own_cell(moment, admin):
    head = ["ref", "01/2026", "02/2026"]
    data = book(Produit=[head, ["A", 10, 20], ["B", 1, 2]], Vendu=[head, ["B", 3], ["A", 7]])
    found = send(admin, data, create=True)
    assert (found["new"], found["declarations"], verify()) == (6, 2, [])
    assert stands()["A", "01", "sold_unsplit"] == 7
    line = OutputLine.objects.get(part__reference="A", month__month=1)
    assert [(sheet, row, column) for _name, _value, _batch, sheet, row, column in cells(line)] == [
        ("Produit", 2, "B"),
        ("Vendu", 3, "B"),
    ]


def test_sheets_that_say_the_same_measure_twice_are_doubles_and_name_the_other_sheet(moment, admin):
    head = ["ref", "production", "mois"]
    data = book(One=[head, ["A", 10, "01/2026"]], Two=[head, ["A", 10, "01/2026"]])
    _batch, found = check(admin, data, create=True)
    assert (found["state"], found["refused"], found["new"]) == ("refused", 2, 0)
    assert [each["reason"] for each in found["faults"]] == [
        "A stands more than once for 2026-01 (also in row 2 of the sheet “Two”).",
        "A stands more than once for 2026-01 (first in row 2 of the sheet “One”).",
    ]


def test_long_sheets_of_other_measures_are_read_together(moment, admin):
    one = [["ref", "mois", "production"], ["A", "01/2026", 10], ["A", "02/2026", 20]]
    data = book(One=one, Two=[["ref", "mois", "ventes"], ["A", "01/2026", 7]])
    send(admin, data, create=True)
    assert stands() == TWO


# Doubles --------------------------------------------------------------------------------------------


def test_a_reference_and_another_name_of_its_part_are_a_double(moment, admin):
    plant = making.site("S1")
    known = making.part("8200-768", plant.firm)
    PartAlias.objects.create(part=known, firm=plant.firm, reference="OLD 1", reference_key=reference_key("OLD 1"))
    rows = [["ref", "01/2026"], ["8200-768", 1], ["OLD 1", 2]]
    _batch, found = check(admin, book(V=rows))
    assert (found["state"], places(found), found["refused"]) == ("refused", ["A2", "A3"], 2)
    assert [each["reason"] for each in found["faults"]] == [
        "8200-768 stands more than once for 2026-01 (also as “OLD 1”, in row 3).",
        "OLD 1 stands more than once for 2026-01 (also as “8200-768”, first in row 2).",
    ]


@pytest.mark.parametrize("other", ["8200768", "8200 768", "８２００-768", "8200\u2011768", "\u202e8200-768\u200b"])
def test_references_that_differ_by_marks_alone_are_a_double(moment, admin, other):
    _batch, found = check(admin, book(V=[["ref", "01/2026"], ["8200-768", 1], [other, 2]]), create=True)
    assert (found["state"], found["refused"], found["created"]["parts"]) == ("refused", 2, 0)


# Suppliers that rows name ---------------------------------------------------------------------------

NAMED = [["fournisseur", "ref", "01/2026"], ["P20", "A", 1], ["P21", "A", 2], ["P20", "B", 3]]


def test_suppliers_that_only_the_rows_name_are_made_with_their_sites(moment, admin):
    found = send(admin, book(V=NAMED), supplier="", create=True)
    assert found["created"] == {"suppliers": 2, "sites": 2, "parts": 3}
    assert [(site.code, site.firm.code) for site in Site.objects.order_by("code")] == [("P20", "P20"), ("P21", "P21")]
    assert (Supplier.objects.count(), Part.objects.count(), verify()) == (2, 3, [])
    again = check(admin, book(V=[*NAMED, ["P20", "C", 4]]), supplier="", create=True)[1]
    assert (again["created"], again["new"], again["unchanged"]) == ({"suppliers": 0, "sites": 0, "parts": 1}, 1, 3)


def test_a_name_is_made_a_code_and_stays_a_name(moment, admin):
    rows = [
        ["fournisseur", "site", "ref", "01/2026"],
        ["Pièces d'Or", "Usine 2", "A", 1],
        ["PIECES D OR", "Usine 2", "B", 1],
    ]
    found = send(admin, book(V=rows), supplier="", create=True)
    site = Site.objects.get()
    assert (found["created"]["suppliers"], site.code, site.firm.code) == (1, "USINE-2", "PIECES-DOR")
    assert site.firm.name == "Pièces d'Or"


def test_without_leave_unknown_suppliers_are_refused_by_cell(moment, admin):
    _batch, found = check(admin, book(V=NAMED), supplier="")
    assert (found["state"], places(found), found["refused"]) == ("refused", ["A2", "A3", "A4"], 3)
    assert found["created"] == {"suppliers": 0, "sites": 0, "parts": 0}
    assert all("(--create)" in fault["remedy"] for fault in found["faults"])


def test_who_may_not_enter_makes_no_supplier(moment):
    firm = making.firm("MINE")
    user = making.person("s@example.org", making.SUPPLIER, firm=firm)
    _batch, found = check(user, book(V=NAMED), supplier="", create=True)
    assert (found["state"], Firm.objects.count()) == ("refused", 1)


def test_a_known_supplier_without_a_site_gets_its_first_one(moment, admin):
    FirmAlias.objects.create(firm=making.firm("P20"), name="Vingt")
    rows = [["fournisseur", "ref", "01/2026"], ["Vingt", "A", 1]]
    assert check(admin, book(V=rows), supplier="")[1]["faults"][0]["reason"] == "This supplier has no site yet."
    assert send(admin, book(V=rows), supplier="", create=True)["created"] == {"suppliers": 0, "sites": 1, "parts": 1}


def test_a_supplier_made_since_the_preview_is_not_made_twice(moment, admin):
    batch, _found = check(admin, book(V=NAMED), supplier="", create=True)
    making.site("P20")
    found = desk.apply(admin, batch, clock.moment())
    assert (found["state"], found["created"]["suppliers"]) == ("checked", 1)
    assert desk.apply(admin, batch, clock.moment())["state"] == "applied"
    assert Firm.objects.count() == 2


def test_the_sender_may_name_the_new_supplier_that_the_rows_name_too(moment, admin):
    found = send(admin, book(V=[["fournisseur", "ref", "01/2026"], ["P20", "A", 1]]), supplier="P20", create=True)
    assert (found["created"]["suppliers"], Site.objects.get().code) == (1, "P20")


# What is made, said truthfully ----------------------------------------------------------------------


def test_a_file_that_says_nothing_makes_nothing(moment, admin):
    for rows in ([["ref", "01/2026"]], [["ref", "01/2026"], ["A", None], ["B", "-"]]):
        found = check(admin, book(V=rows), create=True)[1]
        assert found["created"] == {"suppliers": 0, "sites": 0, "parts": 0}


def test_a_supplier_that_is_known_is_not_made_again(moment, admin):
    send(admin, book(V=[["ref", "01/2026"], ["A", 1]]), create=True)
    found = send(admin, book(V=[["ref", "02/2026"], ["B", 1]]), create=True)
    assert found["created"] == {"suppliers": 0, "sites": 0, "parts": 1}


def test_a_reference_of_two_sites_of_one_firm_is_made_once(moment, admin):
    making.site("S1")
    making.site("S1B", of="S1")
    rows = [["site", "ref", "01/2026"], ["S1", "NEW", 1], ["S1B", "NEW", 1]]
    found = send(admin, book(V=rows), supplier="", create=True)
    assert (found["created"]["parts"], Part.objects.count()) == (1, 1)


# All faults at once ---------------------------------------------------------------------------------


def test_an_unknown_supplier_hides_no_other_fault_of_its_row(moment, admin):
    head = ["fournisseur", "ref", "unité", "mois", "production"]
    rows = [head, ["NOBODY", "A", "tonne", "01/2027", "ten"], ["NOBODY", None, "pièce", "13/2026", 5]]
    _batch, found = check(admin, book(V=rows), supplier="")
    assert sorted(places(found)) == ["A2", "A3", "B3", "C2", "D2", "D3", "E2"]
    assert found["refused"] == 2


def test_blank_rows_of_an_unknown_supplier_are_no_fault(moment, admin):
    making.site("S1")
    rows = [["fournisseur", "ref", "01/2026"], ["S1", "A", 1], ["NOBODY", "B", None], ["NOBODY", "C", "-"]]
    assert check(admin, book(V=rows), supplier="", create=True)[1]["faults"] == []


def test_more_faults_than_are_listed_are_counted_and_said(moment, admin, monkeypatch):
    monkeypatch.setattr("intake.findings.FAULTS_KEPT", 3)
    rows = [["ref", "01/2026"], *([f"P{number}", "x"] for number in range(5))]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (len(found["faults"]), found["refused"]) == (3, 5)
    assert "The first 3 of 5 faults are listed." in found["notes"]


# Words ----------------------------------------------------------------------------------------------


def test_an_unknown_unit_above_the_table_is_refused_there_and_once(moment, admin):
    rows = [["Production 2026"], ["Unité : tonne"], ["ref", "01/2026"], ["A", 1], ["B", 2]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (places(found), found["faults"][0]["value"], found["refused"]) == (["A2"], "Unité : tonne", 2)


def test_an_unknown_measure_is_refused_with_all_that_there_are(moment, admin):
    remedy = check(admin, book(V=[["ref", "01/2026"], ["A", 1]]), create=True, measure="bogus")[1]["faults"][0][
        "remedy"
    ]
    assert len(remedy.removeprefix("Choose one of: ").split(", ")) == 14


def test_an_unreadable_file_is_of_its_supplier_all_the_same(moment, admin):
    firm = making.site("S1").firm
    batch, found = check(admin, b"%PDF-1.7 no table")
    assert (found["state"], batch.firm) == ("refused", firm)
    assert Batch.objects.get().firm == firm


def test_the_first_row_of_a_double_names_the_next_one(moment, admin):
    making.site("S1")
    _batch, found = check(admin, book(V=[["ref", "01/2026"], ["A", 1], ["B", 5], ["A", 2], ["A", 3]]), create=True)
    assert [(each["row"], each["reason"].partition("(")[2]) for each in found["faults"]] == [
        (2, "also in row 4)."),
        (4, "first in row 2)."),
        (5, "first in row 2)."),
    ]


# Owners and decimal marks ---------------------------------------------------------------------------


def test_a_wrong_owner_is_shown_with_what_stands_in_the_named_cell(moment, admin):
    making.site("S1")
    rows = [["fournisseur", "site", "ref", "01/2026"], ["S1", "Nowhere", "A", 1], ["Nobody", "", "A", 1]]
    _batch, found = check(admin, book(V=rows), supplier=None)
    assert [(each["row"], each["column"], each["value"]) for each in found["faults"]] == [
        (2, "B", "Nowhere"),
        (3, "A", "Nobody"),
    ]


def test_a_number_against_the_decimal_mark_hides_no_other_fault(moment, admin):
    making.site("S1")
    rows = [["ref", "01/2026", "02/2026"], ["A", "2,5", "1.0"], ["B", "3,5", "many"], ["", "4,5", "-1"]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert found["state"] == "refused"
    assert [place for place in places(found) if place in {"C2", "C3", "C4", "A4"}] == ["C2", "C3", "A4", "C4"]
    assert [each["reason"] for each in found["faults"] if (each["row"], each["column"]) == (2, "C")] == [
        "The table writes some numbers with a decimal comma and some with a decimal point (B2: 2,5)."
    ]


def test_two_marks_and_too_many_decimals_are_told_at_once(moment, admin):
    making.site("S1")
    rows = [["ref", "01/2026"], ["A", "1.0000"], ["B", "2,0005"], ["C", "-4"]]
    _batch, found = check(admin, book(V=rows), create=True)
    assert (places(found), found["new"], found["refused"]) == (["B2", "B3", "B4"], 0, 3)
