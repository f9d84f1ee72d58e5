"""What lists say of themselves: filters in words, their perimeter, what an empty choice means, totals with growth, search."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import making, tree
from tests.making import declare, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites(moment, admin):
    """P05 and P06, each with a part made in June and July of two years; P05 joined in June 2025."""
    made = [making.site(code) for code in ("P05", "P06")]
    for number, site in enumerate(made, start=1):
        part = making.part(f"AX-{site.code}", site.firm)
        rows = {"2025-06": 100, "2025-07": 200, "2026-06": 110 * number, "2026-07": 220 * number}
        declare(admin, site, monthly(part, rows))
    return made


def shown(client, address, language="fr"):
    """Open a page in a language and return its answer; it must be 200."""
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def chips(answer):
    """Return (label, value, can be taken off) of each chip of a page."""
    return [(str(label), str(value), bool(url)) for label, value, url in answer.context["chips"]]


def test_months_of_filters_are_said_in_words_and_the_perimeter_too(sites, signed_in, analyst):
    client = signed_in(analyst)
    address = "/production/lines/?month_from=2026-06&month_to=juillet 2026"
    all_declared = ("Périmètre", "tout ce qui est déclaré", False)
    months = [("Du mois", "juin 2026", True), ("Au mois", "juillet 2026", True)]
    assert chips(shown(client, address)) == [*months, all_declared]
    inside = chips(shown(client, f"{address}&perimeter=1"))
    assert inside == [*months, ("Périmètre", "ce qui compte dans les totaux", True)]
    assert shown(client, address).context["table"].totals == {"produced": 990}


def test_days_of_filters_are_said_in_the_houses_format_in_the_page_and_in_the_file(sites, signed_in, analyst):
    client = signed_in(analyst)
    address = "/production/revisions/?known_from=2026-09-01"
    assert chips(shown(client, address)) == [("Connu à partir du", "01/09/2026", True)]
    lines = b"".join(shown(client, f"{address}&format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert "Connu à partir du: 01/09/2026" in [cell for row in csv.reader(lines, delimiter=";") for cell in row]


def test_a_month_that_cannot_be_read_finds_nothing_and_is_repeated(sites, signed_in, analyst):
    answer = shown(signed_in(analyst), "/production/lines/?month_from=soon")
    assert chips(answer)[0] == ("Du mois", "soon", True)
    assert list(answer.context["table"].data) == []


@pytest.mark.parametrize(
    ("address", "choices"),
    [
        (
            "/production/lines/",
            [
                "Tous les fournisseurs",
                "Tous les sites",
                "Toutes les familles",
                "Toutes les marques",
                "Toutes les gammes",
                "Toutes les unités",
                "Toutes les wilayas",
                "Tout ce qui est déclaré",
            ],
        ),
        ("/production/declarations/", ["Tous les états", "Tous les fournisseurs", "Tous les sites"]),
        ("/production/balance/", ["Tous les fournisseurs"]),
        ("/files/", ["Tous les fournisseurs", "Tous les états"]),
        ("/suppliers/", ["Tous", "Toutes les wilayas"]),
    ],
)
def test_a_choice_that_is_not_made_says_what_it_means(sites, signed_in, admin, address, choices):
    page = tree.read(shown(signed_in(admin), address).content)
    first = [
        tree.words(select.find("option")) for select in page.find(".//main//form[@class='filtering']").iter("select")
    ]
    assert first == choices


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/production/declarations/?q=p06", 4),
        ("/production/declarations/?supplier=P05", 4),
        ("/production/revisions/?q=P06", 4),
        ("/production/late/?q=p06", 32),
        ("/production/late/?q=nobody", 0),
    ],
)
def test_a_list_is_searched_by_supplier_or_site(sites, signed_in, admin, address, found):
    making.expect(sites[1], "2020-01")
    answer = shown(signed_in(admin), address)
    assert len(list(answer.context["table"].data)) == found
    main = next(tree.read(answer.content).iter("main"))  # the head of the page has the search of everything
    search = [field for field in main.iter("input") if field.get("type") == "search"]
    assert len(search) == 1


def test_months_are_listed_in_their_order_with_their_names_and_growth_in_the_total(sites, signed_in, analyst):
    answer = shown(signed_in(analyst), "/production/?year=2026&by=month")
    (table,) = tree.classed(tree.read(answer.content), "list", "table")[-1:]
    assert [row[0] for row in tree.rows(table)] == ["juin 2026", "juillet 2026"]
    total = [tree.words(cell) for cell in table.find("./tfoot/tr")]
    assert [cell.replace("\u202f", " ").replace("\u00a0", " ") for cell in total] == [
        "Total",
        "990",
        "990",
        "600",
        "+65,0 %",
        "+65,0",
    ]


def test_lists_ask_as_much_for_many_rows_as_for_one(sites, signed_in, admin):
    client = signed_in(admin)
    for address in ("/production/declarations/?q=P05", "/production/late/?q=P05"):
        shown(client, address)
        with CaptureQueriesContext(
            connection,
        ) as few:
            shown(client, address)
        with CaptureQueriesContext(connection) as many:
            shown(client, address.partition("?")[0])
        assert len(many) == len(few), address


# The supplier's page -------------------------------------------------------------------------------------
def test_a_supplier_that_declared_nothing_this_year_shows_its_last_year(moment, signed_in, admin, analyst):
    site = making.site("P05")
    declare(admin, site, monthly(making.part("AX-1", site.firm), {"2024-06": 100, "2025-06": 130}))
    client = signed_in(analyst)
    (panel,) = (each for name, each in shown(client, "/suppliers/P05").context["panels"] if "supplier_panel" in name)
    assert (panel["asked"].year, panel["produced"].value, panel["silent"]) == (2025, 130, 2026)
    assert [(label, current) for label, _url, current in panel["years"]] == [
        ("2026", False),
        ("2025", True),
        ("2024", False),
    ]
    (panel,) = (
        each for name, each in shown(client, "/suppliers/P05?year=2024").context["panels"] if "supplier_panel" in name
    )
    assert (panel["asked"].year, panel["produced"].value, panel["silent"]) == (2024, 100, None)


def test_a_suppliers_page_leads_to_its_lists_by_right(sites, signed_in, admin, analyst):
    def ways(user):
        (panel,) = (
            each
            for name, each in shown(signed_in(user), "/suppliers/P05").context["panels"]
            if "supplier_panel" in name
        )
        return [url for _title, url in panel["ways"]]

    everybody = ["/production/lines/", "/production/periods/", "/production/balance/", "/production/revisions/"]
    assert ways(analyst) == [f"{url}?supplier=P05" for url in everybody]
    assert set(ways(admin)) == {f"{url}?supplier=P05" for url in (*everybody, "/production/declarations/", "/files/")}


def test_a_suppliers_page_shows_its_last_twelve_months(sites, signed_in, admin):
    (panel,) = (
        each for name, each in shown(signed_in(admin), "/suppliers/P05").context["panels"] if "expected_panel" in name
    )
    (row,) = panel["matrix"]["rows"]
    assert [cell["state"] for cell in row["cells"]] == ["late"] * 8 + ["received", "received", "late", "expected"]
    assert row["cells"][-2]["url"] == "/production/entry/?site=P05&month=2026-08"
