"""The rows behind each figure: their number, or the sum of their column, is the figure's number, page and file alike."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from office import clock
from office.asking import ask
from partstrack import registry
from tests import making, worlds
from tests.exports.agreements import JULY, JUNE, agreement, commit, ship
from tests.integration.programmes import component, programme
from tests.playing import play
from tests.production.test_twins import ask as question_asked
from tests.workshops.network import workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(moment, admin):
    """Three sites of which one is silent in August, three workshops in two wilayas, a model of three components, exports."""
    for code, last in (("P05", "2026-08"), ("P06", "2026-07"), ("P07", "2026-08")):
        site = making.site(code)
        making.expect(site, "2025-01")
        part = making.part(f"{code}-1", site.firm)
        for year, until in ((2025, 8), (2026, int(last[-2:]))):
            making.declare(admin, site, making.monthly(part, {f"{year}-{n:02d}": 10 for n in range(1, until + 1)}))
    for code, wilaya in (("A", "16"), ("B", "16"), ("C", "31")):
        workshop(code, wilaya, joined=date(2026, 1, 1))
    workshop("GONE", "09", joined=date(2024, 1, 1), left=date(2025, 1, 1))
    model = programme("M1", approved_on=date(2024, 8, 22))
    component(model, "4.0")
    component(model, "3.25")
    component(model, "2.8", local=False)
    signed = agreement("EXP", making.firm("P05"))
    commit(signed, 1000, JULY, JUNE)
    ship(signed, 70, date(2026, 8, 2))
    ship(signed, 11, date(2026, 9, 2))


def whole(user, figure, **filters):
    """Return a figure's answer, asked plainly."""
    year = "2026" if figure.period == "months" else None
    return figure.compute(ask(user, clock.moment(), {"year": year}, filters))


def listed(client, name, what, **words):
    """Return the rows and the totals of a list as the page has them."""
    page = client.get(reverse("figure_rows", args=[name, what]), words)
    assert page.status_code == 200
    table = page.context["table"]
    return [row.record for row in table.rows], table.totals


def in_file(client, name, what, **words):
    """Return the rows of the same list as its csv has them: dictionaries by heading."""
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("figure_rows", args=[name, what]), {**words, "format": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    end = lines.index([]) if [] in lines else len(lines)
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:end]]


LISTS = [(each.figure, each.name) for each in registry.all_of("counted")]


@pytest.mark.parametrize(("name", "what"), LISTS)
def test_rows_on_the_page_and_in_the_file_come_to_the_number_of_the_figure(world, signed_in, analyst, name, what):
    client, figure = signed_in(analyst), registry.figure(name)
    counted = next(each for each in registry.counted(name) if each.name == what)
    filters = {"programme": "M1"} if name == "regulatory_rate" else {}
    rows, totals = listed(client, name, what, **filters)
    filed = in_file(client, name, what, **filters)
    assert len(filed) == len(rows)
    if counted.of:
        number = getattr(whole(analyst, figure, **filters), counted.of)
        sums = [
            row[counted.sums] if isinstance(row, dict) else getattr(row, counted.sums) for row in rows if counted.sums
        ]
        assert (sum(sums, Decimal(0)).quantize(Decimal("1e-9")) if counted.sums else len(rows)) == number.quantize(
            Decimal("1e-9")
        )
        assert totals == ({counted.sums: number} if counted.sums else {})


def test_completeness_counts_23_of_24_and_names_the_one_that_is_missing(world, signed_in, analyst):
    client = signed_in(analyst)
    assert [len(listed(client, "coverage", what)[0]) for what in ("received", "expected", "missing")] == [23, 24, 1]
    (missing,), _totals = listed(client, "coverage", "missing")
    assert (missing["place"].code, missing["month"], missing["cell"].state) == ("P06", date(2026, 8, 1), "late")


def test_lists_keep_the_filters_and_the_situation_of_the_figure(world, signed_in, analyst):
    client = signed_in(analyst)
    assert [len(listed(client, "coverage", what, supplier="P05")[0]) for what in ("received", "missing")] == [8, 0]
    assert len(listed(client, "coverage", "received", **{"as-of": "v1"})[0]) == 0
    assert [row["code"] for row in listed(client, "territorial_coverage", "covered")[0]] == ["16", "31"]
    assert len(listed(client, "territorial_coverage", "uncovered", vintage="69")[0]) == 67
    assert [row.code for row in listed(client, "workshops", "workshops", zone="sud")[0]] == []


def test_a_rate_of_all_programmes_has_components_but_no_sum(world, signed_in, analyst):
    rows, totals = listed(signed_in(analyst), "regulatory_rate", "local")
    assert ([row.contributive_rate for row in rows], totals) == ([Decimal("4.0"), Decimal("3.25")], {})


def test_an_unknown_figure_list_or_code_is_not_found(world, signed_in, analyst):
    client = signed_in(analyst)
    for address in ("/figures/coverage/rows/nothing/", "/figures/nothing/rows/received/"):
        assert client.get(address).status_code == 404
    assert client.get("/figures/coverage/rows/received/?supplier=NOBODY").status_code == 404
    assert client.get("/figures/coverage/rows/received/?year=20x6").status_code == 404


def test_a_supplier_reads_its_own_rows_alone(world, signed_in, supplier_user):
    client = signed_in(supplier_user)
    rows, _totals = listed(client, "coverage", "expected")
    assert {row["place"].firm.code for row in rows} == {"P05"}
    assert listed(client, "workshops", "workshops")[0] == []
    assert listed(client, "suppliers_active", "suppliers")[0][0].firm.code == "P05"


