"""The first journey: a number on the home page is followed, by clicks alone, to the cell that it came from."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from production.models import OutputLine
from tests.browser.conftest import plain, text

pytestmark = pytest.mark.browser

SHOWN = {
    "fr": ("1 000 412", "+30,0 %", "par rapport à 769 548", "769 548", "Freins"),
    "ar": ("1.000.412", "+30,0 %", "مقارنة بـ 769.548", "769.548", "الفرامل"),
    "en": ("1,000,412", "+30.0%", "compared with 769,548", "769,548", "Brakes"),
}
PRODUCED = 5  # among the cells of a row of lines, after its heading


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_number_of_home_is_followed_to_its_cell(enter, language, script):
    page = enter("analyst", language, script)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    home_shows_a_million(page, language)
    brakes = figure_shows_its_formula(page, language)
    lines_add_up(page, language)
    keep_brakes(page, language, script, brakes)
    file_adds_up(page, language, brakes)
    line_leads_to_its_cell(page)


def home_shows_a_million(page, language):
    value, change, compared, *_rest = SHOWN[language]
    page.locator("details.pill summary").first.click()
    page.locator("details.pill a", has_text="2025").click()
    produced = page.locator(".figures .figure").first
    assert plain(produced.locator(".figure-value bdi").inner_text()) == value
    assert change in text(produced) and compared in text(produced)
    assert all(words in text(page.locator(".lead-line")) for words in (value, change, compared))
    produced.locator(".figure-value a").click()


def figure_shows_its_formula(page, language):
    """The numerator and denominator are the ones of home; returns what the brakes made."""
    value, change, _compared, base, brakes = SHOWN[language]
    facts = page.locator("dl.facts dd").all_inner_texts()
    assert [plain(words) for words in facts[:3]] == [value, value, base]
    assert plain(facts[3]) == f"{value} ÷ {base} − 1 = {change}"
    row = page.locator("tr", has=page.locator("a[href*='family=brakes']"))
    assert text(row.locator("th")) == brakes
    contributed = text(row.locator("td").first)
    page.locator(".heading-actions a").click()
    return contributed


def lines_add_up(page, language):
    assert footer(page) == SHOWN[language][0]


def keep_brakes(page, language, script, brakes):
    page.locator("details.filters summary").first.click()
    page.locator("select[name=family]").select_option("brakes")
    if not script:
        page.locator("details.filters button[type=submit]").first.click()
    page.wait_for_url("**family=brakes**")
    page.locator("tfoot").wait_for()
    assert footer(page) == brakes
    assert SHOWN[language][4] in text(page.locator("ul.chips"))


def footer(page):
    return text(page.locator("tfoot td").nth(PRODUCED))


def file_adds_up(page, language, brakes):
    with page.expect_download() as download:
        page.locator("p.downloads a[href*='format=csv']").click()
    content = download.value.path().read_text(encoding="utf-8-sig")
    rows = csv.reader(io.StringIO(content), delimiter="," if language == "en" else ";")
    next(rows)
    made = []
    for row in rows:
        if not row:
            break
        made.append(Decimal(row[PRODUCED + 1]))
    assert sum(made) == amount(brakes)
    assert len(made) == 132


def line_leads_to_its_cell(page):
    shown = text(page.locator("tbody tr").first.locator("td").nth(PRODUCED))
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/production/lines/*/**")
    value, file, sheet, row, column = (text(cell) for cell in page.locator("tbody tr").first.locator("td").all())
    assert value == shown
    line = OutputLine.objects.get(pk=int(page.url.partition("?")[0].rstrip("/").rpartition("/")[2]))
    assert file == line.batch.name
    with line.batch.file.open("rb") as original:
        found = load_workbook(original, read_only=True)[sheet][f"{column}{row}"].value
    assert Decimal(str(found)) == amount(value) == line.produced


def amount(words):
    """The whole number that a person reads."""
    return Decimal("".join(character for character in words if character.isdigit()))
