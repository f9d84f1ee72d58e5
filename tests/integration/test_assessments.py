"""A published rate is frozen: nothing that changes later moves it, and it can be counted again from what it kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from integration.assessing import recounted
from integration.models import Assessment, Component, ContentInput, ExchangeRate, PartContent, Policy, PolicyStep
from tests import making
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db


def publish(client, code, shown, key="k", query=""):
    return client.post(f"/integration/{code}/publish{query}", {"key": key, "shown": shown, "reason": "Revue"})


def test_what_changes_later_moves_the_rate_and_not_what_was_published(signed_in, manager):
    client, one = signed_in(manager), programme("M1", approved_on=date(2024, 8, 22))
    component(one, "14.9")
    page = publish(client, "M1", "14.9")
    assert page.url == "/integration/M1/assessments/1"
    before = client.get(page.url)
    component(one, "9")
    Policy.objects.create(
        code="new", method="algeria_2023", edition="n", market_id="DZ", valid_from=date(2026, 9, 1), source="s"
    )
    PolicyStep.objects.filter(policy__code="dz-algeria-2024").update(minimum_rate=99)
    after = client.get(page.url)
    assert before.context["items"] == after.context["items"]
    assert [step["minimum"] for step in after.context["steps"]] == [10, 20, 30]
    assert (after.context["assessment"].value, after.context["same"]) == (Decimal("14.9"), True)
    assert client.get("/integration/M1").context["reading"].value == Decimal("23.9")
    assert publish(client, "M1", "23.9", key="k2").url == "/integration/M1/assessments/2"


def test_values_contents_and_exchange_rates_are_kept(signed_in, manager):
    client, one = signed_in(manager), programme("M1")
    site, euro = (
        making.site("P05"),
        ExchangeRate.objects.create(currency="EUR", on=date(2026, 1, 1), rate=145, source="s"),
    )
    month = date(2026, 1, 1)
    content = PartContent.objects.create(
        part=making.part("R1", site.firm), site=site, first_month=month, last_month=month, value=800
    )
    bought = ContentInput.objects.create(
        content=content, kind="import", name="n", value=2, currency="EUR", exchange=euro
    )
    ContentInput.objects.create(content=content, kind="local", name="l", value=100)
    component(one, None, value=Decimal(800), site=site, content=content, quantity=2)
    component(one, None, local=False, value=Decimal(10), currency="EUR", exchange=euro)
    rule = Policy.objects.create(
        code="down", method="algeria_2017", edition="d", valid_from=month, source="s", tier2="rolled_down"
    )
    query = f"?rule={rule.code}&on=2026-09-22"
    shown = client.get(f"/integration/M1{query}").context["shown"]
    address = publish(client, "M1", shown, query=query).url
    kept = Assessment.objects.get()
    # 2 × 800 of which 290 imported and 100 not known for each 800; 1 450 imported
    assert (kept.denominator, kept.low, kept.high) == (3050, 2 * (800 - 290 - 100), 2 * (800 - 290))
    ContentInput.objects.filter(pk=bought.pk).update(value=3)
    ExchangeRate.objects.update(rate=200)
    again = recounted(Assessment.objects.get())
    assert (again.low, again.high, again.denominator) == (kept.low, kept.high, kept.denominator)
    assert client.get(address).context["same"] is True


def test_a_rate_that_moved_since_it_was_shown_is_not_published(signed_in, manager):
    client, one = signed_in(manager), programme("M1")
    component(one, "4")
    assert publish(client, "M1", "3").url == "/integration/M1?"
    assert Assessment.objects.count() == 0
    assert publish(client, "M1", "4").url == publish(client, "M1", "4").url
    assert Assessment.objects.count() == 1


def test_nobody_changes_it_not_even_by_sql(signed_in, manager):
    one = programme("M1")
    component(one, "4")
    publish(signed_in(manager), "M1", "4")
    for statement in ("UPDATE integration_assessment SET value = 5", "DELETE FROM integration_assessment"):
        with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_only_managers_publish_and_partners_do_not_read_it(signed_in, admin, supplier_user, manager):
    one = programme("M1")
    one.partners.set([making.firm("P05")])
    component(one, "4")
    assert publish(signed_in(admin), "M1", "4").status_code == 403
    address = publish(signed_in(manager), "M1", "4").url
    client = signed_in(supplier_user)
    assert client.get("/integration/M1").status_code == 200
    assert client.get(address).status_code == 404
    assert client.get("/integration/M1").context["components"] == []
    assert Component.objects.visible_to(supplier_user).count() == 0
