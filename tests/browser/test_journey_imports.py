"""The ninth journey, its first half: an import in a range produced here is a breach, until an exemption covers it."""

import re

import pytest
from playwright.sync_api import expect

from production.models import Exemption, TradeLine
from tests.browser import desk
from tests.browser.asking import figure
from tests.browser.conftest import text
from tests.intake.workbooks import xlsx

pytestmark = pytest.mark.browser

HEADINGS = [
    "Importateur",
    "Gamme",
    "Mois",
    "Origine",
    "N° déclaration",
    "Quantité",
    "Valeur",
    "Devise",
    "Taux",
    "Date du taux",
    "Source du taux",
]
NAMES = {True: "A-FREINAGE", False: "A-EMBRAYAGE"}  # with script, without: each telling has its own range
FAMILY = {"A-FREINAGE": "Freins", "A-EMBRAYAGE": "Embrayages"}


def told(name, quantity="300"):
    """A file: the brand's own import of the range, one of another range, and one of another importer."""
    rate = ["EUR", 151.3, "15/07/2026", "Banque"]
    return [
        ["Importateur A", name, "juillet 2026", "France", "J9-1", quantity, 9600, *rate],
        ["Importateur A", "A-RADIATEUR", "juillet 2026", "Chine", "J9-2", 1500, 36000, *rate],
        ["Importateur B", name, "juillet 2026", "Turquie", "J9-3", 70, 2100, *rate],
    ]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_own_import_is_a_breach_until_an_exemption_covers_it(enter, tmp_path, script):
    name = NAMES[script]
    before = breaches(name)
    admin = enter("admin", script=script)
    the_wrong_cell_is_refused_and_mended(admin, tmp_path, name)
    desk.press(admin, "button[name=mode][value=complete]")
    desk.press(admin, "form.confirm button.btn-primary")
    assert breaches(name) == before + 1
    the_breach_is_a_task_and_leads_to_its_cell(admin, name)
    an_exemption_to_the_end_of_the_year(admin, name)
    assert breaches(name) == before
    analyst = enter("analyst", script=script)
    the_promise_names_the_exemption(analyst, name)
    the_supplier_sees_nothing(enter("supplier", script=script))
    take_it_back(admin, name, before)


def breaches(name):
    """How many imports of the range no exemption covers, as the command says it."""
    return int(figure("import_breaches", range=name)["value"])


def the_wrong_cell_is_refused_and_mended(page, tmp_path, name):
    path = xlsx(tmp_path / f"{name}.xlsx", Importations=[HEADINGS, *told(name, "3OO")])
    send(page, path)
    assert desk.counts(page)["refused"] == 3
    assert page.locator("table.faults tbody tr").count() == 1
    page.locator("table.faults a[href*='row=2&']").first.click()
    page.wait_for_url("**/repair/**")
    page.locator("#cell-value").fill("300")
    page.locator("#cell-reason").fill("Lettre O pour zéro, déclaration J9-1.")
    desk.press(page, "form:has(input[value=cell]) button")
    assert desk.counts(page)["new"] == 9
    assert desk.number(page.locator("#control dd b").first.inner_text()) == 1870


def send(page, path):
    page.goto("/imports/")
    page.get_by_role("link", name="Charger un fichier d’importations").click()
    page.locator("input[name=file]").set_input_files(path)
    assert page.locator("select[name=source]").input_value() == "customs"
    with page.expect_navigation():
        page.locator("form[data-upload] button[type=submit]").click()


def the_breach_is_a_task_and_leads_to_its_cell(page, name):
    page.goto("/")
    page.locator("ul.tasks a", has_text=FAMILY[name]).click()
    page.wait_for_url(f"**/imports/ranges/{name}/")
    assert "sans dérogation" in text(page.locator("main .note-bad"))
    own = page.locator("table", has_text="manquement").locator("tbody tr", has_text="juil. 2026")
    assert own.count() == 1 and "300" in text(own)
    own.locator("a").first.click()
    page.wait_for_url("**/imports/lines/*/")
    line = TradeLine.objects.get(pk=int(page.url.rstrip("/").rpartition("/")[2]))
    assert (line.document, line.quantity) == ("J9-1", 300)
    cell = [text(each) for each in page.locator("table").first.locator("tbody tr").first.locator("th, td").all()]
    assert cell == ["Quantité", "300", f"{name}.xlsx", "Importations", "2", "F"]


def an_exemption_to_the_end_of_the_year(page, name):
    page.goto(f"/imports/ranges/{name}/")
    page.get_by_role("link", name="Nouvelle dérogation").click()
    page.locator("input[name=first]").fill("2026-07")
    page.locator("input[name=until]").fill("2026-12-31")
    page.locator("input[name=quantity]").fill("1000")
    page.locator("input[name=why]").fill("Arrêt de la presse chez Partenaire 03")
    page.locator("select[name=shortage_of]").select_option(label="Partenaire 03")
    page.locator("form.entry button[type=submit]").dblclick()
    expect(page).to_have_url(re.compile(f"/imports/ranges/{name}/$"), timeout=desk.LONG)
    assert Exemption.objects.filter(range__code=name).count() == 1


def the_promise_names_the_exemption(page, name):
    page.goto("/imports/policy/")
    row = page.locator("table", has_text="Ce qui a été vérifié").locator("tbody tr", has_text=FAMILY[name])
    assert "sous dérogation" in text(row) or "sans dérogation" in text(row)
    exempted = (
        page.locator("tr", has_text="juil. 2026").filter(has_text=FAMILY[name]).filter(has_text="sous dérogation")
    )
    assert "Arrêt de la presse" in text(exempted)
    assert page.locator("tr", has_text="Radiateurs").count() == 0


def the_supplier_sees_nothing(page):
    assert page.locator("nav a[href='/imports/']").count() == 0
    assert page.goto("/imports/policy/").status == 403
    assert page.goto("/figures/imports/").status == 404


def take_it_back(page, name, before):
    """The exemption ends with its reason, the file is taken back: the promise stands where it stood."""
    page.goto(f"/imports/ranges/{name}/")
    page.locator("form.confirm-danger input[name=reason]").fill("La presse tourne de nouveau")
    desk.press(page, "form.confirm-danger button")
    assert breaches(name) == before + 1
    page.goto(f"/files/{TradeLine.objects.filter(document='J9-1').latest('pk').batch_id}/")
    desk.roll_back(page)
    assert breaches(name) == before
