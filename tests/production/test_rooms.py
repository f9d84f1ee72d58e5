"""The room's own navigation and the way back: on every page of production, each person's own pages, the open one marked."""

import pytest
from django.urls import reverse

from office import clock
from office.asking import ask
from partstrack import registry
from production import matrix, site_months
from production.models import Declaration
from tests import making, tree
from tests.making import declare, month, monthly

pytestmark = pytest.mark.django_db

HOUSE = ["Overview", "Growth", "Lines", "Suppliers × months", "Who is late"]
ENTER = [*HOUSE, "Declarations", "Entry", "Gaps", "Changes", "Register", "Published figures", "Calendar"]
ANALYST = [*HOUSE, "Gaps", "Changes", "Register", "Published figures", "Calendar"]
SUPPLIER = [
    "Overview",
    "Growth",
    "Lines",
    "Suppliers × months",
    "Declarations",
    "Entry",
    "Gaps",
    "Changes",
    "Register",
    "Calendar",
]


@pytest.fixture
def site(moment, admin, supplier_user):
    """The supplier's user's own site, which declared June and was corrected."""
    made = making.site("P05-1", of="P05")
    part = making.part("AX-1", made.firm)
    declare(admin, made, monthly(part, {"2026-06": 100}))
    declare(admin, made, monthly(part, {"2026-06": 90}), reason="counted twice")
    return made


def page(client, address):
    """Open a page in English and return it as a tree; its answer must be 200."""
    client.cookies["django_language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return tree.read(answer.content)


def tabs(shown):
    """Return ([title], (title, aria-current) of the marked ones) of the room's navigation."""
    links = [link for room in tree.classed(shown, "room") for link in tree.classed(room, "tabs")[0]]
    marked = [(link.text, link.get("aria-current")) for link in links if link.get("aria-current")]
    return [link.text for link in links], marked


def trail(shown):
    """Return [(label, address or None)] of the way back."""
    steps = [step for way in tree.classed(shown, "trail") for step in way.findall("./ol/li/*")]
    return [(tree.words(step), step.get("href")) for step in steps]


@pytest.mark.parametrize(("who", "titles"), [("admin", ENTER), ("analyst", ANALYST), ("supplier_user", SUPPLIER)])
def test_every_page_of_the_room_shows_each_persons_pages_and_marks_itself(request, site, signed_in, who, titles):
    client = signed_in(request.getfixturevalue(who))
    sections = {str(each.title): each.url for each in registry.all_of("sections") if each.room == "production"}
    assert list(dict.fromkeys(titles)) == titles
    for title in titles:
        assert tabs(page(client, reverse(sections[title]))) == (titles, [(title, "page")])


def test_the_menu_of_a_phone_holds_the_same_pages_and_names_the_open_one(site, signed_in, analyst):
    (menu,) = tree.classed(page(signed_in(analyst), "/production/lines/"), "room-menu")
    assert [link.text for link in menu.iter("a")] == ANALYST
    assert tree.words(menu.find("summary")) == "Lines"


def test_a_page_behind_another_marks_it_and_leads_back_to_it(site, signed_in, admin):
    declaration = Declaration.objects.get(revision=2)
    shown = page(signed_in(admin), f"/production/declarations/{declaration.pk}/")
    assert tabs(shown)[1] == [("Declarations", "true")]
    assert trail(shown) == [
        ("Production", "/production/"),
        ("Declarations", "/production/declarations/"),
        ("June 2026", "/production/periods/2026-06/"),
        ("P05-1", None),
    ]


def test_the_way_back_names_no_page_that_the_reader_may_not_open(site, signed_in, analyst):
    declaration = Declaration.objects.get(revision=2)
    shown = page(signed_in(analyst), f"/production/declarations/{declaration.pk}/")
    assert (tabs(shown)[0], tabs(shown)[1]) == (ANALYST, [])
    assert [label for label, _url in trail(shown)] == ["Production", "June 2026", "P05-1"]


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("/production/periods/2026-06/", ["Production", "Suppliers × months", "June 2026"]),
        ("/production/sites/P05-1/expected/", ["Production", "Suppliers × months", "P05-1"]),
        ("/production/late/P05-1/", ["Production", "Who is late", "P05-1"]),
        ("/production/entry/?site=P05-1&month=2026-08", ["August 2026", "P05-1"]),
        ("/production/nil/", ["Production", "Entry", "Nothing was made"]),
        ("/production/calendar/holidays/new/", ["Production", "Calendar", "New holiday"]),
        ("/suppliers/P05", ["Suppliers", "P05"]),
        ("/suppliers/P05/edit", ["Suppliers", "P05", "Change the supplier"]),
        ("/suppliers/P05/sites/new", ["Suppliers", "P05", "New site"]),
        ("/files/new/", ["Received files", "Upload a file"]),
        ("/files/senders/P05/", ["Received files", "P05", "What is remembered of a sender"]),
    ],
)
def test_every_page_behind_a_list_says_where_it_stands(site, signed_in, admin, address, labels):
    found = trail(page(signed_in(admin), address))
    assert [label for label, _url in found] == labels
    assert found[-1][1] is None
    assert all(url for _label, url in found[:-1])


def test_a_list_has_no_way_back_and_a_room_of_one_page_no_navigation(site, signed_in, admin):
    client = signed_in(admin)
    assert trail(page(client, "/production/lines/")) == []
    shown = page(client, "/exports/")
    assert (tabs(shown), trail(shown)) == (([], []), [])


