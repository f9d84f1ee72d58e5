"""Every page for everybody: nothing serious for axe, nothing wider than a phone, nothing said to the console.

Each entry of the menu is looked at light and dark, 1280 and 360 pixels wide, two of these ways in French, two in Arabic; then
the pages behind them. The other roles see their own menu once more, as they get it.
"""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from intake.models import Batch
from integration.models import Component, PartContent
from production.models import Declaration, OutputLine, TradeLine
from suppliers.models import Paper
from tests.browser.conftest import PHONE, WIDE, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GRAVE = {"serious", "critical"}
OPTIONS = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
MENUS = {"analyst": 7, "admin": 8, "manager": 9, "supplier": 6}

NOWHERE = "/no/such/page"
OWN = ["/production/periods/2026-08/", "/files/new/", "/suppliers/P05"]
# Pages that no menu names and that need no look-up.
NAMED = [
    "/production/lines/?unit=piece",
    "/production/growth/?measure=scrap_rate",
    "/production/growth/by/?by=part&family=brakes",
    "/production/targets/new/",
    "/production/growth/notes/new/",
    "/production/calendar/seasons/new/",
    "/production/periods/?as-of=2026-06-30",
    "/production/late/",
    "/production/sites/P09/expected/pause/",
    "/figures/territorial_coverage/",
    "/figures/regulatory_rate/?programme=MOD-1",
    "/exports/EXP-A",
    "/integration/MOD-1",
    "/integration/MOD-1/components",
    "/integration/MOD-1/simulator",
    "/integration/MOD-1/road-map",
    "/integration/MOD-1/milestones/new",
    "/integration/MOD-1/scenarios",
    "/integration/portfolio/",
    "/integration/calculator/",
    "/integration/contents/",
    "/integration/components/upload",
    "/integration/rules/",
    "/integration/rules/dz-algeria-2023",
    "/integration/exchange/",
]


def addresses_of_menu(page):
    links = page.locator("nav.rail a[href]").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    return list(dict.fromkeys(links))


def behind_the_menu():
    """One page of each kind that no menu names."""
    component, content = Component.objects.filter(parent=None).first(), PartContent.objects.first()
    line = OutputLine.objects.filter(site__firm__code="P11", month="2025-12-01").order_by("pk").first()
    return [
        "/?year=2025",
        "/me/",
        "/search/?q=frein",
        "/history/supplier/P05/",
        "/about/supplier/P05/",
        "/figures/",
        "/figures/produced/?year=2026",
        "/figures/coverage/?year=2026",
        "/production/?year=2025&by=supplier&measure=sold",
        "/production/lines/?year=2025&family=brakes",
        "/production/lines/?supplier=P01&q=nothing-like-this",
        "/production/lines/?columns=produced,part&where=month:ge:2026-01&condition=month",
        "/views/",
        "/views/new/?list=line_list&query=q%3Dx",
        f"/production/lines/{line.pk}/",
        f"/production/declarations/{Declaration.objects.filter(revision=2).order_by('pk').first().pk}/",
        "/production/growth/",
        "/production/growth/by/?by=supplier",
        "/production/growth/months/",
        "/production/growth/bridge/?by=family",
        "/production/targets/",
        "/production/nil/",
        "/production/periods/",
        "/production/periods/2026-08/",
        "/production/late/P09/",
        "/production/sites/P09/expected/",
        "/production/calendar/",
        "/production/entry/",
        "/production/entry/?site=P05&month=2026-08",
        "/production/declarations/",
        "/production/revisions/?kind=restated",
        "/production/since/?since=2026-02-28&year=2025&as-of=2026-08-31",
        "/figures/produced/say/?year=2025&qualifier=about&amount=2000000",
        "/reports/published/",
        "/reports/published/A1/",
        "/reports/published/new/",
        f"/files/{Batch.objects.order_by('-pk').first().pk}/",
        "/files/new/",
        f"/files/{Batch.objects.filter(kind='output').latest('pk').pk}/",
        "/imports/lines/?range=A-RADIATEUR",
        f"/imports/lines/{TradeLine.objects.earliest('pk').pk}/",
        "/imports/upload/",
        "/imports/policy/",
        "/imports/ranges/",
        "/imports/ranges/new/",
        "/imports/ranges/A-BATTERIE/",
        "/imports/ranges/A-BATTERIE/edit/",
        "/imports/ranges/A-BATTERIE/exemptions/new/",
        "/figures/imports_value/?year=2025",
        "/figures/local_market_share/",
        "/suppliers/P05",
        "/suppliers/new",
        "/suppliers/P05/edit",
        "/suppliers/P05/status",
        "/suppliers/firms/",
        "/suppliers/firms/massar",
        "/suppliers/firms/P05/office",
        "/suppliers/onboarding/",
        "/suppliers/agreements/",
        "/suppliers/agreements/ACC-2024-01",
        "/suppliers/agreements/new",
        "/suppliers/commitments/",
        "/suppliers/events/",
        "/suppliers/events/CONV-2025",
        "/suppliers/events/CONV-2025/firms/P05",
        "/suppliers/projects/",
        "/suppliers/projects/PRJ-2026-01",
        "/suppliers/papers/",
        f"/suppliers/papers/{Paper.objects.get(number='Q-2025-034').pk}",
        "/suppliers/papers/new",
        "/suppliers/samples/",
        "/suppliers/complaints/",
        "/bulk/supplier_list/?all=1",
        "/bulk/supplier_list/?all=1&preview=1&to-status=suspended",
        "/workshops/training/new",
        "/workshops/AT-001/edit?copy=1",
        *NAMED,
        f"/integration/MOD-1/components/{component.pk}",
        f"/integration/contents/{content.pk}",
        NOWHERE,
    ]


