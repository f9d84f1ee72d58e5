"""Zones, communes and countries."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from places.models import Commune, CommuneWilaya, Country, Plain, Wilaya, Zone, ZoneScheme

pytestmark = pytest.mark.django_db


def test_the_south_of_decree_22_301_is_twenty_wilayas_of_58():
    south = Wilaya.objects.south()
    assert Wilaya.objects.in_zones("grand-sud").count() == 9
    assert Wilaya.objects.in_zones("sud").count() == 11
    assert south.count() == 20
    assert not south.filter(law="26-06").exists()


def test_a_wilaya_named_in_part_is_not_in_the_zone():
    zone = Zone.objects.get(code="hauts-plateaux")
    assert zone.wilayas.count() == 19
    assert Wilaya.objects.in_zones("hauts-plateaux").count() == 9
    assert "19" not in Wilaya.objects.in_zones("hauts-plateaux").values_list("pk", flat=True)


def test_a_zone_scheme_says_its_name_in_three_languages():
    scheme = ZoneScheme.objects.get()
    assert [scheme.name_in(language) for language in ("fr", "ar", "en")] == [
        "Décret exécutif 22-301",
        "المرسوم التنفيذي 22-301",
        "Executive decree 22-301",
    ]


@pytest.mark.parametrize(("code", "before", "since"), [("bou-saada", "28", "68"), ("barika", "05", "60")])
def test_a_commune_that_moved_is_in_its_old_wilaya_in_the_old_vintage(code, before, since):
    commune = Commune.objects.get(code=code)
    assert (commune.wilaya(48).pk, commune.wilaya(58).pk, commune.wilaya(69).pk) == (before, before, since)
    assert list(commune.episodes.values_list("wilaya", "valid_from", "valid_to")) == [
        (before, date(1984, 2, 4), date(2026, 4, 5)),
        (since, date(2026, 4, 5), None),
    ]


def test_the_seat_of_every_new_wilaya_is_a_commune_that_moved():
    new = Wilaya.objects.exclude(parent=None).values_list("pk", "parent")
    moves = CommuneWilaya.objects.order_by("valid_from")
    moved = {row.wilaya_id: moves.filter(commune=row.commune).first().wilaya_id for row in moves.filter(valid_to=None)}
    assert moved == dict(new)


def test_a_commune_is_in_one_wilaya_at_a_time():
    commune = Commune.objects.get(code="aflou")
    with pytest.raises(IntegrityError, match="commune_in_one_wilaya"), transaction.atomic():
        CommuneWilaya.objects.create(commune=commune, wilaya_id="03", valid_from=date(2027, 1, 1))


def test_there_are_249_countries_each_named_in_three_languages():
    countries = list(Country.objects.all())
    assert len(countries) == 249
    for field in ("name_fr", "name_ar", "name_en"):
        assert len({getattr(country, field) for country in countries}) == 249


def test_africa_is_region_002_and_all_its_states_but_one_signed_the_free_trade_area():
    africa = Country.objects.african()
    assert africa.count() == 60
    assert Country.objects.filter(afcfta=True).count() == 54
    assert sorted(africa.filter(afcfta=False).values_list("pk", flat=True)) == ["ER", "IO", "RE", "SH", "TF", "YT"]
    assert not Country.objects.filter(afcfta=True, africa=False).exists()
    assert Country.objects.get(pk="DZ").africa
    assert not Country.objects.get(pk="FR").africa


def test_countries_are_ordered_by_name_with_accents_aside():
    names = [country.name_fr for country in Country.objects.by_name("fr")]
    assert names[:3] == ["Afghanistan", "Afrique du Sud", "Albanie"]
    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Espagne")
    assert [country.pk for country in Country.objects.by_name("en")][:3] == ["AF", "AX", "AL"]


def test_a_country_is_named_in_the_language_asked_for():
    algeria = Country.objects.get(pk="DZ")
    assert [algeria.name_in(language) for language in ("fr", "ar", "en", "de")] == [
        "Algérie",
        "الجزائر",
        "Algeria",
        "Algérie",
    ]


def test_plain_text_has_no_accents_and_no_capitals():
    assert Wilaya.objects.annotate(plain=Plain("name_fr")).get(pk="68").plain == "bou saada"
    assert Country.objects.annotate(plain=Plain("name_fr")).get(pk="CI").plain == "cote d'ivoire"


@pytest.mark.parametrize("code", ["1", "A1"])
def test_the_code_of_a_wilaya_has_two_digits(code):
    wilaya = Wilaya.objects.get(pk="69")
    wilaya.pk, wilaya.column_69 = code, 50
    with pytest.raises(IntegrityError, match="wilaya_code_form"), transaction.atomic():
        wilaya.save(force_insert=True)


def test_a_wilaya_is_named_in_arabic_and_in_french():
    oran = Wilaya.objects.get(pk="31")
    assert (oran.name_in("ar"), oran.name_in("fr"), oran.name_in("en"), str(oran)) == (
        "وهران",
        "Oran",
        "Oran",
        "31 Oran",
    )
