"""Exchange rates: a new one moves nothing; exactly what takes it moves, from its day on, once."""

from datetime import date
from decimal import Decimal

import pytest

from integration.models import Component, ContentInput, ExchangeRate, PartContent, Policy
from integration.portfolio_changes import changes
from integration.rates import read
from tests.integration.programmes import component, programme
from tests.integration.test_contents import content
from tests.making import site

pytestmark = pytest.mark.django_db
ON, BEFORE = date(2026, 9, 22), date(2026, 9, 21)


def rate(on, value, currency="EUR"):
    """Enter a rate."""
    return ExchangeRate.objects.create(currency=currency, on=on, rate=value, source="bank")


def test_a_rate_moves_nothing_until_a_programme_takes_it_and_then_that_alone(signed_in, admin):
    old, dollar = rate(date(2026, 1, 1), 130), rate(BEFORE, 100, "USD")
    rule = Policy.objects.create(
        code="v", method="algeria_2017", edition="v", valid_from=date(2020, 1, 1), source="s", tier2="rolled_down"
    )
    made = content(site("S1"), price=800)
    ContentInput.objects.create(content=made, kind="import", name="steel", value=2, currency="EUR", exchange=old)
    one, other = programme("M1"), programme("M2")
    for each in (one, other):
        component(each, 4, value=800, content=made)
        component(each, None, local=False, value=1, currency="EUR", exchange=old)
        component(each, None, local=False, value=1, currency="USD", exchange=dollar)
    component(one, None, local=False, value=1, currency="EUR", exchange=old, valid_to=date(2026, 2, 1))

    def rates():
        return [read(each, day, rule).value for each in (one, other) for day in (BEFORE, ON)]

    first = rates()
    fresh = rate(date(2026, 9, 1), 160)
    assert rates() == first
    client = signed_in(admin)
    address = "/integration/M1/exchange"
    asked = {"currency": "EUR", "on": "2026-09-22", "rate": ""}
    page = client.get(address, asked)
    expected = {each: after for each, _before, after, _moved in page.context["results"]}[rule]
    hidden = page.context["hidden"]
    assert client.post(address, {**hidden, "reason": ""}).context["against"]
    assert client.post(address, {**hidden, "mark": "old", "reason": "why"}).context["against"]
    assert rates() == first
    hidden = {**hidden, "key": "take-once", "reason": "New month"}
    assert client.post(address, hidden).url == "/integration/M1"
    assert client.post(address, hidden).url == "/integration/M1"
    now = rates()
    assert now == [first[0], expected, *first[2:]]
    assert expected < first[1]
    taken = Component.objects.filter(programme=one, valid_from=ON)
    assert {(row.exchange_id, row.valid_to) for row in taken} == {(fresh.pk, None), (None, None)}
    assert Component.objects.filter(programme=one).count() == 6
    assert Component.objects.filter(programme=other, exchange=fresh).count() == 0
    assert sorted(PartContent.objects.values_list("first_month", "last_month")) == [
        (date(2026, 1, 1), date(2026, 8, 1)),
        (date(2026, 9, 1), date(2026, 12, 1)),
    ]
    found = changes([one], BEFORE, ON, rule)[one.pk]
    assert (found.points, found.components, found.values) == (found.exchange, 0, 0)
    assert found.points == now[1] - now[0]
    again = client.get(address, {**asked, "rate": fresh.pk})
    assert again.context["found"].components == ()


def test_what_begins_on_the_day_takes_the_rate_where_it_stands(signed_in, admin):
    one, old = programme("M1"), rate(date(2026, 1, 1), 130)
    component(one, None, local=False, value=1, currency="EUR", exchange=old, valid_from=ON)
    fresh = rate(date(2026, 9, 1), Decimal(160))
    client = signed_in(admin)
    page = client.get("/integration/M1/exchange", {"currency": "EUR", "on": "2026-09-22"})
    client.post("/integration/M1/exchange", {**page.context["hidden"], "reason": "r"})
    row = Component.objects.get()
    assert (row.exchange, row.valid_from, row.version) == (fresh, ON, 2)
    assert client.get("/integration/M1/exchange").status_code == 200
    programme("M2")
    assert client.get("/integration/M2/exchange").status_code == 200