# Rows of a table are all of a kind: the first twelve are looked at.
SHORTER = "() => document.querySelectorAll('tbody tr:nth-child(n+13)').forEach((row) => row.remove())"


def faults_of(page):
    """What axe calls serious or critical on the page as it stands: [(rule, where)]."""
    response = Axe().run(page, options=OPTIONS).response
    return [
        (each["id"], [node["target"][0] for node in each["nodes"]][:3])
        for each in response["violations"]
        if each["impact"] in GRAVE
    ]


def too_wide(page):
    """The elements that make the page itself wider than the window."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.body.querySelectorAll('*')].filter((each) => {
                const box = each.getBoundingClientRect();
                return box.right > innerWidth + 1 || box.left < -1;
            }).slice(0, 5).map((each) => each.outerHTML.slice(0, 120))"""
    )


def look_at(page, address, dressed):
    """Open a page and return what is wrong with it, in each of the ways to dress it: (colours, size)."""
    answer = page.goto(address)
    wrong = {} if answer.status == (404 if address == NOWHERE else 200) else {address: answer.status}
    page.evaluate(SHORTER)
    for scheme, size in dressed:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        found = [*faults_of(page), *(("wide", each) for each in too_wide(page))]
        if found:
            wrong[f"{address} {scheme} {size['width']}"] = found
    return wrong


WAYS = {"fr": [("light", WIDE), ("dark", PHONE)], "ar": [("dark", WIDE), ("light", PHONE)]}


def assert_none(wrong):
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_entry_of_the_menu_is_for_everybody(enter, language):
    page = enter("manager", language)
    addresses = addresses_of_menu(page)
    assert len(addresses) == MENUS["manager"]
    wrong = {}
    for address in addresses:
        wrong |= look_at(page, address, WAYS[language])
    assert_none(wrong)


@pytest.mark.parametrize("language, dressed", [("fr", ("light", WIDE)), ("ar", ("dark", PHONE))])
def test_every_page_behind_the_menu_is_for_everybody(enter, language, dressed):
    """Each in one way of each kind: the pages of the menu, drawn by the same templates, are seen in all of them."""
    page = enter("admin", language)
    wrong = {}
    for address in behind_the_menu():
        wrong |= look_at(page, address, [dressed])
    assert_none(wrong)


@pytest.mark.parametrize("role", ["analyst", "admin", "supplier"])
def test_each_role_finds_every_entry_of_its_menu_open(enter, role):
    page = enter(role, "fr", viewport=PHONE)
    addresses = addresses_of_menu(page)
    assert len(addresses) == MENUS[role]
    wrong = {}
    for address in [*addresses, *(OWN if role == "supplier" else ())]:
        wrong |= look_at(page, address, [("light", PHONE)])
        assert text(page.locator("h1"))
    assert_none(wrong)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_sign_in_page_is_for_everybody(new_context, served, watch, language):
    context = new_context(base_url=served.url)
    watch.over(context)
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator(f"form.languages button[value={language}]").click()
    assert_none(look_at(page, "/sign-in/", WAYS[language]))
