"""The list of lines where there are many: totals and counts from the sums are those of the lines, queries stay as many."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from office.models import Ledger
from production import line_totals
from production.models import OutputLine
from tests import making

pytestmark = pytest.mark.django_db
LIST = "/production/lines/"


@pytest.fixture
def declared(admin, moment):
    """Two firms in two wilayas, two families, brands, a month in sets, a correction, a joining month."""
    brand = making.brand("MARQUE")
    for number, code in enumerate(("A", "B")):
        site = making.site(code, wilaya="16" if code == "A" else "31")
        parts = [making.part(f"{code}-{family}", site.firm, family) for family in ("brakes", "clutches")]
        for month in ("2026-05", "2026-06"):
            rows = [(part, {"produced": 10 + number, "sold_first_fit": 3 if number else None}) for part in parts]
            rows.append((parts[0], {"produced": 5, "closing": 2}, brand))
            making.declare(admin, site, {month: rows})
    making.declare(admin, site, {"2026-06": [(parts[0], {"produced": 99})]}, reason="corrected")
    making.expect(site, "2026-06")
    return site


QUERIES = (
    "",
    "?supplier=A",
    "?site=B",
    "?family=brakes",
    "?brand=MARQUE",
    "?wilaya=31",
    "?month_from=2026-06",
    "?month_to=2026-05&family=clutches",
    "?perimeter=1",
    "?perimeter=1&supplier=B",
    "?as-of=v{before}",
    "?as-of=v{before}&site=B&month_from=2026-06",
    "?q=A-b",
    "?part=A-brakes",
    "?supplier=NOBODY",
    "?month_from=soon",
)


@pytest.mark.parametrize("query", QUERIES)
def test_totals_and_counts_are_those_of_the_lines(declared, admin, signed_in, query):
    address = LIST + query.format(before=Ledger.objects.get().version - 1)
    table = signed_in(admin).get(address).context["table"]
    rows = table.data.data
    sums = rows.order_by().aggregate(**{f"t_{name}": Sum(name) for name in ("produced", "sold", "scrapped", "closing")})
    several = rows.order_by().values("month").distinct().count() > 1
    wanted = {
        name[2:]: total for name, total in sums.items() if total is not None and not (several and "closing" in name)
    }
    assert (table.totals, table.paginator.count) == (wanted, rows.count())


def test_a_supplier_gets_the_totals_of_its_own_lines(declared, admin, supplier_user, signed_in):
    site = making.site("P05")
    making.declare(admin, site, {"2026-06": [(making.part("P", site.firm), {"produced": 7})]})
    table = signed_in(supplier_user).get(LIST).context["table"]
    assert (table.totals, table.paginator.count) == ({"produced": 7}, 1)


def test_lines_in_several_units_have_no_total(declared, admin, signed_in):
    making.declare(admin, declared, {"2026-07": [(making.part("S", declared.firm, unit="set"), {"produced": 7})]})
    assert signed_in(admin).get(LIST).context["table"].totals == {}
    assert signed_in(admin).get(f"{LIST}?unit=set").context["table"].totals == {"produced": 7}


def test_the_search_of_too_many_lines_says_no_total(declared, admin, signed_in, monkeypatch):
    monkeypatch.setattr("partstrack.paging.COUNTED", 2)
    page = signed_in(admin).get(f"{LIST}?q=A")
    table = page.context["table"]
    assert (table.totals, table.paginator.more_than_counted) == ({}, True)
    assert "trop nombreuses" in page.content.decode() and "sur plus de" in page.content.decode()


@pytest.mark.parametrize("address", [LIST, f"{LIST}?sort=-produced", f"{LIST}?q=A", f"{LIST}?sort=part"])
def test_a_thousand_lines_ask_no_more_than_one(admin, signed_in, address):
    site, client = making.site("A"), signed_in(admin)

    def queries(count, month):
        parts = [making.part(f"A{month}{number}", site.firm) for number in range(count)]
        making.declare(admin, site, {month: [(part, {"produced": 1}) for part in parts]})
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    assert len({queries(1, "2026-05"), queries(3, "2026-06"), queries(1000, "2026-07")}) == 1


def test_pages_of_lines_follow_one_another_by_the_links(admin, signed_in):
    site, client = making.site("A"), signed_in(admin)
    parts = [making.part(f"A{number:03d}", site.firm) for number in range(120)]
    making.declare(admin, site, {"2026-05": [(part, {"produced": 1}) for part in parts]})
    seen, address = [], LIST
    for _page in range(3):
        page = client.get(address).context["table"].page
        seen += [row.record.pk for row in page.object_list]
        address = LIST + page.next_address
    assert len(seen) == 120 and set(seen) == set(OutputLine.objects.values_list("pk", flat=True))
    assert not page.has_next() and client.get(f"{LIST}?page=99").context["table"].page.number == 3


def test_totals_of_nothing_are_nothing(db):
    found = line_totals.totals(0, line_totals.Narrowed(first=date(2026, 1, 1)))
    assert (found.lines, found.units, found.sums) == (0, 0, {})


def test_a_name_is_found_however_it_is_typed(admin, signed_in):
    firm = making.firm("ELITE")
    firm.name, firm.name_ar = "Éts. Bénâlî & Fils", "مؤسسة بن علي"
    firm.save()
    making.firm("OTHER")
    for typed in ("benali", "BÉNALI", "ets benali", "elit", "موسسه", "بن علی"):
        rows = signed_in(admin).get("/suppliers/", {"q": typed}).context["table"].data.data
        assert [row.firm.code for row in rows] == ["ELITE"], typed
