"""What people do to a page: press twice, go back, keep two tabs, send nonsense, try what is not theirs."""

import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from accounts.models import Firm
from intake.models import Batch
from office.models import Ledger
from production.models import Declaration, Standing
from tests.browser import desk
from tests.browser.asking import ask, figure
from tests.browser.conftest import text

pytestmark = pytest.mark.browser
NUMBERS = count(1)


@pytest.fixture
def admin(enter):
    """Somebody who sends files."""
    return enter("admin")


@pytest.fixture
def supplier(db, tmp_path):
    """A supplier of its own for each test, with what VOLUMES says of 2019 and 2020."""
    code = f"R{next(NUMBERS)}"
    answer, exit_code = ask("upload", "output", desk.wide(tmp_path / "first.xlsx"), "--supplier", code, "--create")
    assert (answer["state"], exit_code) == ("applied", 0)
    return code


def version():
    return Ledger.objects.values_list("version", flat=True).get()


def declarations(code):
    return Declaration.objects.filter(head__site__firm__code=code)


# Twice, back, two tabs ------------------------------------------------------------------------------
def test_a_double_click_on_apply_applies_once(admin, supplier, tmp_path):
    desk.send(admin, desk.wide(tmp_path / "one.xlsx", desk.changed("AX-100", 14, 35)), supplier)
    before = version()
    desk.apply(admin, clicks=2)
    assert desk.batch(admin).state == "applied"
    assert version() == before + 1
    assert declarations(supplier).count() == 16


def test_the_same_form_sent_eight_times_at_once_applies_once(admin, supplier, tmp_path):
    desk.send(admin, desk.wide(tmp_path / "one.xlsx", desk.changed("AX-100", 14, 35)), supplier)
    before, answers = version(), at_once(admin, "form.confirm:not(.confirm-danger)", times=8)
    assert answers == [302] * 8
    assert version() == before + 1
    assert desk.batch(admin).state == "applied"
    assert declarations(supplier).count() == 16
    assert figure(year=2020, supplier=supplier)["value"] == "310"


class Stay(HTTPRedirectHandler):
    """Take a redirect as the answer that it is."""

    def http_error_302(self, request, file, code, message, headers):
        """Do not follow."""
        return file


def at_once(page, form, times):
    """Send a form of the page several times at the same moment, beside the browser; returns the statuses."""
    fields = page.locator(form).evaluate("form => Object.fromEntries(new FormData(form))")
    address = page.locator(form).evaluate("form => form.action")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    headers = {"Cookie": cookies, "Origin": address.partition("/files")[0], "Referer": page.url}

    def send(_number):
        sent = Request(address, urlencode(fields).encode(), headers)
        with build_opener(Stay).open(sent, timeout=60) as answer:
            return answer.status

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(send, range(times)))


def test_the_back_button_after_apply_does_not_apply_again(admin, supplier, tmp_path):
    desk.send(admin, desk.wide(tmp_path / "one.xlsx", desk.changed("AX-100", 14, 35)), supplier)
    desk.apply(admin)
    number, before = desk.batch(admin).pk, version()
    admin.go_back()
    if admin.locator("form.confirm:not(.confirm-danger)").count():
        desk.apply(admin)
    admin.goto(f"/files/{number}/")
    assert desk.batch(admin).state == "applied"
    assert version() == before
    admin.go_back()
    admin.go_forward()
    assert text(admin.locator("h1")) == "one.xlsx"


def test_two_tabs_with_one_preview_apply_it_once(admin, supplier, tmp_path):
    desk.send(admin, desk.wide(tmp_path / "one.xlsx", desk.changed("AX-100", 14, 35)), supplier)
    other = admin.context.new_page()
    other.goto(admin.url)
    desk.apply(admin)
    before = version()
    desk.apply(other)
    assert other.locator(".message-error").count() == 1
    assert version() == before
    assert declarations(supplier).count() == 16


