"""From the growth of the whole to the lines of a reference, by links alone; the bridge, the months and a target on the way."""

import csv
import io
from decimal import Decimal

import pytest

from tests.browser.conftest import plain, text

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_growth_is_followed_from_the_whole_to_the_lines_of_a_reference(enter, script):
    page = enter("analyst", "fr", script)
    page.goto("/production/?year=2025")
    page.locator(".heading-actions a", has_text="Croissance").click()
    assert plain(page.locator(".figure-value bdi").first.inner_text()) == "1 000 412"
    assert "+30,0 %" in text(page.locator(".figure-change").first)
    families_lead_to_references(page)
    references_lead_to_lines(page)


def families_lead_to_references(page):
    page.locator("nav.tabs a", has_text="Détail de la croissance").click()
    row = page.locator("tbody tr", has_text="Freins")
    assert row.locator("svg.spark").count() == 1
    row.locator("th a").click()
    assert "Freins" in text(page.locator("ul.chips"))


def references_lead_to_lines(page):
    row = page.locator("tbody tr").first
    said = text(row.locator("td a").first)
    row.locator("td a").first.click()
    assert text(page.locator("tfoot td").nth(5)) == said


def test_the_bridge_and_the_months_say_the_same_year(enter):
    page = enter("analyst", "fr", True)
    page.goto("/production/growth/bridge/?year=2025")
    totals = [text(cell) for cell in page.locator("tfoot td").all()]
    assert totals[:4] == ["769 548", "1 000 412", "+230 864", "+30,0"]
    page.goto("/production/growth/months/?year=2025")
    with page.expect_download() as download:
        page.locator(".downloads a", has_text="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig") as file:
        rows = list(csv.reader(io.StringIO(file.read()), delimiter=";"))
    place = rows[0].index("2025")
    assert sum(Decimal(row[place].replace(",", ".")) for row in rows[1:13]) == 1000412


def test_an_admin_sets_a_target_and_sees_the_gap(enter):
    page = enter("admin", "fr", True)
    page.goto("/production/targets/?year=2024")
    page.locator(".heading-actions a", has_text="Nouvel objectif").click()
    page.locator("[name=amount]").fill("700000")
    page.locator("form.entry button.btn-primary").click()
    row = page.locator("tbody tr").first
    assert "+69 548" in text(row) and "109,9 %" in text(row)