def test_every_section_names_a_room_and_pages_that_exist():
    rooms = {item.url for item in registry.all_of("rail")}
    below = [name for each in registry.all_of("sections") for name in (each.url, *each.below)]
    assert {each.room for each in registry.all_of("sections")} <= rooms
    assert len(below) == len(set(below))


# What cells of the matrix lead to ---------------------------------------------------------------------
@pytest.fixture
def cells(moment, admin, supplier_user):
    """A site that declared June to be decided, whose August is late; the Grid of both months."""
    made = making.site("P05-1", of="P05")
    making.expect(made, "2026-06")
    declare(supplier_user, made, monthly(making.part("AX-1", made.firm), {"2026-06": 100}))

    def of(user, as_of=""):
        """Return where June and August lead."""
        asked = ask(user, clock.moment(), {}, {})
        months = [month("2026-06"), month("2026-08")]
        found = site_months.grid(asked, months)
        drawn = matrix.drawn(user, found, as_of=as_of)
        return drawn["rows"][0]["url"], [cell["url"] for cell in drawn["rows"][0]["cells"]]

    return of


def test_a_missing_month_leads_whoever_may_declare_to_its_grid(cells, admin, supplier_user, analyst):
    declaration = Declaration.objects.get()
    waiting, grid = f"/production/declarations/{declaration.pk}/", "/production/entry/?site=P05-1&month=2026-08"
    assert cells(admin) == ("/suppliers/P05", [waiting, grid])
    assert cells(supplier_user) == ("/suppliers/P05", [waiting, grid])
    assert cells(analyst) == ("/suppliers/P05", [waiting, "/production/periods/2026-08/"])


def test_what_was_missing_in_an_earlier_situation_leads_to_the_month_as_it_was_known(cells, admin):
    row, (_waiting, late) = cells(admin, as_of="2026-09-20")
    assert row == "/suppliers/P05?as-of=2026-09-20"
    assert late == "/production/periods/2026-08/?as-of=2026-09-20"


# What leads on from a declaration -----------------------------------------------------------------------
def test_a_declaration_leads_to_all_around_it(site, signed_in, admin):
    first, second = Declaration.objects.order_by("revision")
    client = signed_in(admin)
    shown = page(client, f"/production/declarations/{first.pk}/")
    links = {link.get("href") for link in shown.find(".//main").iter("a")}
    assert {
        "/suppliers/P05",
        "/production/sites/P05-1/expected/",
        "/production/periods/2026-06/",
        f"/production/declarations/{second.pk}/",
    } <= links
    revisions = tree.classed(shown, "pills")[0].findall("./li/a")
    assert [tree.words(each) for each in revisions] == ["1 · Accepted", "2 · stands"]
    assert [each.get("aria-current") for each in revisions] == ["page", None]


def lines_url(client, declaration):
    """Return where the page of a declaration leads for its lines."""
    shown = page(client, f"/production/declarations/{declaration.pk}/")
    return tree.classed(shown, "heading-actions")[0].find("a").get("href")


def test_its_lines_are_those_of_the_situation_in_which_it_stood(site, signed_in, admin):
    first, second = Declaration.objects.order_by("revision")
    client = signed_in(admin)
    said = "?site=P05-1&month_from=2026-06&month_to=2026-06"
    assert lines_url(client, second) == f"/production/lines/{said}"
    assert lines_url(client, first) == f"/production/lines/{said}&as-of=v{first.standings.get().from_v}"
    shown = page(client, lines_url(client, first))
    assert [tree.words(cell) for cell in tree.classed(shown, "num", "td")][:2] == ["100", "–"]


def table(shown, name):
    """Return the headings and the rows of the table that has a class."""
    (found,) = tree.classed(shown, name, "table")
    return [tree.words(head) for head in found.find("./thead/tr")], tree.rows(found)


def test_a_first_declaration_shows_its_lines_with_a_column_for_each_measure_that_is_said(moment, signed_in, admin):
    site = making.site("B")
    part, oil = making.part("B-1", site.firm), making.part("B-OIL", site.firm, "oils", "litre")
    said = [(part, {"produced": 100, "scrapped": 0}), (oil, {"produced": 7, "closing": "2.5"})]
    (first,) = declare(admin, site, {"2026-06": said})
    assert table(page(signed_in(admin), f"/production/declarations/{first.pk}/"), "compact") == (
        ["Part", "Produced", "Scrapped", "Closing stock", "Unit"],
        [["B-1", "100", "0", "–", "piece"], ["B-OIL", "7", "–", "2.5", "litre"]],
    )


def changes(client, declaration):
    """Return the rows of what a declaration changes."""
    return table(page(client, f"/production/declarations/{declaration.pk}/"), "changes")[1]


def test_a_later_declaration_shows_what_it_changes(site, signed_in, admin):
    second = Declaration.objects.get(revision=2)
    assert changes(signed_in(admin), second) == [["AX-1", "June 2026", "Produced", "100", "90", "−10"]]


def test_a_month_without_production_shows_the_volumes_whose_place_it_takes(site, signed_in, admin):
    (nil,) = declare(admin, site, {"2026-06": None}, reason="nothing was made after all")
    assert changes(signed_in(admin), nil) == [["AX-1", "June 2026", "Produced", "90", "0", "−90"]]


def test_after_a_month_without_production_volumes_are_shown_as_first_ones(moment, signed_in, admin):
    site = making.site("B")
    declare(admin, site, {"2026-06": None})
    (after,) = declare(admin, site, monthly(making.part("B-1", site.firm), {"2026-06": 5}), reason="found")
    shown = page(signed_in(admin), f"/production/declarations/{after.pk}/")
    assert table(shown, "compact") == (["Part", "Produced", "Unit"], [["B-1", "5", "piece"]])
