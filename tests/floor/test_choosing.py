"""The columns of a list: which, in which order, how many rows; the panel's form and the address say the same."""

import csv
import io

import pytest
from django.http import QueryDict

from partstrack import choosing
from tests import making, tree

pytestmark = pytest.mark.django_db
LINES = "/production/lines/"


@pytest.fixture
def lines(admin):
    """Two sites with three lines each, the brand of none said."""
    for code in ("P05", "P09"):
        site = making.site(code)
        rows = [(making.part(f"{code}-{number}", site.firm), {"produced": 10 * number}) for number in range(3)]
        making.declare(admin, site, {"2026-08": rows})


def headings(page):
    table = tree.read(page.content).find(".//main//table")
    return [tree.words(head).strip(" ↕▲▼") for head in table.find("thead").iter("th")]


def file_of(client, query, address=LINES):
    answer = client.get(f"{address}?{query}&format=csv")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))


def test_the_page_and_both_roads_to_a_file_show_the_same_columns_in_the_same_order(lines, signed_in, analyst):
    client = signed_in(analyst)
    shown = headings(client.get(f"{LINES}?columns=produced,part,month"))
    rows = file_of(client, "columns=produced,part,month")
    assert shown == ["Production", "Pièce", "Mois"]
    assert shown in [row[:3] for row in rows] and all(len(row) <= 3 for row in rows)
    assert ["20", "P05-2", "08/2026"] in rows
    suppliers = "/suppliers/", "columns=sites,name"  # written row by row, not by the base
    shown = headings(client.get("?".join(suppliers)))
    assert shown == ["Sites", "Nom"] and [shown, ["1", "P05"]] == file_of(client, suppliers[1], suppliers[0])[:2]


def test_a_column_that_does_not_exist_is_left_out_with_a_note(lines, signed_in, analyst):
    page = signed_in(analyst).get(f"{LINES}?columns=part,colour,produced")
    assert headings(page) == ["Pièce", "Production"] and "«\u00a0colour\u00a0»" in page.content.decode()


def test_the_panel_offers_what_is_left_out_too_behind_what_is_shown(lines, signed_in, analyst):
    page = signed_in(analyst).get(f"{LINES}?columns=produced,part")
    offered = [(choice.name, choice.place) for choice in choosing.choices(page.context["table"])]
    assert offered[:3] == [("produced", 1), ("part", 2), ("month", None)] and len(offered) == 10


def test_without_a_column_that_exists_the_usual_ones_stand(lines, signed_in, analyst):
    client = signed_in(analyst)
    assert headings(client.get(f"{LINES}?columns=colour")) == headings(client.get(LINES))


def test_a_column_of_the_file_alone_may_be_shown_and_doors_may_not(signed_in, admin):
    from production.tables import LateTable

    class Request:
        user = admin

    names = [column.name for column in choosing.choosable(LateTable([], request=Request))]
    assert "code" not in names and "site" in names


@pytest.mark.parametrize(
    ("asked", "shown"), [("25", 25), ("200", 200), ("7", 50), ("-1", 50), ("1000000", 50), ("x", 50)]
)
def test_a_page_has_one_of_four_sizes(lines, signed_in, analyst, asked, shown):
    page = signed_in(analyst).get(f"{LINES}?per_page={asked}&=1000000")
    assert page.context["table"].page.paginator.per_page == shown


@pytest.mark.parametrize(
    ("sent", "columns"),
    [
        ("column=a&column=b&column=c&place.a=1&place.b=2&place.c=3", "a,b,c"),
        ("column=a&column=b&column=c&place.a=1&place.b=2&place.c=1", "c,a,b"),  # moved to the front
        ("column=a&column=b&column=c&place.a=3&place.b=2&place.c=3", "b,c,a"),  # moved to the end
        ("column=a&column=c&place.a=1&place.b=2&place.c=3", "a,c"),
        ("column=a&column=b&column=d&place.a=1&place.b=2&place.c=3&place.d=", "a,b,d"),
        ("place.a=1&place.b=2", ""),
        ("column=a&column=b&place.a=x&place.b=1", "b,a"),
    ],
)
def test_the_panel_leads_to_one_address(sent, columns):
    query = choosing.tidied(QueryDict(f"choose=columns&usual=z&usual_size=50&per_page=50&page=3&q=x&{sent}"))
    assert query.dict() == ({"q": "x", "columns": columns} if columns else {"q": "x"})


def test_the_usual_columns_need_no_words_in_the_address(lines, signed_in, analyst):
    sent = (
        "choose=columns&usual=part,month&usual_size=50&column=part&column=month&place.part=1&place.month=2&per_page=100"
    )
    answer = signed_in(analyst).get(f"{LINES}?{sent}")
    assert (answer.status_code, answer.url) == (302, f"{LINES}?per_page=100")


def test_filters_sort_and_columns_keep_each_other(lines, signed_in, analyst):
    page = signed_in(analyst).get(
        f"{LINES}?columns=part,produced&sort=-produced&per_page=25&where=produced:ge:10&supplier=P05"
    )
    form = tree.read(page.content).find(".//form[@class='filtering']")
    kept = {(each.get("name"), each.get("value")) for each in form.iter("input") if each.get("type") == "hidden"}
    assert kept >= {
        ("columns", "part,produced"),
        ("sort", "-produced"),
        ("per_page", "25"),
        ("where", "produced:ge:10"),
    }