# The page of a figure -------------------------------------------------------------------------------------
def page(client, address, language="en"):
    """Return the context and the plain words of a page."""
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context, " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_numerator_and_denominator_are_named_in_words_and_lead_to_their_rows(world, signed_in, analyst):
    context, html = page(signed_in(analyst), "/figures/territorial_coverage/")
    assert [(str(each["title"]), each["of"], each["number"]) for each in context["lists"][:2]] == [
        ("Wilayas with at least one active workshop", "numerator", 2),
        ("All wilayas of the same division", "denominator", 58),
    ]
    assert "2 ÷ 58 = 3.4%" in html


@pytest.mark.parametrize(
    ("address", "columns"),
    [
        ("/figures/coverage/?by=supplier", {"share", "base", "change"}),
        ("/figures/export_fulfilment/", {"share"}),
        ("/figures/regulatory_rate/?programme=M1", {"total"}),
        ("/figures/produced/", {"compared", "base", "change", "contribution", "total"}),
    ],
)
def test_a_table_has_only_the_columns_that_say_something(world, signed_in, analyst, address, columns):
    context, _html = page(signed_in(analyst), address)
    assert {name for name, shown in context["columns"].items() if shown is True} == columns


def test_a_rate_is_shown_by_what_is_not_fixed_and_adds_up(world, signed_in, analyst):
    context, _html = page(signed_in(analyst), "/figures/regulatory_rate/?programme=M1")
    assert context["answer"].by == "component"
    assert sum(group.value for _label, group, _lines, _narrow in context["groups"]) == Decimal("7.25")


def test_each_figure_offers_the_words_that_it_understands(world, signed_in, analyst):
    client = signed_in(analyst)
    asked = {
        name: [list(pill["form"].fields) for pill in page(client, f"/figures/{name}/")[0]["pills"] if pill["form"]]
        for name in ("produced", "workshops", "suppliers_active", "export_progress")
    }
    assert asked == {
        "produced": [["as-of", "base-year", "from", "to"]],
        "workshops": [["on", "base-year"]],
        "suppliers_active": [["on"]],
        "export_progress": [["as-of"]],
    }


def test_a_filter_of_its_own_is_a_chip_with_a_name(world, signed_in, analyst):
    context, _html = page(signed_in(analyst), "/figures/territorial_coverage/?vintage=69&zone=south")
    assert [(label, str(value)) for label, value, _url in context["chips"]] == [
        ("Division", "69 wilayas"),
        ("Zone", "South"),
    ]


def test_litres_are_never_called_parts(world, admin, signed_in, analyst):
    site = making.site("OIL")
    oil = making.part("OIL-1", site.firm, "oils", unit="litre")
    for year in (2025, 2026):
        making.declare(admin, site, making.monthly(oil, {f"{year}-{n:02d}": 20 for n in range(1, 9)}))
    client = signed_in(analyst)
    context, _html = page(client, "/figures/produced/?unit=litre&year=2026")
    assert (context["title"], context["unit_label"], context["answer"].value) == ("Production (litres)", "litres", 160)
    assert [(other["label"], other["value"]) for other in context["other_units"]] == [("pieces", 230)]
    french, _html = page(client, "/figures/sold/?unit=litre&year=2026", "fr")
    assert french["title"] == "Ventes (litres)"
    for address in ("/production/", "/", "/figures/sold/say/", "/figures/produced/say/"):
        _context, html = page(client, f"{address}?unit=litre&year=2026")
        assert "Parts produced" not in html and "Parts sold" not in html
        assert "Production (litres)" in html or "Sales (litres)" in html
    home, html = page(client, "/?year=2026")
    assert [other["url"] for other in home["other_units"]] == ["?year=2026&unit=litre"]
    assert "160 litres" in html


def test_a_list_asks_as_many_questions_for_one_site_as_for_many(world, admin, signed_in, analyst):
    client, counts = signed_in(analyst), []
    listed(client, "coverage", "expected")
    for code in ("P08", "P09", "P10"):
        with CaptureQueriesContext(connection) as queries:
            listed(client, "coverage", "expected")
        counts.append(len(queries))
        site = making.site(code)
        making.expect(site, "2026-01")
        making.declare(admin, site, making.monthly(making.part(f"{code}-1", site.firm), {"2026-01": 1}))
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    "query", ["?by=nothing", "?on=yesterday", "?from=2026-13", "?as-of=v999999", "?vintage=99", "?zone=x"]
)
def test_odd_words_never_break_the_page_of_a_figure(world, signed_in, analyst, query):
    client = signed_in(analyst)
    for figure in registry.all_of("figures"):
        assert client.get(f"/figures/{figure.name}/{query}").status_code in (200, 404)


def test_every_role_that_sees_has_every_page_of_a_figure(world, client, moment, analyst, supplier_user):
    for user in (analyst, supplier_user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        statuses = {
            client.get(f"/figures/{figure.name}/?by={dim}").status_code
            for figure in registry.all_of("figures")
            for dim in figure.dims or ("",)
            if user.may(figure.right)
        }
        assert statuses <= {200, 404}, user.roles
    assert Role.SUPPLIER in supplier_user.roles


# In any world --------------------------------------------------------------------------------------------
def test_completeness_equals_its_rows_in_generated_worlds():
    coverage = registry.figure("coverage")
    rows = {each.of: each.rows for each in registry.counted("coverage") if each.of}

    @given(data=st.data(), plan=worlds.plans())
    def holds(data, plan):
        with transaction.atomic():
            game = play(plan)
            question = data.draw(worlds.questions(plan, game.versions, ("month",)))
            asked = question_asked(question)
            answer = coverage.compute(asked)
            assert {of: len(read(asked)) for of, read in rows.items()} == {
                "numerator": answer.numerator,
                "denominator": answer.denominator,
            }
            transaction.set_rollback(True)

    holds()
