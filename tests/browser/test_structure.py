"""Home and the pages of figures as an assistive device meets them: headings, landmarks, names, tables, focus."""

import pytest

from tests.browser.conftest import PHONE, WIDE, text

pytestmark = pytest.mark.browser

PAGES = {
    "manager": ["/", "/?year=2025&unit=litre", "/reports/", "/reports/published/"],
    "supplier": ["/", "/figures/coverage/"],
    "analyst": [
        "/",
        "/figures/",
        "/figures/produced/?year=2025",
        "/figures/coverage/",
        "/figures/coverage/rows/expected/",
        "/figures/territorial_coverage/?vintage=69",
        "/figures/regulatory_rate/?programme=MOD-1",
        "/figures/export_fulfilment/rows/commitments/",
        "/workshops/",
    ],
}
FAULTS = """() => {
    const faults = [], all = (what) => [...document.querySelectorAll(what)];
    const levels = all('h1, h2, h3, h4').map((each) => Number(each.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) faults.push('not one h1');
    levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) faults.push(`h${levels[at - 1]} then h${level}`); });
    if (all('main').length !== 1) faults.push('not one main');
    all('nav').forEach((each) => { if (!each.getAttribute('aria-label')) faults.push('a nav without a name'); });
    all('svg[role=img]').forEach((each) => { if (!each.getAttribute('aria-label')) faults.push('a drawing without a name'); });
    all('figure.chart, figure.tiles').forEach((each) => { if (!each.querySelector('details table')) faults.push('a chart without its table'); });
    all('main table').forEach((each) => {
        if (!each.caption || !each.caption.textContent.trim()) faults.push('a table without a caption');
        if (!each.querySelector('th[scope=col]')) faults.push('a table without headings');
    });
    all('main a, main button, main summary').forEach((each) => {
        if (!(each.textContent.trim() || each.getAttribute('aria-label'))) faults.push(`nameless: ${each.outerHTML.slice(0, 80)}`);
    });
    return faults;
}"""
RING = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"


@pytest.mark.parametrize(("language", "viewport"), [("fr", WIDE), ("ar", PHONE)])
@pytest.mark.parametrize("role", sorted(PAGES))
def test_headings_landmarks_names_and_tables_are_whole(enter, role, language, viewport):
    page = enter(role, language, viewport=viewport)
    found = {}
    for address in PAGES[role]:
        page.goto(address)
        if faults := page.evaluate(FAULTS):
            found[address] = faults
    assert found == {}


@pytest.mark.parametrize("address", ["/", "/figures/coverage/"])
def test_what_has_the_focus_is_seen(enter, address):
    page = enter("analyst")
    page.goto(address)
    page.locator("main").focus()
    unseen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.evaluate(RING):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert unseen == []


def test_a_number_leads_to_its_rows_by_keyboard_and_without_script(enter):
    page = enter("analyst", script=False)
    page.goto("/figures/coverage/")
    page.get_by_role("link", name="119", exact=True).press("Enter")
    page.wait_for_url("**/rows/received/**")
    assert text(page.locator(".table-count")) == "Lignes 1 à 50 sur 119"
    page.get_by_role("link", name="Déclarations manquantes").press("Enter")
    page.wait_for_url("**/rows/missing/**")
    shown = [text(cell) for cell in page.locator("tbody tr > *").all()]
    assert shown == ["Partenaire 09", "août 2026", "en retard", "–", "15/09/2026", "Partenaire 09"]
