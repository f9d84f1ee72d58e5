"""A supplier's workbook goes all the way, by the pages and by the commands: preview, apply, change one cell, roll back."""

import pytest

from office.models import Ledger
from production.models import Declaration, OutputLine
from tests.browser import desk
from tests.browser.asking import ask, figure
from tests.browser.conftest import text

pytestmark = pytest.mark.browser


@pytest.fixture
def admin(enter):
    """Somebody who sends files."""
    return enter("admin")


def declarations(supplier):
    return Declaration.objects.filter(head__site__firm__code=supplier)


def version():
    return Ledger.objects.values_list("version", flat=True).get()


@pytest.mark.parametrize(
    ("language", "script", "supplier"),
    [("fr", True, "W1"), ("ar", False, "W2")],
    ids=["in French with script", "in Arabic without script"],
)
def test_a_wide_workbook_of_a_new_supplier_goes_all_the_way(enter, tmp_path, language, script, supplier):
    page = enter("admin", language, script)
    page.locator("nav.rail a[href='/files/']").click()
    page.locator(".heading-actions a[href='/files/new/']").click()
    assert page.url.endswith("/files/new/")
    first_file(page, desk.wide(tmp_path / "volumes.xlsx"), supplier)
    same_months_as_csv(page, desk.long(tmp_path / "volumes.csv"), supplier)
    one_cell(page, desk.wide(tmp_path / "corrigé.xlsx", desk.changed("AX-100", 14, 35)), supplier)


def first_file(page, path, supplier):
    before = version()
    desk.send(page, path, new=(supplier, "Fabricant à l’essai"))
    assert desk.counts(page) == desk.found(new=56, blank=4)
    assert desk.batch(page).result["created"] == {"suppliers": 1, "sites": 1, "parts": 4}
    left_out = [each.get("column") or each["row"] for each in desk.batch(page).result["left_out"]]
    assert left_out == ["R", 9]
    assert not declarations(supplier).exists()
    desk.apply(page)
    assert desk.batch(page).state == "applied"
    assert version() == before + 3  # received, checked, applied
    said_of(page, supplier, quarter="300", year="1570")


def said_of(page, supplier, quarter, year):
    """The page and the command say the same of January to March 2020 against the same months of 2019."""
    answer = figure(year=2020, supplier=supplier)
    assert (answer["value"], answer["compared"], answer["base"]) == (quarter, quarter, "400")
    assert figure(year=2019, supplier=supplier)["value"] == year
    page.goto(f"/production/?year=2020&supplier={supplier}")
    card = page.locator("article.figure")
    assert desk.number(card.locator(".figure-value bdi").inner_text()) == int(quarter)
    change = (int(quarter) - 400) / 4
    assert f"−{abs(change):.1f}".replace(".", ",") + " %" in text(card)
    assert "400" in text(card) and "570" not in text(card)


def same_months_as_csv(page, path, supplier):
    desk.send(page, path, supplier)
    assert desk.counts(page) == desk.found(unchanged=56, blank=56)
    assert desk.batch(page).state == "unchanged"
    assert page.locator("form.confirm").count() == 0


def one_cell(page, path, supplier):
    before = declarations(supplier).count()
    desk.send(page, path, supplier)
    assert desk.counts(page) == desk.found(changed=1, unchanged=55, blank=4)
    change = [text(cell) for cell in page.locator("table.changes tbody").locator("th, td").all()]
    assert (change[0], change[3], change[4]) == ("AX-100", "25", "35")
    desk.apply(page)
    address = page.url
    assert declarations(supplier).count() == before + 1
    assert declarations(supplier).get(revision=2).head.month == desk.MONTHS[14]
    said_of(page, supplier, quarter="310", year="1570")
    page.goto(address)
    desk.roll_back(page)
    assert desk.batch(page).state == "rolled_back"
    said_of(page, supplier, quarter="300", year="1570")


