"""Our own tile map."""

import pytest

from places.models import Wilaya

pytestmark = pytest.mark.django_db


def neighbours(one, other):
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1


@pytest.mark.parametrize("number", [48, 58, 69])
def test_every_wilaya_of_a_vintage_has_a_tile_of_its_own(number):
    tiles = [wilaya.tile(number) for wilaya in Wilaya.objects.vintage(number)]
    assert len(set(tiles)) == number
    assert {column for column, _row in tiles} == set(range(13))
    assert {row for _column, row in tiles} == set(range(6 if number == 48 else 7))


def test_the_newest_wilayas_are_not_on_the_map_of_the_58():
    assert {wilaya.tile(58) for wilaya in Wilaya.objects.filter(law="26-06")} == {(None, None)}


@pytest.mark.parametrize("number", [58, 69])
def test_a_new_wilaya_touches_the_one_it_was_split_from(number):
    split = Wilaya.objects.vintage(number).exclude(parent=None).select_related("parent")
    apart = [wilaya.pk for wilaya in split if not neighbours(wilaya.tile(number), wilaya.parent.tile(number))]
    assert split.count() == number - 48
    assert apart == []


@pytest.mark.parametrize("number", [58, 69])
def test_a_row_of_tiles_has_no_hole(number):
    rows = {}
    for column, row in (wilaya.tile(number) for wilaya in Wilaya.objects.vintage(number)):
        rows.setdefault(row, []).append(column)
    assert [row for row, columns in rows.items() if max(columns) - min(columns) + 1 != len(columns)] == []
