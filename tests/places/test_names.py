"""Which wilaya a sender means."""

import pytest

from places.data.load import LAWS
from places.data.spellings import SPELLINGS
from places.models import WilayaAlias
from places.names import Doubt, Names, find, name_key

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("28", "28"),
        ("٢٨", "28"),
        ("M'Sila", "28"),
        ("M’Sila", "28"),
        ("Msila", "28"),
        ("  MSILA ", "28"),
        ("المسيلة", "28"),
        ("المسيله", "28"),
        ("Bou Saada", "68"),
        ("Bou-Saâda", "68"),
        ("Boussaada", "68"),
        ("بوسعادة", "68"),
        ("Tamanrasset", "11"),
        ("Tamanghasset", "11"),
        ("تامنغست", "11"),
        ("Béjaïa", "06"),
        ("Bougie", "06"),
        ("Algiers", "16"),
        ("Alger", "16"),
        ("الجزائر", "16"),
        ("Tébessa", "12"),
        ("TEBESSA", "12"),
        ("El M'Ghair", "57"),
        ("El M’Ghaier", "57"),
        ("Bordj Bou Arreridj", "34"),
        ("BBA", "34"),
        ("Ain Temouchent", "46"),
        ("Aïn Témouchent", "46"),
        ("عين تموشنت", "46"),
        ("ادرار", "01"),
        ("أدرار", "01"),
        ("إليزي", "33"),
        ("اليزي", "33"),
        ("ڤالمة", "24"),
        ("عين الدفلى", "44"),
        ("عين الدفلي", "44"),
        ("Naâma", "45"),
        ("Aïn Oussera", "65"),
        ("Wilaya de Blida", "09"),
        ("Wilaya d’Oran", "31"),
        ("ولاية البليدة", "09"),
        ("W. Sétif", "19"),
        ("16 - Alger", "16"),
        ("Adrar (01)", "01"),
        ("1 Adrar", "01"),
    ],
)
def test_a_wilaya_is_found_by_code_or_by_any_of_its_spellings(text, code):
    assert find(text).pk == code


@pytest.mark.parametrize(
    "text", ["", " ", "-", "Paris", "00", "70", "016", "16000", "0", "16.5", "Paris 16", "Const", "ال"]
)
def test_what_names_no_wilaya_is_not_found(text):
    assert find(text) is None


def test_a_code_that_lost_its_zero_is_a_suspicion():
    doubt = find("1")
    assert doubt.lost_zero
    assert str(doubt) == "01 Adrar"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Aïn", ["44", "46", "53", "54", "65"]),
        ("عين", ["44", "46", "53", "54", "65"]),
        ("Bordj", ["34", "50"]),
        ("Ksar", ["64", "67"]),
        ("16 Oran", ["16", "31"]),
        ("44 Aïn", ["44", "46", "53", "54", "65"]),
    ],
)
def test_what_may_mean_several_wilayas_is_a_doubt_that_names_them(text, codes):
    doubt = find(text)
    assert isinstance(doubt, Doubt)
    assert [wilaya.pk for wilaya in doubt.candidates] == codes
    assert not doubt.lost_zero


def test_names_are_read_once_for_a_whole_file(django_assert_num_queries):
    with django_assert_num_queries(2):
        names = Names.load()
        found = [names.find(text).pk for text in ("Oran", "28", "وهران", "Bir el-Ater")]
    assert found == ["31", "28", "31", "62"]


def test_a_wilaya_that_was_found_tells_its_vintage_without_another_query(django_assert_num_queries):
    wilaya = find("Bou Saâda")
    with django_assert_num_queries(0):
        assert wilaya.in_vintage(58).pk == "28"


def test_no_spelling_is_written_twice_or_stands_for_two_wilayas():
    gazette = [(code, name) for _vintage, rows in LAWS for code, *names in rows for name in names[:2]]
    others = [(code, name) for code, names in SPELLINGS.items() for name in names]
    keys = [name_key(name) for _code, name in gazette + others]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []
    assert WilayaAlias.objects.count() == len(keys)
