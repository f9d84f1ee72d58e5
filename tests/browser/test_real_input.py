"""The real workbook: 2,674 references over 51 months, by the pages and by the commands. Skipped where it is not there."""

import pytest
from openpyxl import load_workbook

from production.models import Declaration
from tests.browser import desk
from tests.browser.asking import ask, figure
from tests.browser.conftest import text
from tests.browser.serving import ROOT

DATA = ROOT.parent / "shared" / "data"
WIDE, LONG = DATA / "carparts_wide.xlsx", DATA / "carparts_long_2001_2002.csv"
YEARS = {1998: "19739", 1999: "15943", 2000: "14451", 2001: "13188"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not WIDE.exists(), reason=f"the real workbook is not in {DATA}"),
]


def years(supplier):
    return {year: figure(year=year, supplier=supplier)["value"] for year in YEARS}


def quarter_is_compared_with_the_same_quarter(supplier):
    answer = figure(year=2002, supplier=supplier)
    assert (answer["value"], answer["base"], answer["change"]) == ("2873", "3505", "-18.031383737518")
    assert answer["window"] == {"from": "2002-01", "to": "2002-03"}
    assert answer["base_window"] == {"from": "2001-01", "to": "2001-03"}


def test_the_real_workbook_goes_all_the_way_by_the_pages(enter, tmp_path):
    page = enter("admin")
    desk.send(page, WIDE, new=("GM", "General Motors"))
    assert desk.counts(page) == desk.found(new=130_252, blank=6_122)
    assert desk.batch(page).result["counts"]["references"] == 2_674
    left_out = [each.get("column") or each["row"] for each in desk.batch(page).result["left_out"]]
    assert left_out == ["BB", 2679]
    desk.apply(page)
    assert desk.batch(page).state == "applied"
    assert years("GM") == YEARS
    page_says_eighteen_percent_less(page)
    csv_and_one_changed_cell(page, tmp_path)


def page_says_eighteen_percent_less(page):
    quarter_is_compared_with_the_same_quarter("GM")
    for address in ("/production/?year=2002&supplier=GM", "/figures/produced/?year=2002&supplier=GM"):
        page.goto(address)
        card = text(page.locator("article.figure").first)
        assert "2 873" in card and "−18,0 %" in card and "3 505" in card
        assert "13 188" not in text(page.locator("main"))


def csv_and_one_changed_cell(page, tmp_path):
    desk.send(page, LONG, "GM")
    assert desk.counts(page) == desk.found(unchanged=37_635, blank=37_635)
    content = LONG.read_bytes()
    assert content.count(b"21311629;03/2002;3,0;") == 1
    other = tmp_path / "corrigé.csv"
    other.write_bytes(content.replace(b"21311629;03/2002;3,0;", b"21311629;03/2002;4,0;"))
    desk.send(page, other, "GM")
    assert desk.counts(page) == desk.found(changed=1, unchanged=37_634, blank=37_635)
    change = [text(cell) for cell in page.locator("table.changes tbody").locator("th, td").all()]
    assert (change[0], change[3], change[4]) == ("21311629", "3", "4")
    desk.apply(page)
    assert Declaration.objects.filter(head__site__firm__code="GM", revision=2).count() == 1
    assert figure(year=2002, supplier="GM")["value"] == "2874"
    desk.roll_back(page)
    quarter_is_compared_with_the_same_quarter("GM")
    assert years("GM") == YEARS


def test_the_real_workbook_goes_all_the_way_by_the_commands(db, tmp_path):
    answer, code = ask("upload", "output", WIDE, "--supplier", "GMC", "--create")
    assert (answer["state"], answer["new"], answer["blank"], answer["declarations"], code) == (
        "applied",
        130_252,
        6_122,
        51,
        0,
    )
    assert answer["created"] == {"suppliers": 1, "sites": 1, "parts": 2_674}
    assert years("GMC") == YEARS
    quarter_is_compared_with_the_same_quarter("GMC")
    answer, code = ask("upload", "output", LONG, "--supplier", "GMC")
    assert (answer["state"], answer["unchanged"], answer["blank"], code) == ("unchanged", 37_635, 37_635, 0)
    one_changed_cell_of_the_workbook(tmp_path)
    assert ask("verify_figures") == ({"state": "ok", "differences": 0, "first": []}, 0)


def one_changed_cell_of_the_workbook(tmp_path):
    book = load_workbook(WIDE)
    row = next(cell.row for cell in book.active["A"] if cell.value == "21311629")
    assert book.active[f"BA{row}"].value == 3
    book.active[f"BA{row}"].value = 4
    book.save(tmp_path / "corrigé.xlsx")
    answer, code = ask("upload", "output", tmp_path / "corrigé.xlsx", "--supplier", "GMC")
    assert (answer["state"], answer["declarations"], answer["changed"], answer["unchanged"], code) == (
        "applied",
        1,
        1,
        130_251,
        0,
    )
    assert answer["changes"] == [
        {**answer["changes"][0], "month": "2002-03", "part": "21311629", "measure": "produced", "old": "3", "new": "4"}
    ]
    assert figure(year=2002, supplier="GMC")["value"] == "2874"
    assert ask("batch", "rollback", answer["batch"])[1] == 0
    quarter_is_compared_with_the_same_quarter("GMC")
