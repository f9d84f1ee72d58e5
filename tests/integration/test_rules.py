"""Rules are data with a day: typed in without a programmer, counted from their day, and the past stays."""

from datetime import date
from decimal import Decimal

import pytest

from integration.items import stocks
from integration.models import Policy
from integration.rates import AT_RISK, FAIL, NOT_PROVED, PASS, Laws, read, story
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 22)
NEW = {
    "code": "dz-2026",
    "method": "algeria_2023",
    "edition": "2026-1",
    "market": "DZ",
    "valid_from": "2026-09-01",
    "source": "Journal officiel",
    "ladder": "24 : 15\n36 -> 25 %\n\n60: 40,5",
    "tier2": "rolled_up",
    "key": "k",
}


def test_a_new_version_is_typed_in_and_counts_from_its_day(signed_in, admin):
    one = programme("M1", approved_on=date(2024, 8, 22))
    component(one, "14.9")
    before = read(one, date(2026, 8, 31))
    assert signed_in(admin).post("/integration/rules/new", NEW).url == "/integration/rules/dz-2026"
    assert [(rung.step.months_after_approval, rung.minimum) for rung in read(one, ON).rungs] == [
        (24, 15),
        (36, 25),
        (60, Decimal("40.5")),
    ]
    after = read(one, date(2026, 8, 31))
    assert (after.policy, [rung.minimum for rung in after.rungs]) == (before.policy, [10, 20, 30])
    assert read(one, ON, before.policy).reached.minimum == 10
    assert (read(one, ON).status, before.status) == (FAIL, AT_RISK)


@pytest.mark.parametrize("ladder", ["24", "24 : 0", "24 : 101", "24 : x", "24 : 10\n24 : 20", "24 : 2.875"])
def test_a_line_that_is_no_step_is_said_and_nothing_is_written(signed_in, admin, ladder):
    page = signed_in(admin).post("/integration/rules/new", {**NEW, "ladder": ladder})
    assert page.status_code == 200
    assert "ladder" in page.context["form"].errors
    assert not Policy.objects.filter(code="dz-2026").exists()


def test_a_correction_keeps_the_steps_that_stay_and_a_copy_takes_them_over(signed_in, admin):
    client = signed_in(admin)
    client.post("/integration/rules/new", NEW)
    kept = Policy.objects.get(code="dz-2026").steps.get(months_after_approval=24).pk
    sent = {**NEW, "key": "k2", "version": "1", "ladder": "24 : 15\n48 : 30", "left_out": ["labour", "packaging"]}
    assert client.post("/integration/rules/dz-2026/edit", sent).status_code == 302
    rule = Policy.objects.get(code="dz-2026")
    assert [(step.months_after_approval, step.minimum_rate) for step in rule.steps.order_by("pk")] == [
        (24, 15),
        (48, 30),
    ]
    assert rule.steps.first().pk == kept
    assert rule.rule.left_out == {"labour", "packaging"}
    assert "48 : 30" in client.get("/integration/rules/dz-2026/edit?copy=1").content.decode()
    assert client.get("/integration/rules/dz-2026").context["left_out"]
    late = client.post("/integration/rules/dz-2026/edit", {**sent, "key": "k3"})
    assert late.status_code == 409


def test_the_status_names_what_decides():
    def of(known, unknown="0", approved=date(2024, 8, 22), day=ON):
        one = programme(f"M{known}-{unknown}-{approved:%Y}".replace(".", "-"), approved_on=approved)
        component(one, known)
        component(one, unknown, supply="unknown")
        return read(one, day).status

    assert of("9") == FAIL
    assert of("9", "2") == NOT_PROVED
    assert of("10", "20") == AT_RISK
    assert of("20") == PASS
    assert of("9.5", approved=date(2025, 12, 1)) == PASS
    assert read(programme("NONE"), ON).status is None


def test_another_market_has_another_law_and_an_agreement_counts_only_when_asked():
    one = programme("M1")
    one.market_id = "TN"
    component(one, "4")
    assert read(one, ON).policy is None
    african = Policy.objects.get(code="afcfta-2026")
    assert read(one, ON, african).policy == african
    one.market_id = "DZ"
    assert read(one, date(2020, 1, 1)).policy.code == "dz-algeria-2017"


def test_the_story_of_a_rate_is_told_under_the_rule_of_each_day():
    one = programme("M1", approved_on=date(2024, 8, 22))
    component(one, "4", valid_from=date(2025, 1, 1))
    component(one, "3", valid_from=date(2025, 6, 1), valid_to=date(2026, 1, 1))
    points = story(one, stocks([one.pk])[one.pk], Laws(), ON)
    assert points == [
        (date(2025, 1, 1), 4, 4),
        (date(2025, 6, 1), 7, 7),
        (date(2026, 1, 1), 4, 4),
        (ON, 4, 4),
    ]
