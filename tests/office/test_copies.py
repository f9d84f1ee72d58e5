"""A copy of a row: a new form with its values, without what is the row's own; the row itself stays."""

from datetime import date

import pytest
from django.urls import reverse

from exports.models import Agreement
from places.models import Country
from production.models import Range, Target, TargetAmount
from tests import making
from tests.access import world
from tests.access.matrix import LINES
from tests.workshops.network import workshop
from workshops.models import Membership, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def agreement():
    """An agreement with a country."""
    made = Agreement.objects.create(
        code="A1", title="Supply of filters", state="signed", valid_from=date(2026, 1, 1), currency="EUR", version=4
    )
    made.countries.set([Country.objects.get(code="SN")])
    return made


def sent(client, address):
    """Return what the form at an address would send."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def test_a_copy_begins_with_the_values_of_the_row_but_not_with_what_is_unique(desk, agreement):
    page = desk.get(reverse("export_edit", args=["A1"]) + "?copy=1")
    form = page.context["form"]
    assert (form["code"].value(), form["title"].value(), form["valid_from"].value()) == (
        "",
        "Supply of filters",
        date(2026, 1, 1),
    )
    assert ("reason" in form.fields, form["version"].value(), page.context["title"]) == (
        False,
        None,
        "New export agreement",
    )


def test_a_copy_is_a_new_row_and_the_first_one_stays(desk, agreement):
    address = reverse("export_edit", args=["A1"]) + "?copy=1"
    values = sent(desk, address) | {"code": "A2", "countries": ["SN"], "valid_from": "2026-01-01"}
    assert desk.post(address, values).url == reverse("export", args=["A2"])
    first, second = Agreement.objects.order_by("code")
    assert (first.version, second.version, second.title, second.state) == (4, 1, "Supply of filters", "signed")
    assert [country.code for country in second.countries.all()] == ["SN"]


def test_a_copy_with_the_code_of_the_row_is_refused(desk, agreement):
    address = reverse("export_edit", args=["A1"]) + "?copy=1"
    answer = desk.post(address, sent(desk, address) | {"code": "A1", "countries": ["SN"], "valid_from": "2026-01-01"})
    assert (answer.status_code, "code" in answer.context["form"].errors) == (200, True)
    assert Agreement.objects.count() == 1


def test_the_copy_of_a_part_of_a_thing_belongs_to_the_same_thing(desk):
    things = world.things("P05", making.person("author@example.org", making.ADMIN))
    where = Workshop.objects.get(code=things["workshop"])
    address = reverse("membership_edit", args=[where.code, things["membership"]]) + "?copy=1"
    first = Membership.objects.get(pk=things["membership"])
    Membership.objects.filter(pk=first.pk).update(joined_on=date(2020, 1, 1), left_on=date(2021, 1, 1), why="end")
    desk.post(address, {"key": "k", "brand": first.brand_id, "joined_on": "2022-01-01"})
    assert list(where.memberships.order_by("joined_on").values_list("joined_on", flat=True)) == [
        date(2020, 1, 1),
        date(2022, 1, 1),
    ]


def test_a_copy_of_a_workshop_is_where_it_is_and_of_its_brand(desk):
    making.brand("B")
    where = workshop("AT-1", "31", joined=date(2024, 1, 1), brand="B")
    address = reverse("workshop_edit", args=["AT-1"]) + "?copy=1"
    desk.post(address, sent(desk, address) | {"code": "AT-2"})
    made = Workshop.objects.get(code="AT-2")
    assert (made.name, made.places.get().wilaya_id, made.memberships.get().brand.code) == (where.name, "31", "B")
    assert made.memberships.get().joined_on is None


def test_a_copy_of_a_target_may_be_of_another_year_and_keeps_its_own_amounts(desk):
    family = making.part("R", making.firm("A")).families.get().family
    making.site("A")
    first = Target.objects.create(year=2026, firm=making.firm("A"), family=family, amount=12000)
    address = reverse("target_edit", args=[first.pk]) + "?copy=1"
    answer = desk.post(address, sent(desk, address) | {"year": 2027, "amount": "13000"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(Target.objects.order_by("year").values_list("year", "firm__code", "amount")) == [
        (2026, "A", 12000),
        (2027, "A", 13000),
    ]
    assert TargetAmount.objects.get().target.year == 2027


def test_a_copy_of_a_range_takes_neither_its_references_nor_the_day_its_production_began(desk):
    things = world.things("P05", making.person("author@example.org", making.ADMIN))
    form = desk.get(reverse("range_edit", args=[things["range"]]) + "?copy=1").context["form"]
    row = Range.objects.get(code=things["range"])
    assert (form["brand"].value(), form["family"].value()) == (row.brand_id, row.family_id)
    assert [form[name].value() or "" for name in ("code", "began", "references")] == ["", "", ""]


def test_every_form_of_a_row_opens_with_the_word_copy(signed_in):
    people = world.people()
    things = world.things(world.OWN, people["admin"])
    client = signed_in(people["admin"])
    forms = [line for line in LINES if line.things and line.get["admin"] == 200 and line.post["admin"] == 400]
    opened = {
        line.name: client.get(reverse(line.name, args=[things[key] for key in line.things]) + "?copy=1").status_code
        for line in forms
    }
    assert len(opened) > 20 and set(opened.values()) == {200}
