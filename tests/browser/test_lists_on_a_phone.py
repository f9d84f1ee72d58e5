"""Lists on a phone: the row's name and its key number stand side by side without scrolling; the rest is one tick away."""

import pytest

from production.models import Declaration, OutputLine
from tests.browser.conftest import PHONE, WIDE, text

pytestmark = pytest.mark.browser

# address: the heading of the column that a phone must show beside the first one, in French and Arabic
KEYS = {
    "/production/?year=2025": ("Croissance", "النمو"),
    "/production/lines/?unit=piece": ("Production", "الإنتاج"),
    "/production/declarations/": ("État", "الحالة"),
    "/production/late/": ("Jours ouvrés de retard", "أيام العمل من التأخر"),
    "/production/revisions/": ("Produit, écart", "الإنتاج، الفارق"),
    "/production/since/?since=2026-02-28&year=2025": ("Écart", "الفارق"),
    "/production/periods/2026-08/": ("Reçue le", "تاريخ الاستلام"),
    "/suppliers/": ("Wilaya", "الولاية"),
    "/files/": ("État", "الحالة"),
}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# The last list of the page: whether a column's heading lies inside its box, and how many columns show.
SEEN = """(name) => {
    const table = [...document.querySelectorAll("table.list")].at(-1);
    const box = table.closest(".scroller").getBoundingClientRect();
    const heads = [...table.querySelectorAll("thead th")].filter((head) => head.offsetWidth > 0);
    const head = heads.find((each) => each.textContent.replace(/[↕▲▼]/g, "").trim() === name);
    if (!head) return heads.map((each) => each.textContent.trim());
    const at = head.getBoundingClientRect();
    return at.left >= box.left - 1 && at.right <= box.right + 1;
}"""
COLUMNS = """() => [...[...document.querySelectorAll("table.list")].at(-1).querySelectorAll("thead th")]
    .filter((head) => head.offsetWidth > 0).length"""


@pytest.mark.parametrize(("language", "place"), [("fr", 0), ("ar", 1)])
def test_the_key_column_of_every_list_is_in_sight(enter, language, place):
    page = enter("admin", language, viewport=PHONE)
    wrong = {}
    for address, names in KEYS.items():
        page.goto(address)
        seen, sideways = page.evaluate(SEEN, names[place]), page.evaluate(SIDEWAYS)
        if seen is not True or sideways:
            wrong[address] = (seen, sideways)
    assert wrong == {}


def test_all_columns_are_one_tick_away_without_script_too(enter):
    page = enter("admin", "fr", viewport=PHONE, script=False)
    page.goto("/production/lines/?unit=piece")
    heads = page.locator("table.list thead th:visible")
    assert heads.count() == 4
    page.locator(".all-columns input").check()
    assert heads.count() == 10
    page.set_viewport_size(WIDE)
    assert page.locator(".all-columns").is_hidden()


def test_a_declaration_and_a_line_fit_a_phone(enter):
    page = enter("analyst", "ar", viewport=PHONE)
    declared, line = Declaration.objects.order_by("pk").first(), OutputLine.objects.order_by("pk").first()
    for address in (f"/production/declarations/{declared.pk}/", f"/production/lines/{line.pk}/"):
        page.goto(address)
        assert not page.evaluate(SIDEWAYS)
        assert page.evaluate(COLUMNS) <= 4


def test_the_pages_of_a_room_are_one_menu_on_a_phone(enter):
    page = enter("analyst", "fr", viewport=PHONE)
    page.goto("/production/lines/")
    assert page.locator(".room .tabs").is_hidden()
    page.locator(".room-menu summary").click()
    page.locator(".room-menu a", has_text="Registre").click()
    assert text(page.locator("h1")) == "Registre des déclarations rectificatives"
    assert text(page.locator(".room-menu summary")) == "Registre"


def test_a_slash_leads_to_the_search_of_the_list(enter):
    page = enter("analyst", "fr")
    page.goto("/suppliers/")
    page.keyboard.press("/")
    page.keyboard.type("partenaire 07")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=partenaire+07**")
    assert page.locator("table.list tbody tr").count() == 1


@pytest.mark.parametrize(("language", "forward"), [("fr", "ArrowRight"), ("ar", "ArrowLeft")])
def test_the_matrix_has_one_stop_of_the_tab_key_a_row_and_arrows_between_cells(enter, language, forward):
    page = enter("analyst", language)
    page.goto("/production/periods/?year=2025")
    stops = page.locator("table.matrix a[tabindex='0']")
    assert stops.count() == 1 + page.locator("table.matrix tbody tr").count()
    stops.nth(1).focus()
    for key in (forward, forward, "ArrowDown"):
        page.keyboard.press(key)
    cell = page.locator("table.matrix tbody tr").nth(1).locator("td").nth(1).locator("a")
    assert cell.evaluate("each => each === document.activeElement")
    page.keyboard.press("Tab")
    assert (
        page.locator("table.matrix tbody tr")
        .nth(2)
        .locator("a")
        .first.evaluate("each => each === document.activeElement")
    )
