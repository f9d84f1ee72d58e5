"""The simulator's page: with nothing supposed the official rate, 14.9 → 20.1 and back, candidates, scenarios side by side."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Family
from integration import demo
from integration.models import Component, ExchangeRate, Policy, Scenario
from suppliers.models import Paper, Standard
from tests import making
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db
AT = "/integration/MOD-1/simulator"


@pytest.fixture
def modele(moment):
    """The invented programme of the demonstration."""
    demo.load(None)


def test_nothing_supposed_is_the_official_rate(modele, signed_in, analyst):
    page = signed_in(analyst).get(AT)
    assert page.context["counted"].value == page.context["reading"].value == Decimal("14.9")
    assert page.context["change"] == 0
    assert page.context["target"].minimum == 20
    smallest = page.context["smallest"]
    assert ([row.code for row in smallest["rows"]], smallest["found"].value, smallest["found"].exact) == (
        ["exhaust", "wheels"],
        Decimal("20.1"),
        True,
    )


def test_two_ticks_reach_the_step_and_taking_them_off_goes_back(modele, signed_in, analyst):
    client = signed_in(analyst)
    page = client.get(AT, {"local": ["exhaust", "wheels"]})
    assert (page.context["counted"].value, page.context["change"]) == (Decimal("20.1"), Decimal("5.2"))
    assert [rung.reached for rung in page.context["rungs"]] == [True, True, False]
    assert [row[0].code for row in page.context["ranked"] if row[2]] == ["exhaust", "wheels"]
    assert client.get(
        client.get(AT).context["smallest"]["url"] and AT + client.get(AT).context["smallest"]["url"]
    ).context["counted"].value == Decimal("20.1")
    assert client.get(AT, {"out": ["seats"]}).context["counted"].value == Decimal("10.9")
    assert client.get("/integration/MOD-1").context["reading"].value == Decimal("14.9")


def test_prices_and_exchange_rates_move_a_rule_in_value_only(modele, signed_in, analyst):
    client = signed_in(analyst)
    ruled = {"rule": "dz-algeria-2017"}
    assert client.get(AT, ruled).context["counted"].value == 30
    dear = client.get(AT, {**ruled, "fx.EUR": "295"}).context["counted"]
    assert dear.denominator == 5_000_000 + 2_950_000
    assert client.get(AT, {**ruled, "value.exhaust": "600 000"}).context["counted"].denominator == 5_300_000
    assert client.get(AT, {"fx.EUR": "295"}).context["counted"].value == Decimal("14.9")


def test_what_cannot_be_read_is_said_and_left_out(modele, signed_in, analyst):
    page = signed_in(analyst).get(AT, {"local": "nothing", "value.exhaust": "2.875", "fx.EUR": "x", "step": "z"})
    assert len(page.context["supposed"].notes) == 3
    assert page.context["counted"].value == Decimal("14.9")


def test_a_certified_site_of_the_family_is_a_candidate(signed_in, analyst, moment):
    one, site, brakes = (
        programme("M1", approved_on=date(2024, 8, 22)),
        making.site("P05"),
        Family.objects.get(code="brakes"),
    )
    component(one, "4", local=False, family=brakes)
    client = signed_in(analyst)
    assert client.get("/integration/M1/simulator").context["ranked"][0][3] == []
    paper = Paper.objects.create(
        firm=site.firm,
        site=site,
        standard=Standard.objects.get(code="iso-9001"),
        number="1",
        body="b",
        valid_from=date(2024, 1, 1),
    )
    paper.families.add(brakes)
    assert [each.site for each in client.get("/integration/M1/simulator").context["ranked"][0][3]] == [site]
    Paper.objects.update(valid_to=date(2026, 9, 21))
    assert client.get("/integration/M1/simulator").context["ranked"][0][3] == []


def test_scenarios_stand_side_by_side_and_in_a_file(modele, signed_in, analyst, admin):
    client = signed_in(analyst)
    for name, said in (("Deux", "local=exhaust&local=wheels"), ("Un", "local=exhaust")):
        sent = {"name": name, "note": "", "shared": "on", "key": name}
        assert client.post(f"/integration/MOD-1/scenarios/new?said={said.replace('&', '%26')}", sent).status_code == 302
    page = client.get("/integration/MOD-1/scenarios")
    rows = {row.record.name: page.context["table"].file_value_rate(row.record) for row in page.context["table"].rows}
    assert rows == {"Deux": Decimal("20.1"), "Un": Decimal("17.7")}
    lines = (
        b"".join(client.get("/integration/MOD-1/scenarios?format=csv").streaming_content)
        .decode("utf-8-sig")
        .splitlines()
    )
    assert "20,1" in lines[1]
    Component.objects.filter(code="wheels").update(contributive_rate=3)
    connection.cursor().execute("UPDATE office_ledger SET version = version + 1")
    again = client.get("/integration/MOD-1/scenarios")
    assert again.context["table"].file_value_rate(Scenario.objects.get(name="Deux")) == Decimal("20.7")
    other = signed_in(admin)
    assert other.get("/integration/MOD-1/scenarios").context["table"].rows
    assert other.get(f"/integration/MOD-1/scenarios/{Scenario.objects.get(name='Un').pk}/edit").status_code == 404


def test_partners_and_strangers_find_no_simulator(signed_in, supplier_user):
    one = programme("M1")
    one.partners.set([making.firm("P05")])
    component(one, "4")
    client = signed_in(supplier_user)
    assert [
        client.get(f"/integration/{path}").status_code
        for path in ("M1", "M1/simulator", "M1/scenarios", "NO/simulator")
    ] == [200, 404, 404, 404]


def test_its_questions_do_not_grow_with_the_components(signed_in, analyst, moment):
    one = programme("M1", approved_on=date(2024, 8, 22))
    client, counts = signed_in(analyst), []
    for most in (2, 60):
        for number in range(one.components.count(), most):
            component(one, "0.1", local=number % 2 == 0)
        connection.cursor().execute("UPDATE office_ledger SET version = version + 1")
        client.get("/integration/M1/simulator")
        with CaptureQueriesContext(connection) as asked:
            client.get("/integration/M1/simulator")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_rule_of_its_own_and_an_exchange_rate_for_a_price(signed_in, analyst, moment):
    one = programme("M1")
    rule = Policy.objects.get(code="dz-algeria-2017")
    euro = ExchangeRate.objects.create(currency="EUR", on=date(2026, 1, 1), rate=100, source="s")
    component(one, None, value=Decimal(100))
    component(one, None, local=False, value=Decimal(1), currency="EUR", exchange=euro)
    page = signed_in(analyst).get("/integration/M1/simulator", {"rule": rule.code, "fx.EUR": "300"})
    assert (page.context["reading"].value, page.context["counted"].value) == (50, 25)
