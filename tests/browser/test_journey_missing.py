"""The third journey: a declaration is missing, then "nothing was made" comes with a scan, on time though typed late."""

from urllib.parse import urlsplit

import pytest

from production.models import Declaration
from tests.browser import serving
from tests.browser.conftest import copy_served, plain, text

pytestmark = pytest.mark.browser

AUGUST, SEPTEMBER, NOVEMBER = 7, 8, 10  # among the cells of a row


@pytest.fixture
def served(browser, demonstration_database, django_db_blocker, tmp_path_factory):
    """Each telling begins with a fresh demonstration: what it declares is declared once."""
    with (
        django_db_blocker.unblock(),
        copy_served(demonstration_database, "journey_missing", tmp_path_factory.mktemp("home")) as own,
    ):
        yield own


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_missing_month_is_declared_nil_on_time_and_later_months_are_late(enter, served, watch, script):
    analyst = enter("analyst", script=script)
    home_says_what_it_compares_and_what_is_missing(analyst)
    admin = enter("admin", script=script)
    nil_is_entered_with_its_scan(admin)
    declaration_says_that_it_came_in_time(admin)
    the_cell_says_without_production(analyst)
    with serving.serving(served.database, served.home, today="2026-11-22") as later:
        watch.home = urlsplit(later.url).netloc
        two_months_later_they_are_late(enter("admin", script=script, at=later))


def home_says_what_it_compares_and_what_is_missing(page):
    assert "119 déclarations reçues sur 120" in text(page.locator(".figures .figure").first)
    assert text(page.locator(".note-warn")).startswith("1 déclaration en retard : août 2026 (Partenaire 09).")
    basis = text(page.locator(".lead-line + p"))
    assert basis.startswith("8 mois comparés") and "119 couples site-mois comparés" in basis
    assert cell(page, AUGUST).get_attribute("class") == "cell cell-late"
    assert text(cell(page, AUGUST)) == "août 2026 – en retard · attendue pour le 15/09/2026 · 5 jours ouvrés de retard"


def cell(page, number, who="Partenaire 09"):
    return page.locator("table.matrix tbody tr", has_text=who).locator("td").nth(number)


def nil_is_entered_with_its_scan(page):
    page.locator("ul.tasks a", has_text="Partenaire 09").click()
    page.get_by_role("link", name="Déclarer un mois sans production").click()
    assert page.locator("select[name=site]").input_value() == "P09"
    assert page.locator("input[name=month]").input_value() == "2026-08"
    page.locator("input[name=received_on]").fill("2026-09-14")
    page.locator("select[name=channel]").select_option("paper")
    page.locator("input[name=sender]").fill("Direction de l’usine")
    scan = {"name": "sans-production.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing was made"}
    page.locator("input[name=proof]").set_input_files(scan)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/production/declarations/*/")


def declaration_says_that_it_came_in_time(page):
    assert text(page.locator("main .note")) == "Déclaré dans les délais (reçu le 14/09/2026, saisi le 22/09/2026)."
    facts = text(page.locator("dl.facts"))
    assert "Papier" in facts and "Direction de l’usine" in facts
    with page.expect_download() as download:
        page.get_by_role("link", name="sans-production.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.4 nothing was made"
    made = Declaration.objects.select_related("proof").get(head__site__code="P09", head__month="2026-08-01")
    assert (made.kind, made.state, made.proof.name) == ("nil", "approved", "sans-production.pdf")


def the_cell_says_without_production(page):
    page.reload()
    assert "120 déclarations reçues sur 120" in text(page.locator(".figures .figure").first)
    assert page.locator(".note-warn").count() == 0
    assert cell(page, AUGUST).get_attribute("class") == "cell cell-nil"
    words = "août 2026 – sans production · reçue le 14/09/2026 · Papier · Direction de l’usine"
    assert text(cell(page, AUGUST)) == words
    page.locator("section", has=page.locator("table.matrix")).locator("a.box-link").click()
    page.locator("details summary", has_text="Date de réception").click()
    row = page.locator("table.list tbody tr", has_text="Partenaire 09").filter(has_text="août 2026")
    assert [text(each) for each in row.locator("td").all()][1:] == [
        "sans production",
        "14/09/2026",
        "–",
        "Papier",
        "Direction de l’usine",
        "22/09/2026",
    ]


def two_months_later_they_are_late(page):
    assert text(page.locator(".note-warn")).startswith(
        "30 déclarations en retard : septembre 2026 (15), octobre 2026 (15)."
    )
    states = [cell(page, number).get_attribute("class") for number in range(AUGUST, NOVEMBER + 2)]
    assert states == [f"cell cell-{state}" for state in ("nil", "late", "late", "expected", "expected")]
    assert text(cell(page, SEPTEMBER)).startswith("septembre 2026 – en retard")
    tasks = [plain(each) for each in page.locator("ul.tasks li").all_inner_texts()]
    assert tasks == [
        "Déclarations manquantes septembre 2026 · 15 déclarations en retard",
        "Déclarations manquantes octobre 2026 · 15 déclarations en retard",
        "Importation dans une gamme produite localement Marque A · Embrayages manquement",
        "Fin d’un accord Contrat de fourniture – Partenaire 05 dans 18 jours",
        "Étape d’une certification Garnitures de frein – Décision dans 23 jours",
    ]
    page.locator(".note-warn a").click()
    assert text(page.locator(".table-count")) == "30 lignes"
