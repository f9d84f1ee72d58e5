"""From a thing of a list to its neighbours: the same order and filters as the list, and nothing of others."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partstrack.paging import Order
from production.models import OutputLine
from tests import making, tree

pytestmark = pytest.mark.django_db
LINES = "/production/lines/"


@pytest.fixture
def lines(admin):
    """Twelve lines of two sites and months, some amounts the same, some not said."""
    for code in ("P05", "P09"):
        site = making.site(code)
        parts = [making.part(f"{code}-{number}", site.firm) for number in range(3)]
        for month in ("2026-07", "2026-08"):
            amounts = (None, 5, 5)
            making.declare(
                admin,
                site,
                {month: [(part, {"produced": n, "scrapped": 1}) for part, n in zip(parts, amounts, strict=True)]},
            )
    return OutputLine.objects.all()


@pytest.mark.parametrize(
    "order", [["pk"], ["-pk"], ["produced", "pk"], ["-produced", "-pk"], ["-month", "site_id", "part_id", "pk"]]
)
def test_the_neighbours_are_those_of_the_list_whatever_is_same_or_not_said(lines, order):
    rows = lines.order_by(*order)
    keys = list(rows.values_list("pk", flat=True))
    found = [Order(rows).sides("pk", key) for key in keys]
    assert found == list(zip([None, *keys[:-1]], [*keys[1:], None], strict=True)) and len(keys) == 12


def ways(page):
    """Return {rel: address} of the links to the neighbours and back."""
    nav = tree.read(page.content).find(".//nav[@class='walk']")
    return {} if nav is None else {link.get("rel", "list"): link.get("href") for link in nav.iter("a")}


def test_one_goes_through_a_filtered_list_in_its_order_and_back_to_it(lines, signed_in, analyst):
    client = signed_in(analyst)
    listed = client.get(LINES, {"sort": "-part", "where": "produced:is:5", "supplier": "P05"})
    keys = [row.record.pk for row in listed.context["table"].page.object_list]
    page = client.get(listed.context["table"].address_of(listed.context["table"].page.object_list[0].record))
    seen = [page.context["line"].pk]
    while "next" in ways(page):
        page = client.get(ways(page)["next"])
        seen.append(page.context["line"].pk)
    assert seen == keys and len(keys) == 4
    back = client.get(ways(page)["list"])
    assert [row.record.pk for row in back.context["table"].page.object_list] == keys


def test_a_supplier_walks_through_their_own_lines_only(lines, signed_in, supplier_user):
    client = signed_in(supplier_user)
    last = lines.filter(site__code="P05").order_by("-month", "site_id", "part_id").last()
    page = client.get(f"{LINES}{last.pk}/", {"among": "line_list?"})
    assert set(ways(page)) == {"prev", "list"}


@pytest.mark.parametrize("among", ["", "home?", "no_such?", "user_list?", "supplier_list?", "line_list"])
def test_what_is_no_list_of_this_page_gives_no_ways(lines, signed_in, analyst, among):
    page = signed_in(analyst).get(f"{LINES}{lines.first().pk}/", {"among": among})
    assert page.status_code == 200 and bool(ways(page)) == (among == "line_list")


def test_the_ways_cost_two_questions_beside_those_of_the_list(lines, signed_in, analyst):
    client, address = signed_in(analyst), f"{LINES}{lines.first().pk}/"
    client.get(address)
    counts = []
    for among in ("", "line_list?"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{address}?{urlencode({'among': among})}")
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 2
