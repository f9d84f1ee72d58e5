"""What the communiqués state stands on the real names, and nothing more."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Firm
from exports.models import Agreement, Commitment, Shipment
from integration.models import Component, Milestone, VehicleProgramme
from production.models import Declaration
from reports.demo import press
from reports.models import PublishedFigure
from suppliers.models import Supplier
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db):
    press.load(None)


def test_the_numbers_are_those_of_the_communiques(loaded):
    numbers = PublishedFigure.objects.exclude(value=None)
    assert list(numbers.values_list("code", "qualifier", "value", "unit", "period")) == [
        ("A1", "at_least", Decimal(1_000_000), "piece", "2025"),
        ("A2", "about", Decimal(30), "percent", "2025"),
        ("A4", "exact", Decimal(15), "partner", "2026"),
        ("A8-workshops", "exact", Decimal(150), "workshop", ""),
        ("A8-wilayas", "exact", Decimal(43), "wilaya", ""),
        ("A9", "exact", Decimal(2875), "hour", ""),
        ("A12-countries", "exact", Decimal(90), "country", ""),
        ("A12-rank", "exact", Decimal(4), "rank", ""),
    ]


def test_what_has_no_number_is_kept_in_words_in_three_languages(loaded):
    words = PublishedFigure.objects.filter(value=None)
    assert list(words.values_list("code", flat=True)) == ["A5", "A6", "A7", "A10", "B4"]
    for row in PublishedFigure.objects.all():
        assert all(row.measure_in(language) for language in ("fr", "ar", "en"))
        assert len({bool(row.note_in(language)) for language in ("fr", "ar", "en")}) == 1


def test_the_real_names_carry_no_volume_no_quantity_and_no_rate(loaded):
    for model in (Supplier, Declaration, Commitment, Shipment, Component, Milestone, Workshop):
        assert not model.objects.exists()


def test_parents_are_the_stated_ones_only(loaded):
    parents = Firm.objects.exclude(parent=None).values_list("name", "parent__name")
    assert sorted(parents) == [("MOTRIO Algérie", "Groupe Renault"), ("Massar", "SNS")]
    assert Firm.objects.count() == 10


def test_the_export_agreement_names_no_country_no_day_and_no_family(loaded):
    agreement = Agreement.objects.get()
    assert [(party.firm.name, party.role) for party in agreement.parties.order_by("role")] == [
        ("MOTRIO Algérie", "brand"),
        ("COMEXIA", "facilitator"),
    ]
    assert (agreement.signed_on, agreement.valid_from, agreement.valid_to) == (None, None, None)
    assert (agreement.countries.count(), agreement.families.count()) == (0, 0)
    assert "Afrique" in agreement.aim


def test_jetour_promised_to_start_certification_and_no_more(loaded):
    programme = VehicleProgramme.objects.get()
    assert (programme.maker.name, programme.model, programme.approved_on) == ("Jetour", "", None)
    assert [firm.name for firm in programme.partners.all()] == ["Massar"]
    start = programme.certification_starts.get()
    assert (start.owner.name, start.state, start.started_on) == ("Jetour", "promised", None)


def test_a_published_number_has_a_qualifier_a_unit_and_a_source():
    whole = {"code": "X", "subject": "s", "measure_fr": "m", "measure_ar": "m", "measure_en": "m", "source": "s"}
    for wrong in ({"value": 1}, {"value": 1, "qualifier": "exact"}, {"qualifier": "exact"}, {"unit": "piece"}):
        with pytest.raises(IntegrityError, match="published_number_whole"), transaction.atomic():
            PublishedFigure.objects.create(**whole, **wrong)
    with pytest.raises(IntegrityError, match="published_sourced"), transaction.atomic():
        PublishedFigure.objects.create(**{**whole, "source": ""})