def test_a_form_sent_twice_by_the_back_button_receives_the_file_once(admin, supplier, tmp_path):
    path = desk.wide(tmp_path / "one.xlsx", desk.changed("AX-100", 14, 35))
    before = Batch.objects.count()
    desk.send(admin, path, supplier)
    first = admin.url
    admin.go_back()
    admin.locator("input[name=file]").set_input_files(path)
    admin.locator("select[name=supplier]").select_option(supplier)
    with admin.expect_navigation(timeout=desk.LONG):
        admin.locator("form[data-upload] button[type=submit]").click()
    assert Batch.objects.count() - before in {1, 2}
    assert declarations(supplier).count() == 15
    assert desk.batch(admin).state == "checked"
    assert first


# Overtaken ------------------------------------------------------------------------------------------
def test_an_overtaken_preview_goes_back_to_preview_with_the_new_difference(admin, supplier, tmp_path):
    desk.send(admin, desk.wide(tmp_path / "mine.xlsx", desk.changed("AX-100", 14, 35)), supplier)
    theirs = desk.wide(tmp_path / "theirs.xlsx", desk.changed("AX-100", 14, 40))
    assert ask("upload", "output", theirs, "--supplier", supplier)[0]["state"] == "applied"
    desk.apply(admin)
    assert desk.batch(admin).state == "checked"
    assert figure(year=2020, supplier=supplier)["value"] == "315"
    change = [text(cell) for cell in admin.locator("table.changes tbody").locator("th, td").all()]
    assert (change[0], change[3], change[4]) == ("AX-100", "40", "35")
    desk.apply(admin)
    assert desk.batch(admin).state == "applied"
    assert figure(year=2020, supplier=supplier)["value"] == "310"


def test_two_previews_of_one_new_supplier_make_it_once(admin, tmp_path):
    path = desk.wide(tmp_path / "volumes.xlsx")
    desk.send(admin, path, new=("TWICE", "Deux fois"))
    other = admin.context.new_page()
    desk.send(other, path, new=("TWICE", "Deux fois"))
    desk.apply(admin)
    assert desk.batch(admin).state == "applied"
    desk.apply(other)
    assert desk.batch(other).state in {"checked", "unchanged"}
    assert Firm.objects.filter(code="TWICE").count() == 1
    assert declarations("TWICE").count() == 15
    assert figure(year=2019, supplier="TWICE")["value"] == "1570"


# Broken files ---------------------------------------------------------------------------------------
def noise(path):
    path.write_bytes(random.Random(7).randbytes(40_000))


def pdf(path):
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")


