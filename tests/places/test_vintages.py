"""Which wilayas count on a day."""

from datetime import date

import pytest
from django.apps import apps

from places.data.load import load
from places.models import Wilaya
from places.vintages import choices_on, default_vintage, vintage


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1970, 1, 1), 48),
        (date(2019, 12, 17), 48),
        (date(2019, 12, 18), 58),
        (date(2026, 4, 5), 58),
        (date(2026, 12, 31), 58),
        (date(2027, 1, 1), 69),
    ],
)
def test_the_default_vintage_changes_on_the_day_of_full_powers(day, number):
    assert default_vintage(day) == number


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(1970, 1, 1), (48,)),
        (date(2019, 12, 18), (48, 58)),
        (date(2026, 4, 4), (48, 58)),
        (date(2026, 4, 5), (48, 58, 69)),
    ],
)
def test_a_vintage_may_be_chosen_once_its_law_is_in_force(day, numbers):
    assert choices_on(day) == numbers


def test_an_unknown_vintage_names_those_there_are():
    with pytest.raises(ValueError, match=r"There is no vintage of 60 wilayas\. There are: 48, 58, 69\."):
        vintage(60)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [48, 58, 69])
def test_a_vintage_has_as_many_wilayas_as_its_name_says(number):
    codes = [f"{code:02d}" for code in range(1, number + 1)]
    assert list(Wilaya.objects.vintage(number).values_list("pk", flat=True)) == codes


@pytest.mark.django_db
def test_wilayas_valid_on_a_day_are_those_of_the_default_vintage():
    assert Wilaya.objects.valid_on(date(2026, 9, 22)).count() == 58
    assert Wilaya.objects.valid_on(date(2027, 1, 1)).count() == 69


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("68", 69, "68"),
        ("68", 58, "28"),
        ("60", 58, "05"),
        ("61", 48, "07"),
        ("58", 48, "47"),
        ("58", 58, "58"),
        ("28", 69, "28"),
    ],
)
def test_a_wilaya_of_a_later_vintage_is_counted_where_it_was_split_from(code, number, expected):
    assert Wilaya.objects.get(pk=code).in_vintage(number).pk == expected


@pytest.mark.django_db
def test_the_eleven_newest_wilayas_wait_for_their_powers():
    newest = Wilaya.objects.filter(law="26-06")
    assert newest.count() == 11
    assert set(newest.values_list("legal_from", "full_powers_from")) == {(date(2026, 4, 5), date(2027, 1, 1))}
    assert not Wilaya.objects.exclude(law="26-06").exclude(full_powers_from=None).exists()


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    before = list(Wilaya.objects.values_list())
    load(apps)
    assert list(Wilaya.objects.values_list()) == before
