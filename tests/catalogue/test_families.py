"""Families, customs codes, units and brands as they are from the first day."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from catalogue.data.load import load
from catalogue.models import Brand, Family, FamilyHs, HsCode, Unit

pytestmark = pytest.mark.django_db

CODES = (
    "brakes clutches suspension exhaust radiators steering wheels body bumpers filters batteries spark-plugs starters "
    "alternators lighting harnesses belts pumps oils brake-fluid coolant glass seats other unclassified"
)


def test_the_families_come_in_their_order_and_the_unclassified_last():
    assert list(Family.objects.values_list("code", flat=True)) == CODES.split()


@pytest.mark.parametrize(
    ("code", "headings"),
    [
        ("brakes", ["6813.81", "8708.30"]),
        ("filters", ["8421.23", "8421.31"]),
        ("belts", ["4010.31", "4010.32", "4010.33", "4010.34", "4010.35", "4010.36"]),
        ("glass", ["7007.11", "7007.21"]),
        ("oils", ["2710.19"]),
        ("other", ["8708.99"]),
        ("unclassified", []),
    ],
)
def test_a_family_passes_under_its_customs_codes(code, headings):
    assert list(Family.objects.get(code=code).hs_codes.values_list("code", flat=True)) == headings


def test_every_customs_code_is_of_2022_and_serves_a_family():
    assert set(HsCode.objects.values_list("edition", flat=True)) == {2022}
    assert HsCode.objects.count() == 32
    assert not HsCode.objects.filter(families=None).exists()


@pytest.mark.parametrize("model", [Unit, Family, HsCode])
def test_reference_data_has_a_name_in_each_language(model):
    rows = list(model.objects.all())
    assert [str(row) for row in rows for language in ("fr", "ar", "en") if not row.name_in(language)] == []
    assert [str(row) for row in rows if not "\u0600" < row.name_ar[0] < "\u06ff"] == []


def test_the_family_of_parts_nobody_sorted_has_a_name():
    family = Family.objects.get(code="unclassified")
    assert (family.name_in("fr"), family.name_in("ar"), family.name_in("en")) == (
        "Non classée",
        "غير مصنفة",
        "Unclassified",
    )


def test_units_come_in_their_order_with_a_symbol():
    assert list(Unit.objects.values_list("code", flat=True)) == ["piece", "set", "kit", "litre", "kilogram"]
    assert [Unit.objects.get(pk="litre").symbol_in(language) for language in ("fr", "ar", "en")] == ["L", "ل", "L"]


def test_loading_again_keeps_a_family_that_was_renamed():
    Family.objects.filter(code="brakes").update(name_fr="Freinage")
    links = FamilyHs.objects.count()
    load(apps)
    assert Family.objects.get(code="brakes").name_fr == "Freinage"
    assert (Family.objects.count(), FamilyHs.objects.count()) == (25, links)


def test_a_family_cannot_be_its_own_parent():
    family = Family.objects.get(code="brakes")
    with pytest.raises(IntegrityError, match="family_not_own_parent"), transaction.atomic():
        Family.objects.filter(pk=family.pk).update(parent=family)


@pytest.mark.parametrize("code", ["870830", "8708.3", "ABCD.EF"])
def test_a_customs_code_has_six_digits(code):
    with pytest.raises(IntegrityError, match="hs_code_form"), transaction.atomic():
        HsCode.objects.create(code=code, name_fr="x", name_ar="x", name_en="x")


def test_a_brand_is_named_in_arabic_where_it_has_such_a_name():
    brand = Brand.objects.create(code="marque-a", name="Marque A", name_ar="العلامة أ")
    plain = Brand.objects.create(code="marque-b", name="Marque B")
    assert (brand.name_in("ar"), brand.name_in("fr"), plain.name_in("ar")) == ("العلامة أ", "Marque A", "Marque B")


def test_the_code_of_a_brand_can_stand_in_an_address():
    with pytest.raises(IntegrityError, match="brand_code_form"), transaction.atomic():
        Brand.objects.create(code="marque a", name="Marque A")
