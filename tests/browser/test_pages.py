"""Every page of the menus as a person meets it: nothing serious for axe, no sideways scroll, no fault in the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "manager": [
        "/",
        "/production/",
        "/production/?measure=sold&by=supplier",
        "/production/lines/?unit=piece",
        "/production/growth/?year=2025",
        "/production/growth/?measure=scrap_rate",
        "/production/growth/by/?by=part&family=brakes",
        "/production/growth/months/?measure=value_sold",
        "/production/growth/bridge/",
        "/production/targets/new/",
        "/production/growth/notes/new/",
        "/production/calendar/seasons/new/",
        "/production/nil/",
        "/production/periods/",
        "/production/periods/?as-of=2026-06-30",
        "/production/periods/2026-08/",
        "/production/periods/2026-05/",
        "/production/late/",
        "/production/late/P09/",
        "/production/sites/P09/expected/",
        "/production/sites/P09/expected/pause/",
        "/production/calendar/",
        "/figures/",
        "/figures/produced/?year=2025",
        "/figures/territorial_coverage/",
        "/files/",
        "/files/new/",
        "/suppliers/",
        "/suppliers/P05",
        "/suppliers/new",
        "/workshops/",
        "/exports/",
        "/exports/EXP-A",
        "/integration/",
        "/integration/MOD-1",
        "/reports/",
    ],
    "supplier": [
        "/",
        "/production/",
        "/production/periods/",
        "/production/periods/2026-08/",
        "/files/",
        "/files/new/",
        "/suppliers/P05",
    ],
}
LOOKS = [("fr", "light", WIDE), ("ar", "dark", PHONE)]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.parametrize(("language", "scheme", "viewport"), LOOKS)
@pytest.mark.parametrize("role", sorted(PAGES))
def test_every_page_is_fit_for_everybody(enter, served, role, language, scheme, viewport):
    page = enter(role, language, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    found = {}
    for address in PAGES[role]:
        answer = page.goto(address)
        faults = [
            f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
        faults += ["it scrolls sideways"] if page.evaluate(SIDEWAYS) else []
        faults += [f"status {answer.status}"] if answer.status != 200 else []
        if faults:
            found[address] = faults
    assert found == {}
