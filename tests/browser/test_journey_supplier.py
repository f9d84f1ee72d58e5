"""The tenth journey: a new supplier, its past, then its own user, who sees and declares only itself."""

import re
from datetime import date

import pytest

from intake.models import Batch
from partstrack.periods import month_range
from production.models import Declaration
from tests import making
from tests.browser import desk
from tests.browser.asking import ask, figure
from tests.browser.conftest import PHONE, text
from tests.intake.workbooks import xlsx

pytestmark = pytest.mark.browser

PAST = month_range(date(2024, 1, 1), date(2026, 7, 1))
PASSWORD = "correct horse battery staple"
YEAR = "1000412"
CHECK = "button[name=do][value=check]"


@pytest.mark.parametrize(("code", "script"), [("P16", True), ("P17", False)], ids=["with script", "without script"])
def test_a_new_supplier_declares_for_itself_and_sees_only_itself(enter, tmp_path, code, script):
    admin = enter("admin", script=script)
    create(admin, code)
    number = load_its_past(admin, code, tmp_path)
    accept_its_past(enter("manager", script=script), number)
    assert figure(year=2025)["value"] == YEAR
    user = making.person(f"{code.lower()}@example.org", making.SUPPLIER, firm=making.firm(code))
    user.set_password(PASSWORD)
    user.save()
    page = enter(user.email, "ar", script, PHONE, password=PASSWORD)
    assert page.locator("html").get_attribute("dir") == "rtl"
    paste_august(page, code, script)
    submit(page, code)
    back_button_sends_nothing_again(page, code)
    see_only_itself(page, code)


def create(page, code):
    page.goto("/suppliers/new")
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=name]").fill(f"Partenaire {code[1:]}")
    page.locator("input[name=name_ar]").fill(f"الشريك {code[1:]}")
    page.locator("input[name=joined_on]").fill("2026-08-01")
    desk.press(page, "main form button[type=submit].btn-primary")
    assert ask("expect", code, "--from", "2026-08")[1] == 0


def load_its_past(page, code, folder):
    """Send 31 months in one file; the closed ones wait for a second person. Returns the file's number."""
    headings = ["Référence", *(f"{month:%m/%Y}" for month in PAST)]
    rows = [[f"{code}-{part}", *(100 + part + place for place in range(len(PAST)))] for part in (1, 2)]
    page.goto("/files/new/")
    page.locator("input[name=file]").set_input_files(xlsx(folder / "past.xlsx", Volumes=[headings, *rows]))
    page.locator("select[name=supplier]").select_option(code)
    page.locator("input[name=create]").check()
    page.locator("input[name=reason]").fill("Reprise de l’historique")
    page.locator("select[name=channel]").select_option("email")
    desk.press(page, "form[data-upload] button[type=submit]")
    assert desk.counts(page) == desk.found(new=2 * len(PAST))
    desk.apply(page)
    batch = desk.batch(page)
    assert batch.state == "submitted"
    assert not page.locator("button[name=decision]").count()  # the admin who sent it does not approve closed months
    return batch.pk


def accept_its_past(page, number):
    page.goto(f"/files/{number}/")
    waiting = page.locator("input[name=month]").count()
    desk.press(page, "button[name=decision][value=approve]")
    assert text(page.locator(".message-success")).startswith(f"{waiting} déclarations")
    assert Batch.objects.get(pk=number).state == "applied"
    assert set(Declaration.objects.filter(batch=number).values_list("state", flat=True)) == {"approved"}


def paste_august(page, code, script):
    """With script a block goes into the cells, from the first one on; without, into the box below."""
    page.goto("/production/entry/?month=2026-08")
    assert page.locator("tbody tr").count() == 2
    if script:
        cell = page.locator("input[name=c-0-produced]")
        cell.evaluate(
            "(cell, text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
            "cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
            "140\t90\r\n150\t95\r\n",
        )
        assert page.locator("input[name=c-1-sold_after_market]").input_value() == "95"
        cell.press("Enter")
        assert page.locator("input[name=c-1-produced]").evaluate("cell => cell === document.activeElement")
    else:
        page.locator("textarea[name=paste]").fill(f"{code}-1\t140\t90\n{code}-2\t150\t95")
    desk.press(page, CHECK)
    assert desk.counts(page) == desk.found(new=4)


def submit(page, code):
    """A double tap on the button that applies makes one declaration; it waits and counts nowhere."""
    desk.apply(page, clicks=2)
    assert desk.batch(page).state == "submitted"
    assert august(code) == ["submitted"]
    assert figure(**{"from": "2026-08", "to": "2026-08"}, supplier=code)["value"] in ("0", None)


def back_button_sends_nothing_again(page, code):
    before = Batch.objects.count()
    page.go_back()
    if page.locator("form.confirm:not(.confirm-danger) button").count():
        desk.apply(page)
    page.goto("/production/entry/?month=2026-08")
    assert not page.locator(CHECK).count()  # what waits is decided first
    assert (august(code), Batch.objects.count()) == (["submitted"], before)


def august(code):
    found = Declaration.objects.filter(head__site__code=code, head__month=date(2026, 8, 1))
    return list(found.order_by("pk").values_list("state", flat=True))


def see_only_itself(page, code):
    other = Declaration.objects.filter(head__site__code="P05").latest("pk")
    file = Batch.objects.filter(firm__code="P05").order_by("pk").last() or Batch.objects.filter(firm=None).latest("pk")
    hidden = ["/suppliers/P05", f"/production/declarations/{other.pk}/", f"/production/lines/{other.lines.first().pk}/"]
    hidden += [f"/files/{file.pk}/", f"/files/{file.pk}/file/", "/production/entry/?site=P05&month=2026-08"]
    assert {address: page.goto(address).status for address in hidden} == dict.fromkeys(hidden, 404)
    for address in ("/", "/suppliers/", "/files/", "/production/declarations/", "/production/lines/?supplier=P05"):
        page.goto(address)
        assert not re.search(r"الشريك (?!1[67])\d|Partenaire 05|P05-", text(page.locator("main"))), address
    page.goto("/production/declarations/?state=submitted")
    assert page.locator("tbody tr").count() == 1
