"""What the database refuses about exports, and who sees which agreement."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts.models import Firm
from catalogue.models import Family
from exports.models import Agreement, AgreementParty, Commitment, Shipment
from places.models import Country
from tests.exports.agreements import JULY, JUNE, agreement, commit, firm, ship

pytestmark = pytest.mark.django_db


def refused(name, make):
    """Assert that the database refuses by the constraint of that name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def in_sql(statement):
    """Write past Django, as a person with a database client would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_agreement_commits_once_to_the_same_goods_of_a_month():
    one, brakes, filters = agreement(), *Family.objects.filter(code__in=["brakes", "filters"])
    commit(one, 100, JULY, JUNE, family=brakes)
    commit(one, 100, JULY, JUNE, family=filters)
    refused("commitment_one_at_a_time", lambda: commit(one, 1, JUNE, JUNE, family=brakes))
    refused("commitment_one_at_a_time", lambda: commit(one, 1, JUNE, JUNE))
    commit(one, 1, date(2027, 7, 1), date(2027, 7, 1))
    commit(one, 1, JULY, JUNE, unit_id="litre")
    assert one.commitments.count() == 4


def test_a_commitment_is_in_whole_months_in_order_above_zero():
    one = agreement()
    refused("commitment_in_months", lambda: commit(one, 1, date(2026, 7, 2), JUNE))
    refused("commitment_in_order", lambda: commit(one, 1, JUNE, JULY))
    refused("commitment_positive", lambda: commit(one, 0, JULY, JUNE))
    commit(one, 1, JULY, JUNE)
    refused("commitment_positive", lambda: in_sql("UPDATE exports_commitment SET quantity = 'NaN'"))


def test_a_value_needs_its_currency():
    one = agreement()
    refused("shipment_value_in_currency", lambda: ship(one, 1, JULY, value=Decimal(10)))
    refused("shipment_currency_form", lambda: ship(one, 1, JULY, currency="eur"))
    refused("shipment_value_in_currency", lambda: ship(one, 1, JULY, value=Decimal(-1), currency="EUR"))
    refused("shipment_positive", lambda: ship(one, 0, JULY))


def test_a_line_of_an_invoice_stands_once():
    one = agreement()
    ship(one, 5, JULY, invoice="F1")
    refused("shipment_once", lambda: ship(one, 6, JULY, invoice="F1"))
    ship(one, 6, JULY, invoice="F1", country_id="CI")
    assert one.shipments.count() == 2


def test_a_firm_has_a_role_once_and_may_have_two():
    one, who = agreement(), firm("X")
    for role in (AgreementParty.Role.BUYER, AgreementParty.Role.FACILITATOR):
        AgreementParty.objects.create(agreement=one, firm=who, role=role)
    refused("agreement_party_once", lambda: AgreementParty.objects.create(agreement=one, firm=who, role="buyer"))


def test_an_incoterm_place_needs_its_incoterm():
    refused("agreement_place_of_incoterm", lambda: agreement(incoterm_place="Alger"))


def test_a_country_outside_the_agreement_is_told_and_none_is_when_none_is_named():
    named, open_to_all = agreement("NAMED"), agreement("OPEN")
    named.countries.set([Country.objects.get(code="CI")])
    for each in (named, open_to_all):
        ship(each, 1, JULY, country_id="CI")
        ship(each, 1, JULY, country_id="SN")
    outside = Shipment.objects.outside().filter(outside=True)
    assert [(row.agreement, row.country_id) for row in outside] == [(named, "SN")]


def test_somebody_of_a_firm_sees_what_that_firm_is_a_party_to(supplier_user, admin):
    own, other = agreement("OWN", firm=Firm.objects.get(code="P05")), agreement("OTHER")
    for each in (own, other):
        commit(each, 1, JULY, JUNE)
        ship(each, 1, JULY)
    assert list(Agreement.objects.visible_to(supplier_user)) == [own]
    assert list(Commitment.objects.visible_to(supplier_user)) == list(own.commitments.all())
    assert list(Shipment.objects.visible_to(supplier_user)) == list(own.shipments.all())
    assert Agreement.objects.visible_to(admin).count() == 2


def test_countries_taken_out_stay_in_the_history():
    one, country = agreement(), Country.objects.get(code="CI")
    one.countries.set([country])
    one.countries.set([])
    events = apps.get_model("exports", "AgreementCountryEvent").objects.order_by("pgh_id")
    assert list(events.values_list("pgh_label", "country_id")) == [("insert", "CI"), ("delete", "CI")]
