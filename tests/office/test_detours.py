"""From a form to that of a new choice and back: what was typed is kept, what was added is chosen, nothing else is saved."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from integration.models import VehicleProgramme
from suppliers.models import Supplier
from tests import making
from tests.workshops.network import workshop
from workshops.models import Training, Workshop

pytestmark = pytest.mark.django_db
TYPED = {"title": "Freinage", "day": "2026-09-01", "hours": "7,5", "detour": "workshop", "key": "first"}
NEW = {"key": "second", "code": "AT-9", "name": "Atelier 9", "wilaya": "16"}


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def values(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_the_new_choice_comes_back_chosen_beside_what_was_typed(desk):
    out = desk.post(reverse("training_new"), TYPED).url
    assert urlsplit(out).path == reverse("workshop_new")
    back = desk.post(out, NEW | {"brand": making.brand("B").pk}).url
    assert urlsplit(back).path == reverse("training_new")
    shown = values(desk, back)
    assert (shown["title"], shown["day"], shown["hours"]) == ("Freinage", "2026-09-01", "7,5")
    assert shown["workshop"] == str(Workshop.objects.get(code="AT-9").pk)
    assert (shown["key"] not in ("first", "second"), Training.objects.count()) == (True, 0)
    desk.post(back, {name: value for name, value in shown.items() if value is not None})
    assert Training.objects.get().workshop.code == "AT-9"


def test_a_new_choice_that_is_sent_twice_leads_back_with_the_same_choice(desk):
    out = desk.post(reverse("training_new"), TYPED).url
    new = NEW | {"brand": making.brand("B").pk}
    assert desk.post(out, new).url == desk.post(out, new).url
    assert Workshop.objects.count() == 1


def test_who_gives_up_the_new_choice_finds_what_was_typed(desk):
    out = desk.post(reverse("training_new"), TYPED).url
    assert values(desk, desk.get(out).context["back"])["title"] == "Freinage"


def test_one_more_is_added_to_those_that_were_chosen_already(desk, admin):
    first = making.firm("A")
    programme = VehicleProgramme.objects.create(code="V", maker=first, version=3)
    address = reverse("programme_edit", args=["V"])
    sent = {"code": "V", "maker": first.pk, "partners": [first.pk], "version": 3, "detour": "partners"}
    out = desk.post(address, sent).url
    back = desk.post(out, {"key": "k", "code": "P9", "name": "Partenaire 9", "status": "active"}).url
    VehicleProgramme.objects.filter(pk=programme.pk).update(version=4)
    shown = values(desk, back)
    assert shown["partners"] == [str(first.pk), str(Supplier.objects.get(firm__code="P9").firm_id)]
    assert shown["version"] == "3"  # what was typed is about the row as it was read


def test_only_a_way_back_within_the_house_is_followed(desk):
    brand = making.brand("B").pk
    for number, back in enumerate(("https://evil.example/", "//evil.example/", "/nowhere/at/all/", "javascript:x")):
        new = NEW | {"brand": brand, "code": f"AT-{number}", "key": f"k{number}"}
        answer = desk.post(f"{reverse('workshop_new')}?back={back}&field=workshop&typed=", new)
        assert answer.url == reverse("workshop", args=[f"AT-{number}"])


def test_a_form_without_that_field_takes_no_detour(desk):
    workshop("AT-1", "16")
    answer = desk.post(reverse("workshop_edit", args=["AT-1"]), {"detour": "firm", "key": "k", "version": "1"})
    assert answer.status_code == 200


def test_the_address_of_the_detour_carries_no_secret_of_the_form(desk):
    out = desk.post(reverse("training_new"), TYPED | {"csrfmiddlewaretoken": "secret"}).url
    assert parse_qs(urlsplit(out).query)["typed"] == ["title=Freinage&day=2026-09-01&hours=7%2C5"]