def test_the_very_same_file_changes_nothing_and_says_so(admin, tmp_path):
    path = desk.wide(tmp_path / "volumes.xlsx")
    desk.send(admin, path, new=("W3", "W3"))
    desk.apply(admin)
    first = desk.batch(admin)
    desk.send(admin, path.rename(tmp_path / "other name.xlsx"), "W3")
    assert desk.batch(admin).state == "unchanged"
    assert desk.counts(admin) == desk.found(unchanged=56, blank=4)
    assert str(first.pk) in text(admin.locator(".lead-line"))
    assert declarations("W3").count() == 15


def test_the_commands_walk_the_same_road(db, tmp_path):
    path = desk.wide(tmp_path / "volumes.xlsx")
    answer, code = ask("upload", "output", path, "--supplier", "W4")
    assert (answer["state"], code) == ("refused", 1)
    answer, code = ask("upload", "output", path, "--supplier", "W4", "--create", "--dry-run")
    assert (answer["state"], answer["new"], answer["blank"], code) == ("checked", 56, 4, 0)
    assert figure(year=2019, supplier="P05")["value"] is None
    answer, code = ask("upload", "output", path, "--supplier", "W4", "--create")
    assert (answer["state"], answer["declarations"], answer["new"], code) == ("applied", 15, 56, 0)
    answer, code = ask("upload", "output", desk.long(tmp_path / "volumes.csv"), "--supplier", "W4")
    assert (answer["state"], answer["unchanged"], answer["blank"], code) == ("unchanged", 56, 56, 0)
    one = desk.wide(tmp_path / "one.xlsx", desk.changed("BZ 300/1", 1, 7))
    answer, code = ask("upload", "output", one, "--supplier", "W4")
    assert (answer["state"], answer["new"], answer["unchanged"], code) == ("checked", 0, 56, 1)
    assert [(each["value"], each["expected"]) for each in answer["suspicious"]] == [("7", "80")]
    answer, code = ask("upload", "output", one, "--supplier", "W4", "--dry-run")
    assert (answer["state"], code) == ("checked", 0)
    answer, code = ask("upload", "output", one, "--supplier", "W4", "--accept", "the first pieces of a new line")
    assert (answer["state"], answer["declarations"], answer["new"], answer["unchanged"], code) == (
        "applied",
        1,
        1,
        56,
        0,
    )
    assert figure(year=2019, supplier="W4")["value"] == "1577"
    answer, code = ask("batch", "rollback", answer["batch"])
    assert (answer["state"], code) == ("rolled_back", 0)
    assert figure(year=2019, supplier="W4")["value"] == "1570"
    assert ask("verify_figures") == ({"state": "ok", "differences": 0, "first": []}, 0)


def test_a_blank_is_not_a_zero(db, tmp_path):
    ask("upload", "output", desk.wide(tmp_path / "volumes.xlsx"), "--supplier", "W5", "--create")
    lines = OutputLine.objects.filter(site__firm__code="W5", part__reference="BZ 300/1")
    said = dict(lines.values_list("month", "produced"))
    assert said[desk.MONTHS[2]] == 0
    assert desk.MONTHS[1] not in said


def test_two_suppliers_may_use_the_same_new_reference(db, tmp_path):
    for code in ("W6", "W7"):
        ask("upload", "output", desk.wide(tmp_path / f"{code}.xlsx"), "--supplier", code, "--create")
    rows = "Fournisseur;Référence;Mois;Quantité produite\nW6;NEW-1;05/2020;6\nW7;NEW-1;05/2020;7\n"
    (tmp_path / "both.csv").write_text(rows, encoding="utf-8")
    answer, code = ask("upload", "output", tmp_path / "both.csv", "--create")
    assert (answer["state"], answer["new"], answer["created"]["parts"], code) == ("applied", 2, 2, 0)
    lines = OutputLine.objects.filter(part__reference="NEW-1").order_by("part__firm__code")
    assert [(line.site.firm.code, line.part.firm.code, line.produced) for line in lines] == [
        ("W6", "W6", 6),
        ("W7", "W7", 7),
    ]
