"""Territorial coverage and the number of workshops, against a count by hand and by a naive twin."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Firm
from office.asking import ask
from partstrack.figures import WrongCall
from places.models import Wilaya
from tests.workshops.network import workshop
from workshops import demo
from workshops.figures import territorial_coverage, workshops
from workshops.models import Membership, Workshop, WorkshopPlace

ON = date(2026, 9, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(admin, moment):
    """Return a function that asks as the admin."""

    def question(by=None, on=None, **filters):
        return ask(admin, moment, {"by": by, "on": on}, filters)

    return question


def test_the_demonstration_covers_43_of_58_wilayas(asked):
    demo.load(None)
    answer = territorial_coverage(asked())
    assert (answer.numerator, answer.denominator) == (43, 58)
    assert answer.value.quantize(Decimal("0.1")) == Decimal("74.1")
    assert answer.rows == 150


def test_on_69_wilayas_the_same_network_covers_45(asked):
    demo.load(None)
    answer = territorial_coverage(asked(vintage="69"))
    assert (answer.numerator, answer.denominator) == (45, 69)
    assert answer.value.quantize(Decimal("0.1")) == Decimal("65.2")
    assert workshops(asked(vintage="69")).value == 150


def test_a_split_moves_only_the_workshops_of_the_communes_that_leave(asked):
    workshop("A", "28", commune="bou-saada")
    workshop("B", "28")
    assert _by_wilaya(territorial_coverage(asked("wilaya", vintage="58"))) == {"28": 2}
    assert _by_wilaya(territorial_coverage(asked("wilaya", vintage="69"))) == {"28": 1, "68": 1}


def test_a_wilaya_made_later_counts_as_the_one_it_was_part_of(asked):
    workshop("A", "68")
    workshop("B", "49")
    assert _by_wilaya(territorial_coverage(asked("wilaya", vintage="58"))) == {"28": 1, "49": 1}
    assert _by_wilaya(territorial_coverage(asked("wilaya", vintage="48"))) == {"01": 1, "28": 1}


def test_the_day_decides_the_vintage(asked):
    workshop("A")
    assert territorial_coverage(asked(on="2019-12-17")).denominator == 48
    assert territorial_coverage(asked(on="2026-12-31")).denominator == 58
    assert territorial_coverage(asked(on="2027-01-01")).denominator == 69


def test_a_membership_counts_from_its_first_day_to_the_day_before_it_left(asked):
    workshop("A", joined=date(2025, 3, 1), left=date(2026, 3, 1))
    counted = {day: workshops(asked(on=day)).value for day in ("2025-02-28", "2025-03-01", "2026-02-28", "2026-03-01")}
    assert counted == {"2025-02-28": 0, "2025-03-01": 1, "2026-02-28": 1, "2026-03-01": 0}


def test_a_membership_without_a_first_day_counts_before_every_day(asked):
    workshop("A", joined=None)
    assert workshops(asked(on="1999-01-01")).value == 1


def test_coverage_is_compared_with_the_same_day_a_year_before_in_points(asked):
    workshop("A", "16", joined=date(2020, 1, 1))
    workshop("B", "31", joined=date(2026, 1, 1))
    answer = territorial_coverage(asked())
    assert answer.base == Decimal("1.724137931034")
    assert answer.change == Decimal("1.724137931034")


def test_a_change_in_points_is_rounded_once_and_not_from_rounded_rates(asked):
    for number in range(43):
        workshop(f"W{number}", f"{number + 1:02d}", joined=date(2020, 1, 1) if number < 40 else date(2026, 1, 1))
    answer = territorial_coverage(asked())
    assert (answer.numerator, answer.change) == (Decimal(43), Decimal("5.172413793103"))
    assert answer.change_unit == "points"


def test_the_last_of_february_is_compared_with_the_28th(asked):
    workshop("A", joined=date(2027, 2, 28))
    assert workshops(asked(on="2028-02-29")).base == 1


def test_a_brand_counts_its_own_network(asked):
    workshop("A", "16", brand="marque-a")
    workshop("B", "31", brand="marque-b")
    assert _by_wilaya(territorial_coverage(asked("wilaya", brand="marque-b"))) == {"31": 1}


def test_the_south_is_counted_apart(asked):
    workshop("A", "30")
    workshop("B", "16")
    answer = territorial_coverage(asked(zone="south"))
    assert (answer.numerator, answer.denominator) == (1, 20)
    assert workshops(asked(zone="south")).value == 1


def test_a_workshop_without_a_place_is_counted_but_covers_nothing(asked):
    made = workshop("A")
    WorkshopPlace.objects.filter(workshop=made).delete()
    assert territorial_coverage(asked()).numerator == 0
    assert _by_wilaya(workshops(asked("wilaya"))) == {"-": 1}


def test_somebody_of_a_firm_counts_the_workshops_of_that_firm(supplier_user, moment):
    workshop("A", firm=Firm.objects.get(code="P05"))
    workshop("B")
    assert workshops(ask(supplier_user, moment, {}, {})).value == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"vintage": "57"}, "There are: 48, 58, 69."),
        ({"brand": "nobody"}, "There is no brand 'nobody'."),
        ({"zone": "west"}, "There are: south, grand-sud, sud, hauts-plateaux."),
        ({"supplier": "P05"}, "There is no filter 'supplier' here."),
    ],
)
def test_an_unknown_word_is_refused_by_name(asked, words, said):
    with translation.override("en"), pytest.raises(WrongCall, match=said):
        territorial_coverage(asked(**words))


def test_months_are_refused_since_a_network_is_counted_on_a_day(admin, moment):
    with pytest.raises(WrongCall, match="--on"):
        territorial_coverage(ask(admin, moment, {"year": "2026"}, {}))


EPISODES = st.lists(
    st.tuples(
        st.sampled_from(["01", "16", "28", "49", "60", "68"]),
        st.sampled_from([None, "bou-saada", "barika"]),
        st.integers(2023, 2027),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(EPISODES, st.sampled_from([48, 58, 69]), st.integers(2023, 2027))
def test_the_naive_twin_counts_the_same(asked, episodes, number, year):
    Membership.objects.all().delete()
    WorkshopPlace.objects.all().delete()
    Workshop.objects.all().delete()
    for index, (wilaya, commune, joined, years) in enumerate(episodes):
        left = date(joined + years, 1, 1) if years else None
        workshop(f"W{index}", wilaya, commune, date(joined, 1, 1), left)
    covered = {
        _older(_newest(wilaya, commune), number)
        for wilaya, commune, joined, years in episodes
        if joined <= year and (not years or year < joined + years)
    }
    answer = territorial_coverage(asked(on=f"{year}-06-01", vintage=str(number)))
    assert (answer.numerator, answer.denominator) == (len(covered), number)


def _newest(wilaya, commune):
    return {"bou-saada": "68", "barika": "60", None: wilaya}[commune]


def _older(code, number):
    while int(code) > number:
        code = {"49": "01", "60": "05", "68": "28"}[code]
    return code


def _by_wilaya(answer):
    return {group.key: group.value for group in answer.groups if group.value}


def test_the_groups_list_every_wilaya_of_the_vintage_in_workshops(asked):
    workshop("A")
    answer = territorial_coverage(asked("wilaya"))
    assert len(answer.groups) == Wilaya.objects.vintage(58).count() == 58
    assert answer.unit_of_groups == "workshop"
    assert answer.groups[0].key == "16"
