"""The second journey: a file as suppliers send it is mended on the page, place by place, and written to the last piece."""

from datetime import date

import pytest

from intake.models import Repair
from production.models import OutputLine, Standing
from tests.browser import desk
from tests.browser.asking import ask, figure
from tests.browser.conftest import text
from tests.intake.workbooks import xlsx

pytestmark = pytest.mark.browser

FILES = {True: "Partenaire 09 - août 2026.xlsx", False: "P09 août.xlsx"}
GREAT, TENFOLD, TWICE, MAPPED, UNUSED = "P09-FHU-9001", "P09-FAI-9104", "P09-FGO-9107", "P09-FHA-9110", "P09-FHU-9113"
UNKNOWN = "FH-9110 bis"
FIRST_ROW = 4  # of the data: a title, a blank line and the headings stand above


def july():
    """What Partenaire 09 declared for July 2026, by reference."""
    standing = Standing.objects.filter(to_v=None, head__site__code="P09", head__month=date(2026, 7, 1))
    lines = OutputLine.objects.filter(declaration__in=standing.values("declaration"))
    return {reference: int(made) for reference, made in lines.values_list("part__reference", "produced")}


def rows():
    """Forty rows: 35 that are right, and one of everything that senders do."""
    made = july()
    told = [[reference, made[reference]] for reference in sorted(made) if reference not in (MAPPED, UNUSED)]
    told = [[reference, {GREAT: "2.875", TENFOLD: value * 10}.get(reference, value)] for reference, value in told]
    return [*told, [TWICE, made[TWICE] + 1], [UNKNOWN, made[MAPPED]]]


def workbook(path, told, heading="août 2026"):
    numbers = sum(value for _reference, value in told if isinstance(value, int))
    return xlsx(path, Relevé=[["Partenaire 09 – production"], [], ["Référence", heading], *told, ["TOTAL", numbers]])


def place(told, reference, nth=0):
    """The row, as people count, of the nth row with a reference."""
    return [FIRST_ROW + index for index, row in enumerate(told) if row[0] == reference][nth]


def august():
    return figure(**{"from": "2026-08", "to": "2026-08", "supplier": "P09"})["value"] or "0"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_dirty_file_is_mended_place_by_place(enter, tmp_path, script):
    page, told = enter("admin", script=script), rows()
    assert len(told) == 40
    desk.send(page, workbook(tmp_path / FILES[script], told), "P09")
    everything_is_said_at_once(page, told)
    answer_the_question(page)
    match_the_reference(page, told)
    drop_one_of_two(page, told)
    confirm_tenfold(page, told)
    before = august()
    shown = apply_what_is_shown(page, told)
    assert int(august()) - int(before) == shown
    nothing_new_the_second_time(page, tmp_path / FILES[script])
    next_file_asks_nothing(page, tmp_path)
    take_all_back(page)


def everything_is_said_at_once(page, told):
    assert desk.counts(page) == desk.found(new=35, refused=3, suspicious=1)
    assert desk.number(text(page.locator(".count-questions dd"))) == 1
    found = desk.batch(page)
    assert found.state == "refused"
    assert [each["row"] for each in found.result["left_out"]] == [FIRST_ROW + 40]
    places = [(fault.sheet, fault.row, fault.column) for fault in found.faults.all()]
    assert places == [
        ("Relevé", place(told, TWICE), "A"),
        ("Relevé", place(told, TWICE, 1), "A"),
        ("Relevé", place(told, UNKNOWN), "A"),
    ]
    assert found.result["questions"] == [
        {"sheet": "Relevé", "row": place(told, GREAT), "column": "B", "value": "2.875"}
    ]
    assert "deux façons" in text(page.locator("#questions"))


def answer_the_question(page):
    desk.press(page, "#questions button[value=comma]")
    assert desk.counts(page) == desk.found(new=36, refused=3, suspicious=1)
    assert page.locator("#questions").count() == 0


def open_place(page, row):
    page.locator(f"table.faults a[href*='row={row}&']").first.click()
    page.wait_for_url("**/repair/**")


def match_the_reference(page, told):
    open_place(page, place(told, UNKNOWN))
    page.locator("main input[name=q]").fill("9110")
    with page.expect_navigation():
        page.locator("main form:has(input[name=q]) button").click()
    row = page.locator("table.candidates tbody tr", has_text=MAPPED)
    with page.expect_navigation():
        row.locator("button").click()
    assert desk.counts(page) == desk.found(new=37, refused=2, suspicious=1)


def drop_one_of_two(page, told):
    open_place(page, place(told, TWICE, 1))
    page.locator("#drop-reason").fill("Saisie en double par l’atelier.")
    desk.press(page, "form:has(input[value=drop]) button")
    assert desk.counts(page) == desk.found(new=38, suspicious=1)
    assert desk.number(text(page.locator(".count-aside dd"))) == 1
    assert page.locator("form.confirm button", has_text="Appliquer").count() == 0


def confirm_tenfold(page, told):
    page.locator(f"#suspicions a[href*='row={place(told, TENFOLD)}&']").click()
    page.locator("#confirm-reason").fill("Grande commande d’août, bon 4411.")
    desk.press(page, "form:has(input[value=confirm]) button")
    assert desk.counts(page) == desk.found(new=39)


def apply_what_is_shown(page, told):
    shown = desk.number(page.locator("#control dd b").first.inner_text())
    desk.apply(page)
    found = desk.batch(page)
    assert (found.state, found.result["counts"]["set_aside"]) == ("applied", 1)
    made = july()
    line = OutputLine.objects.get(batch=found, part__reference=MAPPED)
    assert (line.produced, line.source_row) == (made[MAPPED], place(told, UNKNOWN))
    assert OutputLine.objects.get(batch=found, part__reference=GREAT).produced == 2875
    reasons = [repair.reason for repair in Repair.objects.filter(batch=found, what__in=Repair.PLACED)]
    assert reasons == ["Saisie en double par l’atelier.", "Grande commande d’août, bon 4411."]
    tenfold = OutputLine.objects.get(batch=found, part__reference=TENFOLD)
    back = page.url
    page.goto(f"/production/lines/{tenfold.pk}/")
    assert "bon 4411" in text(page.locator("main"))
    page.goto(back)
    return shown


def nothing_new_the_second_time(page, path):
    back = page.url
    desk.send(page, path, "P09")
    assert (desk.batch(page).state, desk.counts(page)) == ("unchanged", desk.found(unchanged=39))
    page.goto(back)


def next_file_asks_nothing(page, tmp_path):
    back = page.url
    told = [[GREAT, "2.910"], [UNKNOWN, july()[MAPPED]]]
    desk.send(page, workbook(tmp_path / "septembre.xlsx", told, "septembre 2026"), "P09")
    assert (desk.batch(page).state, desk.counts(page)) == ("checked", desk.found(new=2))
    page.goto(back)


def take_all_back(page):
    """Leave the demonstration as it was, for the other way of doing it; what is remembered is forgotten on its page."""
    desk.roll_back(page)
    assert august() == "0"
    page.goto("/files/senders/P09/")
    desk.press(page, "form.forget button")
    page.goto("/files/senders/P09/")
    page.locator("select[name=decimal]").select_option("")
    desk.press(page, "form.entry button")
    assert ask("verify_figures") == ({"state": "ok", "differences": 0, "first": []}, 0)