def bomb(path):
    """A workbook of a few kilobytes that unpacks to 40 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)


def half(path):
    whole = desk.wide(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def quotes(path):
    path.write_text('Référence;Mois;Quantité produite\nAX-100;01/2019;"50\nAX-100;02/2019;60\n', encoding="utf-8")


BROKEN = {"noise.xlsx": noise, "letter.xlsx": pdf, "bomb.xlsx": bomb, "half.xlsx": half, "quotes.csv": quotes}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_words_and_writes_nothing(admin, tmp_path, name):
    BROKEN[name](tmp_path / name)
    before = Declaration.objects.count()
    desk.send(admin, tmp_path / name, "P01", reason="essai")
    assert desk.batch(admin).state == "refused"
    assert admin.locator("form.confirm").count() == 0
    why = [text(cell) for cell in admin.locator("table.faults tbody tr").first.locator("td").all()]
    assert len(why) == 3 and all(why[1:])
    assert Declaration.objects.count() == before


HEADINGS = "Référence;Désignation;Mois;Quantité produite"
HOSTILE = {
    "a designation that no part can have": ("A1;" + "d" * 161 + ";01/2019;5", "refused"),
    "a designation as long as may be": ("A2;" + "d" * 160 + ";01/2019;5", "applied"),
    "letters that grow when they are folded": ("ß" * 80 + ";x;01/2019;5", "applied"),
    "a reference that is too long": ("R" * 81 + ";x;01/2019;5", "refused"),
    "marks of the copying": ('"A\t3";"\\N x\ny\\.";01/2019;5', "applied"),
    "formulas": ("=1+1;@SUM(A1);01/2019;5", "applied"),
    "a text that turns round": ("\u202eABC;\u202d;01/2019;5", "applied"),
    "numbers that are none": ("A4;x;01/2019;NaN\nA5;x;01/2019;Infinity\nA6;x;01/2019;1e400", "refused"),
    "numbers that no plant makes": ("A7;x;01/2019;-1\nA8;x;01/2019;99999999999999999", "refused"),
    "months that are none": ("B1;x;01/0001;5\nB2;x;13/2019;5\nB3;x;12/9999;5", "refused"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_cells_are_taken_or_refused_and_never_break_anything(db, tmp_path, what):
    rows, state = HOSTILE[what]
    (tmp_path / "cells.csv").write_text(f"{HEADINGS}\n{rows}\n", encoding="utf-8")
    answer, code = ask("upload", "output", tmp_path / "cells.csv", "--supplier", f"H{len(what)}", "--create")
    assert (answer["state"], code) == (state, 1 if state == "refused" else 0)
    assert bool(answer["faults"]) == (state == "refused")


@pytest.mark.parametrize("code", ["a b/c", "../../etc", "x" * 41, "é"])
def test_a_new_supplier_needs_a_code_that_can_be_one(db, tmp_path, code):
    path = desk.wide(tmp_path / "volumes.xlsx")
    answer, exit_code = ask("upload", "output", path, "--supplier", code, "--create")
    assert (answer["state"], exit_code) == ("refused", 1)
    assert [fault["value"] for fault in answer["faults"]] == [code]
    assert not Firm.objects.filter(code=code).exists()


def test_an_empty_file_is_refused_on_the_form(admin, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    before = Batch.objects.count()
    admin.goto("/files/new/")
    admin.locator("input[name=file]").set_input_files(tmp_path / "empty.xlsx")
    admin.locator("form[data-upload] button[type=submit]").click()
    admin.locator(".field-wrong").first.wait_for()
    assert admin.url.endswith("/files/new/")
    assert Batch.objects.count() == before


# What is not theirs ---------------------------------------------------------------------------------
def test_a_supplier_sends_for_no_other_firm(enter, watch, tmp_path):
    page = enter("supplier")
    page.goto("/files/new/")
    offered = page.locator("select[name=supplier] option").evaluate_all("all => all.map(each => each.value)")
    assert offered == ["", "P05"]
    forged(page, tmp_path)
    rows = "Fournisseur;Référence;Mois;Quantité produite\nP01;P01-DSQ-1110;09/2026;5\nP05;P05-DSQ-5101;09/2026;7\n"
    (tmp_path / "both.csv").write_text(rows, encoding="utf-8")
    desk.send(page, tmp_path / "both.csv")
    assert desk.batch(page).state == "refused"
    assert not Standing.objects.filter(head__month="2026-09-01").exists()
    assert not Declaration.objects.filter(head__month="2026-09-01").exists()


def forged(page, tmp_path):
    """The form says P01 although that is not offered."""
    path = desk.wide(tmp_path / "forged.xlsx")
    before = Batch.objects.count()
    page.locator("select[name=supplier]").evaluate("box => box.add(new Option('P01', 'P01', true, true))")
    page.locator("input[name=file]").set_input_files(path)
    with page.expect_navigation():
        page.locator("form[data-upload] button[type=submit]").click()
    assert page.locator(".field-wrong").count() == 1
    assert Batch.objects.count() == before


def test_a_supplier_finds_nothing_of_another_firm(enter, watch, db):
    page = enter("supplier")
    foreign = Batch.objects.exclude(firm__code="P05").order_by("pk").first()
    line = Declaration.objects.filter(head__site__firm__code="P01").order_by("pk").first().lines.first()
    addresses = [f"/files/{foreign.pk}/", f"/files/{foreign.pk}/file/", f"/production/lines/{line.pk}/"]
    addresses += [f"/production/declarations/{line.declaration_id}/", "/suppliers/P01"]
    assert [page.goto(address).status for address in addresses] == [404] * len(addresses)
    page.goto("/production/?year=2025&by=supplier")
    names = page.locator(".table-box tbody th").all_inner_texts()
    assert names == ["Partenaire 05"]
    page.goto("/production/lines/?supplier=P01")
    assert "Partenaire 01" not in text(page.locator("main"))
