"""The portfolio: sums over sums by rule, never a mean; and what changed since a day, split so that the parts add up."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from integration.counting import Item, Rule
from integration.models import (
    Component,
    ContentInput,
    ExchangeRate,
    PartContent,
    Policy,
    ProgrammeVolume,
    VehicleProgramme,
)
from integration.portfolio import portfolio, totals, whole
from integration.portfolio_changes import ONE, Bought, Money, Priced, change, changes
from integration.portfolio_figures import portfolio_rate
from integration.rates import read
from office.asking import ask
from partstrack.figures import WrongCall
from tests.integration.programmes import component, programme
from tests.making import part, site

ON, SINCE = date(2026, 9, 22), date(2026, 1, 1)
db = pytest.mark.django_db


def volume(of, built=None, planned=None, year=2026):
    """Say how many vehicles a programme has in a year."""
    return ProgrammeVolume.objects.create(programme=of, year=year, built=built, planned=planned)


def law(code="value", method=Policy.Method.ALGERIA_2017, **values):
    """Make a rule in value."""
    values = {"edition": code, "valid_from": date(2020, 1, 1), "source": "test", **values}
    return Policy.objects.create(code=code, method=method, **values)


@db
def test_seventy_on_a_hundred_and_twenty_on_nine_hundred_is_twenty_five_not_forty_five(admin, moment):
    for code, rate, built in (("A", 70, 100), ("B", 20, 900)):
        one = programme(code)
        component(one, rate)
        volume(one, built)
    component(programme("C"), 90)  # no vehicles: outside
    answer = portfolio_rate(ask(admin, moment, {"by": "programme"}, {}))
    assert answer.value == 25
    assert (answer.numerator, answer.denominator) == (25_000, 100_000)
    mean = sum(group.value for group in answer.groups) / len(answer.groups)
    assert mean == 45
    assert answer.more["rules"][0]["without_vehicles"] == 1
    assert sum(group.numerator for group in answer.groups) == answer.numerator
    with pytest.raises(WrongCall):
        portfolio_rate(ask(admin, moment, {"from": "2026-01", "to": "2026-02"}, {}))
    assert portfolio_rate(ask(admin, moment, {"year": "2025"}, {})).value is None


ROWS = st.lists(st.tuples(st.integers(0, 100), st.one_of(st.none(), st.integers(0, 50))), min_size=1, max_size=4)


@db
@given(ROWS)
def test_the_naive_twin_counts_every_vehicle_by_itself(rows):
    for model in (ProgrammeVolume, Component, VehicleProgramme):
        model.objects.all().delete()
    low, vehicles = Decimal(0), 0
    for number, (rate, built) in enumerate(rows):
        one = programme(f"P{number}")
        component(one, rate)
        if built is not None:
            volume(one, built)
            for _vehicle in range(built):
                low, vehicles = low + rate, vehicles + 1
    (total,) = totals(portfolio(list(whole(None)), ON, 2026).values())
    assert total.vehicles == vehicles
    assert total.value == (round(low / vehicles, 12) if vehicles else None)


@db
def test_rates_under_two_rules_are_never_in_one_total(admin, moment):
    one, two = programme("A"), programme("B")
    for each in (one, two):
        component(each, 10, value=Decimal(100))
        volume(each, planned=10)
    two.market_id = "TN"
    two.save()
    law("tn", market_id="TN")
    answer = portfolio_rate(ask(admin, moment, {"by": "rule"}, {}))
    assert answer.value is None
    assert {group.key: group.value for group in answer.groups} == {"tn": 100, "dz-algeria-2024": 10}
    asked = portfolio_rate(ask(admin, moment, {}, {"rule": "tn"}))
    assert (asked.value, asked.numerator) == (100, 2000)


def priced(code, supply="local", amount="100", currency="DZD", exchange="1", points="5", **item):
    """Return a component on a day."""
    made = Item((code, supply), supply, points=Decimal(points), **item)
    return Priced(code, None, made, ONE, Money(Decimal(amount), currency, Decimal(exchange)))


VALUE = Rule("value")


def test_each_cause_moves_its_own_part_alone():
    base = [priced("a"), priced("b", "imported", currency="EUR", exchange="2")]

    def parts(now, then=base, rule=VALUE):
        found = change(then, now, VALUE, rule, {"EUR": Decimal(2)})
        assert found.components + found.values + found.exchange + found.rule == found.points
        return [name for name in ("components", "values", "exchange", "rule") if getattr(found, name)]

    assert parts(base) == []
    assert parts([base[0], priced("b", "imported", currency="EUR", exchange="3")]) == ["exchange"]
    assert parts([priced("a", amount="120"), base[1]]) == ["values"]
    assert parts([*base, priced("c", currency="EUR", exchange="2")]) == ["components"]
    assert parts([*base, priced("c", currency="EUR", exchange="3")]) == ["components", "exchange"]
    assert parts([base[0], priced("b", currency="EUR", exchange="2")]) == ["components"]
    assert parts([base[0]]) == ["components"]
    assert parts(base, rule=Rule("points")) == ["rule"]
    assert change([], base, VALUE, VALUE, {}) is None


def test_an_exchange_rate_inside_a_content_is_an_exchange_rate():
    def made(exchange, share=None):
        bought = (Bought(("import", "steel", "EUR", 0), Money(Decimal(2), "EUR", Decimal(exchange)), share),)
        first = priced("a", amount="800")
        return [Priced("a", None, first.item, ONE, first.money, Decimal(800), bought)]

    rule = Rule("value", tier2="rolled_down")
    found = change(made(130), made(160), rule, rule, {})
    assert (found.before, found.now, found.exchange, found.values) == (Decimal("67.5"), 60, Decimal("-7.5"), 0)


SIDES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["local", "imported", "unknown"]),
        st.integers(0, 9),
        st.sampled_from(["DZD", "EUR", "USD"]),
        st.integers(1, 9),
        st.integers(0, 9),
    ),
    unique_by=lambda row: row[0],
    max_size=4,
)


@given(SIDES, SIDES, st.sampled_from(["points", "value"]), st.sampled_from(["points", "value"]))
def test_the_parts_add_up_to_the_change(then, now, first, last):
    sides = [
        [
            priced(code, supply, amount, currency, 1 if currency == "DZD" else rate, points)
            for code, supply, amount, currency, rate, points in side
        ]
        for side in (then, now)
    ]
    found = change(*sides, Rule(first), Rule(last), {"EUR": Decimal(4)})
    if found is not None:
        assert found.components + found.values + found.exchange + found.rule == found.now - found.before


@db
def test_a_change_is_read_of_the_base_and_ends_at_the_rate_of_the_day():
    one, where = programme(), site("S1")
    old, new = (
        ExchangeRate.objects.create(currency="EUR", on=on, rate=rate, source="s")
        for on, rate in ((date(2025, 12, 1), 130), (date(2026, 6, 1), 160))
    )
    component(one, 4, value=Decimal(800), valid_to=date(2026, 3, 1), local=False)
    item = component(one, 4, value=Decimal(800), valid_from=date(2026, 3, 1))
    item.code = "c1"
    item.save()
    euro = component(one, None, local=False, value=Decimal(2), currency="EUR", exchange=old, valid_to=date(2026, 7, 1))
    after = component(
        one, None, local=False, value=Decimal(2), currency="EUR", exchange=new, valid_from=date(2026, 7, 1)
    )
    after.code = euro.code
    after.save()
    content = PartContent.objects.create(
        part=part("R1", where.firm), site=where, first_month=SINCE, last_month=date(2026, 12, 1), value=800
    )
    ContentInput.objects.create(content=content, kind="import", name="steel", value=2, currency="EUR", exchange=old)
    item.content = content
    item.save()
    rule = law(tier2="rolled_down")
    found = changes([one], SINCE, ON, rule)[one.pk]
    assert found.before == read(one, SINCE, rule).value == 0
    assert found.now == read(one, ON, rule).value
    assert found.components > 0
    assert found.exchange < 0
    assert (found.values, found.rule) == (0, 0)


@db
def test_the_page_shows_totals_steps_and_changes_by_a_fixed_number_of_questions(signed_in, analyst, supplier_user):
    client = signed_in(analyst)
    address = "/integration/portfolio/?since=2026-01-01"

    def add(code, **values):
        one = programme(code, approved_on=date(2024, 8, 22), **values)
        component(one, 5)
        component(one, 3, valid_from=date(2026, 5, 1))
        volume(one, 100)

    def asked():
        with CaptureQueriesContext(connection) as found:
            page = client.get(address)
        return len(found), page

    add("A")
    client.get(address)
    counts = [asked()[0]]
    for number in range(6):
        add(f"B{number}")
        if number in (1, 5):
            counts.append(asked()[0])
    assert len(set(counts)) == 1
    page = asked()[1]
    ((total, words),) = page.context["found"]
    assert (total.value, total.vehicles, total.programmes) == (8, 700, 7)
    assert "22/09/2026" in words
    assert [row.points for row in page.wsgi_request.compared.values()] == [3] * 7
    lines = b"".join(client.get(f"{address}&format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert "A maker – A" in lines[1]
    assert "by components" in lines[0] or "composants" in lines[0]
    assert client.get("/integration/portfolio/?year=x&rule=y").status_code == 200
    add("OWN", maker="P05")
    mine = signed_in(supplier_user).get("/integration/portfolio/")
    assert [row.record.code for row in mine.context["table"].rows] == ["OWN"]
    assert mine.context["found"][0][0].programmes == 1


@db
def test_the_vehicles_of_a_year_are_typed_in_once(signed_in, admin):
    one, client = programme("M1"), signed_in(admin)
    sent = {"year": "2026", "planned": "100", "key": "k1"}
    assert client.post("/integration/M1/volumes/new", sent).url == "/integration/M1"
    client.post("/integration/M1/volumes/new", sent)
    assert [(row.planned, row.built) for row in one.volumes.all()] == [(100, None)]
    refused = client.post("/integration/M1/volumes/new", {**sent, "key": "k2"})
    assert refused.context["form"].non_field_errors()
    row = one.volumes.get()
    edit = {**sent, "built": "90", "version": "1", "reason": "", "key": "k3"}
    assert client.post(f"/integration/M1/volumes/{row.pk}/edit", edit).status_code == 302
    assert (
        client.post(f"/integration/M1/volumes/{row.pk}/edit", {**edit, "built": "80", "key": "k4"}).status_code == 409
    )
    assert one.volumes.get().built == 90
