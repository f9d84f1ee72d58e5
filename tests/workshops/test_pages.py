"""The pages of the network, and what every writing form promises: once, not over somebody else, with both versions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Firm
from catalogue.models import Brand
from office.models import Ledger, Write
from tests.workshops.network import workshop
from workshops.models import Training, Workshop

pytestmark = pytest.mark.django_db
LIST = "/workshops/"


@pytest.fixture
def brand(db):
    return Brand.objects.create(code="marque-a", name="Marque A")


@pytest.fixture
def typed(brand):
    """What an admin types for a new workshop."""
    return {
        "code": "AT-1",
        "name": "Atelier 1",
        "wilaya": "28",
        "commune": "",
        "brand": brand.pk,
        "joined_on": "2025-02-03",
        "key": "k1",
    }


def test_the_list_shows_coverage_map_and_workshops(signed_in, analyst):
    workshop("AT-1", "28", commune="bou-saada")
    page = signed_in(analyst).get(LIST, {"vintage": "69"})
    assert page.status_code == 200
    assert page.context["coverage"].numerator == 1
    assert [row.record.wilaya_code for row in page.context["table"].rows] == ["68"]
    assert len(page.context["map"].tiles) == 69
    assert "68 Bou Saâda" in page.content.decode()


def test_the_filters_keep_what_they_say(signed_in, analyst):
    workshop("A", "16", joined=date(2024, 1, 1), left=date(2025, 1, 1))
    workshop("B", "16", joined=date(2024, 1, 1))
    workshop("C", "31", joined=date(2024, 1, 1), brand="marque-b")
    client = signed_in(analyst)

    def codes(**words):
        return [row.record.code for row in client.get(LIST, words).context["table"].rows]

    assert codes(active="yes") == ["B", "C"]
    assert codes(active="no") == ["A"]
    assert codes(wilaya="31") == ["C"]
    assert codes(brand="marque-b") == ["C"]
    assert codes(on="2024-06-01", active="yes") == ["A", "B", "C"]
    assert codes(q="b") == ["B"]


def test_what_cannot_be_understood_counts_as_not_said(signed_in, analyst):
    workshop("A")
    page = signed_in(analyst).get(LIST, {"on": "yesterday", "vintage": "57", "brand": "x"})
    assert (page.status_code, page.context["coverage"].denominator) == (200, 58)


def test_the_file_has_the_rows_of_the_screen(signed_in, analyst):
    workshop("A", "16", joined=date(2024, 1, 1))
    answer = signed_in(analyst).get(LIST, {"format": "csv", "wilaya": "16"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].split(";")[:4] == ["A", "A", "16 Alger", "marque-a"]


def test_the_list_asks_the_same_number_of_questions_at_one_and_at_twenty_workshops(signed_in, analyst):
    client = signed_in(analyst)
    workshop("A")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(20):
        workshop(f"B{number}", "31")
    with CaptureQueriesContext(connection) as twenty:
        client.get(LIST)
    assert len(one) == len(twenty)


def test_a_new_workshop_is_written_with_place_and_membership(signed_in, admin, typed):
    answer = signed_in(admin).post(reverse("workshop_new"), typed)
    made = Workshop.objects.get(code="AT-1")
    assert answer.url == "/workshops/AT-1"
    assert made.places.get().wilaya_id == "28"
    assert made.memberships.get().joined_on == date(2025, 2, 3)
    assert Write.objects.get(version=Ledger.objects.get().version).user == admin


def test_a_commune_of_another_wilaya_is_refused(signed_in, admin, typed):
    from places.models import Commune

    typed["commune"] = Commune.objects.get(code="barika").pk
    page = signed_in(admin).post(reverse("workshop_new"), typed)
    assert list(page.context["form"].errors) == ["commune"]
    assert not Workshop.objects.exists()


def test_the_form_sent_twice_writes_once_and_leads_to_the_same_place(signed_in, admin, typed):
    client = signed_in(admin)
    first, second = client.post(reverse("workshop_new"), typed), client.post(reverse("workshop_new"), typed)
    assert (first.url, second.url) == ("/workshops/AT-1", "/workshops/AT-1")
    assert Workshop.objects.count() == 1


def test_a_form_without_key_or_version_is_a_bad_request(signed_in, admin, typed):
    client = signed_in(admin)
    assert client.post(reverse("workshop_new"), {**typed, "key": ""}).status_code == 400
    workshop("A")
    assert client.post("/workshops/A/edit", {"code": "A", "name": "B", "key": "k2"}).status_code == 400
    assert Workshop.objects.get().name == "A"


def test_who_was_slower_sees_both_versions_and_keeps_what_was_typed(signed_in, admin):
    workshop("A")
    client = signed_in(admin)
    edit = {"code": "A", "firm": "", "name_ar": "", "version": "1", "reason": ""}
    assert client.post("/workshops/A/edit", {**edit, "name": "First", "key": "k1"}).status_code == 302
    late = client.post("/workshops/A/edit", {**edit, "name": "Second", "key": "k2"})
    assert late.status_code == 409
    assert [(saved, typed) for _label, saved, typed in late.context["differences"]] == [("First", "Second")]
    assert late.context["form"]["name"].value() == "Second"
    assert Workshop.objects.get().name == "First"
    again = client.post("/workshops/A/edit", {**edit, "name": "Second", "version": "2", "key": "k2"})
    assert again.status_code == 302
    assert Workshop.objects.get().name == "Second"


def test_a_second_membership_that_overlaps_is_refused_with_words(signed_in, admin):
    made = workshop("A", joined=date(2024, 1, 1))
    sent = {"brand": made.memberships.get().brand_id, "joined_on": "2025-01-01", "left_on": "", "why": "", "key": "k"}
    page = signed_in(admin).post("/workshops/A/memberships/new", sent)
    assert page.status_code == 200
    assert len(page.context["form"].non_field_errors()) == 1
    assert made.memberships.count() == 1


def test_the_code_new_is_kept_for_the_empty_form(signed_in, admin, typed):
    page = signed_in(admin).post(reverse("workshop_new"), {**typed, "code": "new"})
    assert list(page.context["form"].errors) == ["code"]


def test_hours_of_trainees_are_summed_only_where_they_were_counted(signed_in, analyst):
    Training.objects.create(title="A", hours=14, attendees=12)
    Training.objects.create(title="B", hours=7)
    training = signed_in(analyst).get(LIST).context["training"]
    assert (training["count"], training["taught"], training["counted"], training["trainee"]) == (2, 21, 1, 168)


def test_only_those_who_enter_may_open_the_forms(signed_in, analyst):
    workshop("A")
    client = signed_in(analyst)
    assert client.get("/workshops/A").status_code == 200
    assert b"/workshops/A/edit" not in client.get("/workshops/A").content
    for address in ("/workshops/new", "/workshops/A/edit", "/workshops/A/memberships/new"):
        assert client.get(address).status_code == 403


def test_the_network_is_closed_to_somebody_of_a_firm(signed_in, supplier_user):
    workshop("A", firm=Firm.objects.get(code="P05"))
    assert signed_in(supplier_user).get(LIST).status_code == 403


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_page_opens_in_every_language(signed_in, admin, language):
    made = workshop("A", "28", commune="bou-saada", joined=date(2024, 1, 1))
    client = signed_in(admin)
    client.cookies["django_language"] = language
    pages = [
        LIST,
        "/workshops/A",
        "/workshops/new",
        "/workshops/A/edit",
        "/workshops/A/places/new",
        f"/workshops/A/memberships/{made.memberships.get().pk}/edit",
        "/workshops/training/new",
        "/workshops/equipment/new",
    ]
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
