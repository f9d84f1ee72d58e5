"""Fulfilment of export agreements: the worked case, and a naive twin in months and fractions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Firm
from catalogue.models import Family
from exports import demo
from exports.figures import export_fulfilment, export_progress, kept, last_complete_month
from exports.models import Agreement, Commitment, Shipment
from office.asking import ask
from partstrack.figures import WrongCall
from tests.exports.agreements import JULY, JUNE, agreement, commit, ship

pytestmark = pytest.mark.django_db
ONE = Decimal("0.1")


@pytest.fixture
def asked(admin, moment):
    """Return a function that asks as the admin."""

    def question(by=None, today=None, **filters):
        asked = ask(admin, moment, {"by": by}, filters)
        return asked.but(today=today, on=today) if today else asked

    return question


def test_the_worked_case_is_90_percent_of_pace_and_15_of_the_whole(asked):
    demo.load(None)
    pace, whole = export_fulfilment(asked(agreement="EXP-A")), export_progress(asked(agreement="EXP-A"))
    assert (pace.numerator, pace.denominator, pace.value.quantize(ONE)) == (1800, 2000, Decimal("90.0"))
    assert (whole.numerator, whole.denominator, whole.value.quantize(ONE)) == (1800, 12000, Decimal("15.0"))
    assert pace.rows == 2
    assert pace.window == (date(2026, 7, 1), date(2026, 8, 1))


def test_a_month_is_complete_only_when_it_is_over():
    assert last_complete_month(date(2026, 9, 22)) == date(2026, 8, 1)
    assert last_complete_month(date(2026, 9, 30)) == date(2026, 8, 1)
    assert last_complete_month(date(2026, 10, 1)) == date(2026, 9, 1)


def test_goods_outside_the_months_of_the_commitment_do_not_count(asked):
    one = agreement()
    commit(one, 1200, JULY, JUNE)
    ship(one, 70, date(2026, 6, 30))
    ship(one, 100, date(2026, 7, 1))
    ship(one, 80, date(2027, 7, 1))
    answer = export_fulfilment(asked(today=date(2027, 9, 22)))
    assert (answer.numerator, answer.denominator) == (100, 1200)


def test_before_the_first_month_is_over_there_is_no_fulfilment(asked):
    commit(agreement(), 1200, JULY, JUNE)
    answer = export_fulfilment(asked(today=date(2026, 7, 31)))
    assert (answer.value, answer.state, answer.window) == (None, "none", None)


def test_several_agreements_are_sum_over_sum(asked):
    one, two = agreement("ONE"), agreement("TWO")
    commit(one, 120, date(2026, 8, 1), date(2026, 8, 1))
    commit(two, 9600, JULY, JUNE)
    ship(one, 120, date(2026, 8, 5))
    ship(two, 400, date(2026, 8, 6))
    answer = export_fulfilment(asked("agreement"))
    assert (answer.numerator, answer.denominator) == (520, 1720)
    assert [(group.key, group.value) for group in answer.groups] == [("ONE", 100), ("TWO", 25)]


def test_a_commitment_to_a_family_counts_that_family_alone(asked):
    one, brakes = agreement(), Family.objects.get(code="brakes")
    commit(one, 600, JULY, JUNE, family=brakes)
    ship(one, 50, JULY, family=brakes)
    ship(one, 30, JULY, family=Family.objects.get(code="filters"))
    ship(one, 20, JULY)
    answer = export_fulfilment(asked())
    assert (answer.numerator, answer.rows) == (50, 1)


def test_a_commitment_without_a_family_counts_every_family(asked):
    one = agreement()
    commit(one, 600, JULY, JUNE)
    ship(one, 50, JULY, family=Family.objects.get(code="brakes"))
    ship(one, 20, JULY)
    answer = export_fulfilment(asked())
    assert (answer.numerator, answer.rows) == (70, 2)


def test_one_unit_is_counted_at_a_time(asked):
    one = agreement()
    commit(one, 600, JULY, JUNE)
    commit(one, 1200, JULY, JUNE, unit_id="litre")
    ship(one, 50, JULY)
    ship(one, 300, JULY, unit_id="litre")
    assert export_fulfilment(asked()).numerator == 50
    assert export_fulfilment(asked(unit="litre")).numerator == 300


@pytest.mark.parametrize(
    "values",
    [
        {"state": Agreement.State.PREPARATION},
        {"state": Agreement.State.CANCELLED},
        {"kind": Agreement.Kind.MEMORANDUM},
        {"kind": Agreement.Kind.INTENT},
    ],
)
def test_what_does_not_bind_is_never_counted(asked, values):
    one = agreement(**values)
    commit(one, 1200, JULY, JUNE)
    ship(one, 100, JULY)
    assert export_fulfilment(asked()).value is None


def test_somebody_of_a_firm_counts_the_agreements_of_that_firm(supplier_user, moment):
    for code, firm in (("OWN", Firm.objects.get(code="P05")), ("OTHER", None)):
        made = agreement(code, firm=firm)
        commit(made, 1200, JULY, JUNE)
        ship(made, 100, JULY)
    own = ask(supplier_user, moment, {}, {})
    assert export_fulfilment(own).numerator == 100
    with translation.override("en"), pytest.raises(WrongCall, match="There is no agreement 'OTHER'"):
        export_fulfilment(own.but(filters={"agreement": "OTHER"}))


def test_months_are_refused_since_a_commitment_counts_from_its_start(admin, moment):
    with translation.override("en"), pytest.raises(WrongCall, match="“on” 2026-09-22"):
        export_fulfilment(ask(admin, moment, {"year": "2026"}, {}))


@pytest.mark.parametrize("said", ["v0", "2026-08-31", "2026-08-31T12:00"])
def test_an_earlier_situation_is_refused_since_shipments_keep_none(admin, moment, said):
    with translation.override("en"), pytest.raises(WrongCall, match="not kept as it was known before"):
        export_fulfilment(ask(admin, moment, {"as-of": said}, {}))


def test_the_day_up_to_which_it_counts_is_asked_for(admin, moment):
    one = agreement()
    commit(one, 1200, JULY, JUNE)
    ship(one, 100, date(2026, 7, 1))
    ship(one, 50, date(2026, 8, 1))
    answer = export_fulfilment(ask(admin, moment, {"on": "2026-08-15"}, {}))
    assert (answer.numerator, answer.denominator) == (100, 100)


MONTHS = st.integers(0, 23)
COMMITMENTS = st.lists(st.tuples(MONTHS, st.integers(0, 12), st.integers(1, 10**9)), min_size=1, max_size=4)
GOODS = st.lists(st.tuples(st.integers(0, 3), MONTHS, st.integers(1, 28), st.integers(1, 10**6)), max_size=8)


@given(COMMITMENTS, GOODS, MONTHS)
def test_the_naive_twin_counts_the_same(asked, commitments, goods, now):
    for model in (Shipment, Commitment, Agreement):
        model.objects.all().delete()
    made = [agreement(f"A{index}") for index in range(len(commitments))]
    for each, (first, length, quantity) in zip(made, commitments, strict=True):
        commit(each, quantity, _month(first), _month(first + length))
    goods = [(index % len(made), *others) for index, *others in goods]
    for index, month, day, quantity in goods:
        ship(made[index], quantity, _month(month).replace(day=day))
    shipped, due = _naive(commitments, goods, now)
    answer = export_fulfilment(asked(today=_month(now + 1).replace(day=15)))
    assert answer.numerator == shipped
    assert answer.value == (None if not due else _rounded(Fraction(shipped) * 100 / due))
    each = kept(Commitment.objects.order_by("pk"), _month(now))
    assert sum((row.shipped for row in each), Decimal(0)) == shipped


def _naive(commitments, goods, now):
    shipped, due = 0, Fraction(0)
    for index, (first, length, quantity) in enumerate(commitments):
        for month in range(first, first + length + 1):
            if month <= now:
                due += Fraction(quantity, length + 1)
                shipped += sum(each for whose, when, _day, each in goods if whose == index and when == month)
    return shipped, due


def _month(index):
    return date(2026 + index // 12, index % 12 + 1, 1)


def _rounded(fraction):
    """Return a positive fraction rounded half up at 12 decimals."""
    scaled = fraction * 10**12
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-12)
