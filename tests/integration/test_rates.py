"""The regulatory rate of a model: the worked case, the steps of the decree, and never a rate without its method."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Firm
from integration import demo
from integration.figures import regulatory_rate
from integration.models import ALGERIA_2023, Component, Policy, VehicleProgramme
from integration.rates import months_after, months_left, read, read_all
from office.asking import ask
from partstrack.figures import WrongCall
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 22)
CASE = ("4.0", "3.0", "1.5", "1.2", "2.0", "3.2")


@pytest.fixture
def asked(admin, moment):
    """Return a function that asks as the admin."""

    def question(by=None, on=None, **filters):
        return ask(admin, moment, {"by": by, "on": on}, filters)

    return question


def test_the_worked_case_passes_ten_and_misses_twenty():
    one = programme(approved_on=date(2024, 8, 22))
    for rate in CASE:
        component(one, rate)
    reading = read(one, ON)
    assert reading.value == Decimal("14.9")
    assert reading.reached.minimum == 10
    assert (reading.following.minimum, reading.following.missing) == (20, Decimal("5.1"))


def test_the_demonstration_is_eleven_months_before_its_step_of_twenty(asked):
    demo.load(None)
    reading = read(VehicleProgramme.objects.get(), ON)
    assert reading.value == Decimal("14.9")
    assert reading.following.due_on == date(2027, 8, 22)
    assert months_left(ON, reading.following.due_on) == 11
    with translation.override("en"):
        answer = regulatory_rate(asked(programme="MOD-1"))
    assert answer.value == Decimal("14.9")
    assert answer.basis == (
        "Sum of contributive rates (order of 17 August 2023), version 22-384 / 17-08-2023 / 24-159, on 22/09/2026. "
        "Step of 10% reached. 5.1 points missing for the step of 20%, due on 22/08/2027."
    )


def test_the_steps_are_those_of_the_decree_with_its_source():
    policy = Policy.objects.in_force(ALGERIA_2023, ON)
    steps = list(policy.steps.order_by("months_after_approval").values_list("months_after_approval", "minimum_rate"))
    assert steps == [(24, 10), (36, 20), (60, 30)]
    assert "22-384" in policy.source
    assert "art. 5" in policy.source


def test_what_is_not_made_locally_or_not_valid_on_the_day_does_not_count():
    one = programme()
    component(one, "4")
    component(one, "3", local=False)
    component(one, "2", valid_to=ON)
    component(one, "1", valid_from=date(2026, 9, 23))
    assert read(one, ON).value == 4
    assert read(one, date(2026, 9, 21)).value == 6
    assert read(one, date(2026, 9, 23)).value == 5


def test_without_components_or_policy_no_rate_is_said():
    one = programme()
    assert read(one, ON).value is None
    component(one, "4", local=False)
    assert read(one, ON).value == 0
    assert read(one, date(2017, 11, 27)).value is None


def test_a_policy_counts_from_its_day():
    newer = Policy.objects.create(code="n", method=ALGERIA_2023, edition="2", valid_from=date(2026, 9, 22), source="s")
    assert Policy.objects.in_force(ALGERIA_2023, date(2026, 9, 21)).code == "dz-algeria-2024"
    assert Policy.objects.in_force(ALGERIA_2023, date(2026, 9, 22)) == newer


def test_a_step_that_was_due_and_is_not_reached_is_overdue_from_its_day():
    one = programme(approved_on=date(2024, 9, 22))
    component(one, "9.999")
    assert [rung.overdue for rung in read(one, date(2026, 9, 21)).rungs] == [False, False, False]
    assert [rung.overdue for rung in read(one, ON).rungs] == [True, False, False]


def test_without_the_day_of_the_approval_the_steps_have_no_day():
    one = programme()
    component(one, "14.9")
    assert [rung.due_on for rung in read(one, ON).rungs] == [None, None, None]


def test_exactly_the_minimum_reaches_the_step():
    one = programme()
    component(one, "20.000")
    assert [rung.reached for rung in read(one, ON).rungs] == [True, True, False]


def test_months_after_a_31st_end_with_the_month():
    assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_left(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_left(date(2026, 2, 15), date(2026, 3, 14)) == 0


def test_a_rate_is_provisional_while_an_item_that_counts_is_only_declared(asked):
    one = programme()
    checked = component(one, "4", evidence=Component.Evidence.CHECKED)
    component(one, "3", local=False)
    assert regulatory_rate(asked(programme="M1")).state == "final"
    Component.objects.filter(pk=checked.pk).update(evidence=Component.Evidence.DECLARED)
    assert regulatory_rate(asked(programme="M1")).state == "provisional"


def test_the_components_add_up_to_the_rate(asked):
    demo.load(None)
    answer = regulatory_rate(asked("component", programme="MOD-1"))
    assert [(group.key, group.value) for group in answer.groups][:2] == [("seats", 4), ("brakes", Decimal("3.2"))]
    assert sum(group.value for group in answer.groups) == answer.value
    by_evidence = regulatory_rate(asked("evidence", programme="MOD-1")).groups
    assert [(group.key, group.value) for group in by_evidence] == [("checked", Decimal("12.9")), ("declared", 2)]


def test_rates_of_programmes_stand_side_by_side_and_are_never_added(asked):
    component(programme("M1"), "4")
    component(programme("M2"), "6")
    programme("M3")
    answer = regulatory_rate(asked("programme"))
    assert answer.value is None
    assert [(group.key, group.value) for group in answer.groups] == [("M2", 6), ("M1", 4)]
    with translation.override("en"), pytest.raises(WrongCall, match="--filter programme=CODE"):
        regulatory_rate(asked("component"))


def test_somebody_of_a_firm_asks_for_programmes_of_that_firm_only(supplier_user, moment):
    own, other = programme("OWN"), programme("OTHER")
    own.partners.set([Firm.objects.get(code="P05")])
    component(own, "4")
    component(other, "5")
    asked = ask(supplier_user, moment, {"by": "programme"}, {})
    assert [group.key for group in regulatory_rate(asked).groups] == ["OWN"]
    with translation.override("en"), pytest.raises(WrongCall, match="There is no programme 'OTHER'"):
        regulatory_rate(asked.but(filters={"programme": "OTHER"}))


RATES = st.lists(st.tuples(st.integers(0, 9999), st.booleans(), st.sampled_from([None, -1, 0, 1])), max_size=8)


@given(RATES)
def test_the_naive_twin_adds_up_the_same(items):
    Component.objects.all().delete()
    VehicleProgramme.objects.all().delete()
    one = programme()
    expected, seen = Decimal(0), False
    for thousandths, local, ends in items:
        end = None if ends is None else date(2026, 9, 22 + ends)
        component(one, Decimal(thousandths) / 1000, local=local, valid_to=end)
        valid = ends is None or ends > 0
        seen = seen or valid
        expected += Decimal(thousandths) / 1000 if valid and local else 0
    assert read(one, ON).value == (expected if seen else None)
    assert read_all([one], ON)[one.pk].value == read(one, ON).value
