"""Rate and paper: the rate with its proof, what would reach the step, a certificate that ends and is renewed late; what was published stays."""

import pytest

from tests.browser.conftest import text
from tests.browser.test_journey_supplier_file import fill

pytestmark = pytest.mark.browser
RULE = "22-384 / 17-08-2023 / 24-159"


def test_a_rate_is_proved_supposed_and_exposed(enter):
    page = enter("manager")
    page.locator("nav.rail a", has_text="Intégration locale").click()
    page.locator("main a", has_text="MOD-1").click()
    rate = text(page.locator("article.figure").first)
    assert "14,9" in rate
    assert "5,1 points" in rate
    assert RULE in rate
    assert "22/09/2026" in rate
    assert "22/08/2027" in text(page.locator("main"))
    published(page)
    supposed(page)
    renewed_late(page)


def published(page):
    """What rests on the certificate is exposed, and stands so in what is published."""
    assert exposed(page) == "3,2 points exposés"
    page.fill("#assessment-title", "Revue de septembre")
    page.get_by_role("button", name="Publier").click()
    words = text(page.locator("main"))
    assert "14,9" in words
    assert "recompté : identique" in words
    page.go_back()
    page.reload()


def exposed(page):
    card = page.locator("section.box, article.box", has=page.get_by_role("heading", name="Part exposée")).first
    return text(card.locator("p.figure-value")) if card.locator("p.figure-value").count() else ""


def supposed(page):
    """Two ticks reach the step at once; taking them off goes back to the official rate."""
    page.locator("main a.btn", has_text="Simulateur").click()
    shown = page.locator("#simulated .figure-value").nth(1)
    page.get_by_label("Échappement").check()
    page.get_by_label("Jantes").check()
    page.locator("#simulated .figure-value", has_text="20,1").first.wait_for()
    assert "local=exhaust" in page.url
    page.get_by_label("Échappement").uncheck()
    page.get_by_label("Jantes").uncheck()
    page.locator("#simulated .figure-value", has_text="14,9").nth(1).wait_for()
    assert "14,9" in text(shown)


def renewed_late(page):
    """The certificate and the agreement under the brake linings are renewed: nothing is exposed, the rate stands, so does the past."""
    page.goto("/integration/MOD-1")
    page.locator("main a", has_text="IATF-0512").first.click()
    ended = page.url
    page.goto(f"{ended}/edit")
    fill(page, valid_to="2026-09-10", reason="Date corrigée")
    page.goto("/integration/MOD-1")
    assert exposed(page) == "3,2 points exposés"
    page.goto("/suppliers/papers/new?supplier=P05")
    fill(
        page,
        standard="IATF 16949",
        number="IATF-0926",
        body="Organisme",
        families="Freins",
        valid_from="2026-09-20",
        valid_to="2029-09-19",
        renews="IATF-0512",
    )
    page.goto("/integration/MOD-1")
    page.locator("main a", has_text="Contrat de fourniture").first.click()
    page.goto(f"{page.url}/edit")
    fill(page, valid_to="2029-12-31", reason="Avenant")
    page.goto("/integration/MOD-1")
    assert exposed(page) == ""
    assert "14,9" in text(page.locator("article.figure").first)
    page.goto("/integration/MOD-1/assessments/1")
    words = text(page.locator("main"))
    assert "3,2 points" in words
    assert "recompté : identique" in words
