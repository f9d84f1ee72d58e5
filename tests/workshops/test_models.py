"""What the database refuses about workshops, and who sees which."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Firm
from catalogue.models import Brand
from tests.workshops.network import workshop
from workshops.models import Membership, RollOut, Training, Workshop, WorkshopPlace

pytestmark = pytest.mark.django_db


def refused(name, make):
    """Assert that the database refuses by the constraint of that name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_a_workshop_is_a_member_of_one_brand_once_at_a_time():
    made = workshop("A", joined=date(2024, 1, 1), left=date(2025, 1, 1))
    brand = Brand.objects.get(code="marque-a")
    refused(
        "membership_one_at_a_time",
        lambda: Membership.objects.create(workshop=made, brand=brand, joined_on=date(2024, 12, 31)),
    )
    Membership.objects.create(workshop=made, brand=brand, joined_on=date(2025, 1, 1))
    assert made.memberships.count() == 2


def test_a_workshop_may_be_a_member_of_two_brands_at_once():
    made = workshop("A", joined=date(2024, 1, 1))
    other = Brand.objects.create(code="marque-b", name="Marque B")
    Membership.objects.create(workshop=made, brand=other, joined_on=date(2024, 1, 1))
    assert Workshop.objects.active_on(date(2024, 6, 1)).count() == 1


def test_leaving_needs_a_day_and_a_reason_together():
    made, brand = Workshop.objects.create(code="A", name="A"), Brand.objects.create(code="b", name="B")
    day = date(2024, 1, 1)
    refused("membership_end_explained", lambda: Membership.objects.create(workshop=made, brand=brand, left_on=day))
    refused("membership_end_explained", lambda: Membership.objects.create(workshop=made, brand=brand, why="closed"))


def test_a_workshop_is_in_one_place_at_a_time():
    made = workshop("A", "16")
    refused("workshop_place_one_at_a_time", lambda: WorkshopPlace.objects.create(workshop=made, wilaya_id="31"))


def test_a_workshop_that_moved_is_where_it_was_on_the_day():
    made = workshop("A", "16")
    WorkshopPlace.objects.filter(workshop=made).update(valid_to=date(2025, 1, 1))
    WorkshopPlace.objects.create(workshop=made, wilaya_id="31", valid_from=date(2025, 1, 1))
    codes = [Workshop.objects.with_wilaya(58, day).get().wilaya_code for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert codes == ["16", "31"]


def test_hours_are_above_zero_and_equipment_has_a_day():
    made = workshop("A")
    refused("training_hours_positive", lambda: Training.objects.create(title="T", hours=0))
    refused("roll_out_dated", lambda: RollOut.objects.create(workshop=made))


def test_somebody_of_a_firm_sees_the_workshops_of_that_firm_only(supplier_user, admin):
    own, other = workshop("A", firm=Firm.objects.get(code="P05")), workshop("B")
    RollOut.objects.create(workshop=other, planned_on=date(2026, 1, 1))
    assert list(Workshop.objects.visible_to(supplier_user)) == [own]
    assert list(Membership.objects.visible_to(supplier_user)) == list(own.memberships.all())
    assert list(WorkshopPlace.objects.visible_to(supplier_user)) == list(own.places.all())
    assert not RollOut.objects.visible_to(supplier_user).exists()
    assert Workshop.objects.visible_to(admin).count() == 2


def test_every_change_is_kept_in_the_history():
    made = workshop("A")
    Workshop.objects.filter(pk=made.pk).update(name="Other")
    assert list(made.events.order_by("pgh_id").values_list("pgh_label", "name")) == [
        ("insert", "A"),
        ("update", "Other"),
    ]
