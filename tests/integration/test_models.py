"""What the database refuses about programmes, and who sees which."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Firm
from integration.data.policies import load
from integration.models import (
    ALGERIA_2023,
    CertificationStart,
    Component,
    Milestone,
    Policy,
    ProgrammePartner,
    VehicleProgramme,
)
from tests import making
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db


def refused(name, make):
    """Assert that the database refuses by the constraint of that name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def in_sql(statement):
    """Write past Django, as a person with a database client would."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_contributive_rate_lies_between_0_and_100():
    one = programme()
    refused("component_rate_is_percent", lambda: component(one, "100.001"))
    refused("component_rate_is_percent", lambda: component(one, "-0.001"))
    component(one, "100")
    refused("component_rate_is_percent", lambda: in_sql("UPDATE integration_component SET contributive_rate = 'NaN'"))


def test_only_what_is_made_locally_names_a_site():
    one, site = programme(), making.site("P05")
    refused("component_site_is_resident", lambda: component(one, "1", local=False, site=site))
    component(one, "1", site=site)


def test_a_component_ends_after_it_starts():
    one, day = programme(), date(2026, 1, 1)
    refused("component_in_order", lambda: component(one, "1", valid_from=day, valid_to=day))


def test_a_method_has_one_policy_a_day_and_every_policy_a_source():
    day = date(2024, 5, 12)
    refused(
        "policy_once_a_day",
        lambda: Policy.objects.create(code="x", method=ALGERIA_2023, edition="x", valid_from=day, source="x"),
    )
    later = date(2030, 1, 1)
    refused(
        "policy_sourced",
        lambda: Policy.objects.create(code="x", method=ALGERIA_2023, edition="x", valid_from=later, source=""),
    )


def test_loading_the_policies_again_changes_nothing():
    from django.apps import apps

    before = list(Policy.objects.values())
    load(apps)
    assert list(Policy.objects.values()) == before
    assert [rule.steps.count() for rule in Policy.objects.order_by("valid_from")] == [0, 3, 3, 1]


def test_a_milestone_is_late_from_the_day_after_it_was_planned_for():
    stage = Milestone(title="M", planned_on=date(2026, 8, 31))
    assert [stage.late_on(date(2026, 8, 31)), stage.late_on(date(2026, 9, 1))] == [False, True]
    stage.actual_on = date(2026, 9, 5)
    assert [stage.late_on(date(2026, 9, 4)), stage.late_on(date(2026, 9, 5))] == [True, False]


def test_a_day_of_start_goes_with_a_certification_that_was_started():
    one = programme()
    values = {"programme": one, "owner": one.maker, "started_on": date(2026, 1, 1)}
    refused("certification_start_dated", lambda: CertificationStart.objects.create(**values))
    CertificationStart.objects.create(**values, state="started")


def test_somebody_of_a_firm_sees_the_programmes_of_maker_and_partners(supplier_user, admin):
    own, partner, other = programme("OWN", maker="P05"), programme("PARTNER"), programme("OTHER")
    partner.partners.set([Firm.objects.get(code="P05")])
    for each in (own, partner, other):
        component(each, "1")
    assert list(VehicleProgramme.objects.visible_to(supplier_user)) == [own, partner]
    mine = component(other, "2", site=making.site("P05"))
    assert set(Component.objects.visible_to(supplier_user)) == {*own.components.all(), mine}
    assert list(ProgrammePartner.objects.visible_to(supplier_user)) == list(partner.programme_partners.all())
    assert VehicleProgramme.objects.visible_to(admin).count() == 3
