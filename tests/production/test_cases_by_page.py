"""The cases of growth as people meet them: the page and the command say the same, in each state of a change."""

import re

import pytest

from tests import making
from tests.browser.asking import figure
from tests.making import declare, monthly

pytestmark = pytest.mark.django_db
MARKS = re.compile("[\u2066-\u2069]")


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


def maker(code, first="2023-01", last=None):
    """Make a site that is expected, and its part."""
    site = making.site(code)
    making.expect(site, first, last)
    return site, making.part(f"{code}-1", site.firm)


def ok(admin):
    """1,000 became 1,250: 900 became 1,000 like for like, 250 joined, 100 left."""
    for code, amounts, first, last in (
        ("A", {"2025-06": 900, "2026-06": 1000}, "2023-01", None),
        ("B", {"2025-06": 100}, "2023-01", "2025-12"),
        ("C", {"2026-06": 250}, "2026-01", None),
    ):
        site, part = maker(code, first, last)
        declare(admin, site, monthly(part, amounts))


def new(admin):
    """A first year: nobody was expected a year before."""
    site, part = maker("A", "2026-01")
    declare(admin, site, monthly(part, {"2026-06": 40}))


def none(admin):
    """Nothing was made in either year."""
    site, _part = maker("A")
    declare(admin, site, {"2025-06": None, "2026-06": None})


def not_comparable(admin):
    """What was expected a year before never came."""
    site, part = maker("A", "2025-01")
    declare(admin, site, monthly(part, {"2026-06": 40}))


JUNE = {"from": "2026-06", "to": "2026-06"}
STATES = {
    "ok": (ok, JUNE, "25", "+25.0% compared with 1,000"),
    "new": (new, JUNE, None, "new nothing in Jun 2025"),
    "none": (none, JUNE, None, "Nothing to compare with"),
    "not_comparable": (not_comparable, JUNE, None, "Not comparable: no month is complete in both years"),
}


def page_of(client, **words):
    """Return the figure's page as plain words."""
    client.cookies["django_language"] = "en"
    answer = client.get("/figures/produced/", words)
    assert answer.status_code == 200
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(MARKS.sub("", plain.replace("&nbsp;", " ").replace("\u00a0", " ")).split())


@pytest.mark.parametrize("state", STATES)
def test_the_page_and_the_command_say_whether_a_change_may_be_stated(admin, analyst, signed_in, state):
    play, words, change, said = STATES[state]
    play(admin)
    answer = figure(**words)
    assert (answer["change_state"], answer["change"]) == (state, change)
    assert said in page_of(signed_in(analyst), **words)


def test_like_for_like_stands_beside_the_headline(admin, analyst, signed_in):
    ok(admin)
    alike = figure(**JUNE)["like_for_like"]
    assert (alike["compared"], alike["base"], alike["change"]) == ("1000", "900", "11.111111111111")
    assert "Like for like +11.1% ( 1,000 / 900 )" in page_of(signed_in(analyst), **JUNE)


def test_an_incomplete_first_year_is_compared_over_its_own_months_a_year_later(admin, analyst, signed_in):
    """Production began in May 2025; 2026 is compared over May and June alone, never with eight months of a whole year."""
    site, part = maker("A", "2025-05")
    declare(admin, site, monthly(part, {"2025-05": 10, "2025-06": 10, **{f"2025-{n:02d}": 30 for n in range(7, 13)}}))
    declare(admin, site, monthly(part, {f"2026-{n:02d}": 12 for n in range(1, 7)}))
    first, second = figure(year=2025), figure(year=2026)
    assert (first["value"], first["change_state"], first["change"]) == ("200", "new", None)
    assert (second["value"], second["compared"], second["base"], second["change"]) == ("72", "24", "20", "20")
    page = page_of(signed_in(analyst), year=2026)
    assert "24 ÷ 20 − 1 = +20.0%" in page
    assert second["window"] == {"from": "2026-01", "to": "2026-06"}
