"""Changing many rows at once: what is shown before is what is written, and nothing else ever is."""

import re
from datetime import date
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Firm
from exports.models import Agreement
from office.bulk import refusals
from office.bulk_forms import fields_of
from office.models import Key, Write
from partstrack import registry
from production.models import Expected
from suppliers.models import Supplier
from tests import making
from tests.access import world

pytestmark = pytest.mark.django_db
BULK = "/bulk/supplier_list/"
ENDED = "to-status=ended&preview=1"


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def three():
    """Three suppliers: two active, one ended already."""
    made = [making.firm(code).supplier for code in ("A", "B", "C")]
    Supplier.objects.filter(firm__code="C").update(status="ended")
    return made


def confirm(client, address, reason="end of contract", **more):
    """Send what the preview at an address would send."""
    return client.post(address, client.get(address).context["hidden"] | {"reason": reason} | more)


def states():
    return dict(Supplier.objects.values_list("firm__code", "status"))


# Which rows --------------------------------------------------------------------------------------------
def test_who_enters_has_boxes_to_tick_and_nobody_else(client, signed_in, admin, analyst, supplier_user):
    making.firm("A")
    shown = {}
    for user in (admin, analyst, supplier_user):
        body = signed_in(user).get(reverse("supplier_list")).content.decode()
        shown[user] = ('name="row"' in body, 'id="bulk"' in body)
    assert shown == {admin: (True, True), analyst: (False, False), supplier_user: (False, False)}


def test_the_menu_leads_to_one_address_of_the_ticked_rows_of_the_page_or_of_all_that_match(desk):
    sent = [f"{BULK}?query=status%3Dactive&here=1.2&row=1&row=2&scope={scope}" for scope in ("ticked", "page", "all")]
    assert [desk.get(address).url for address in sent] == [
        f"{BULK}?query=status%3Dactive&rows=1.2",
        f"{BULK}?query=status%3Dactive&rows=1.2",
        f"{BULK}?query=status%3Dactive&all=1",
    ]


def test_all_that_match_are_those_of_the_filters_and_of_the_conditions(desk, three):
    answer = desk.get(f"{BULK}?all=1&query=status%3Dactive%26where%3Dcode%3Anot%3AB&{ENDED}")
    assert [line[0] for line in answer.context["lines"]] == ["A"]


def test_without_a_row_the_page_says_what_to_do(desk, three):
    for address in (BULK, f"{BULK}?rows=x.99999999999999999999", f"{BULK}?all=1&query=q%3Dnobody"):
        assert "No row was chosen" in desk.get(address).content.decode()


def test_more_rows_than_are_changed_at_once_are_refused_even_when_they_became_so_since_the_preview(
    desk, three, monkeypatch
):
    address = f"{BULK}?all=1&{ENDED}"
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    monkeypatch.setattr("office.bulk.MOST", 2)
    for answer in (desk.get(address), desk.post(address, sent)):
        assert "At most 2 rows are changed at once." in re.sub("<[^>]+>", "", answer.content.decode())
    assert states() == {"A": "active", "B": "active", "C": "ended"}


def test_a_list_that_states_nothing_has_no_such_page(desk):
    assert desk.get("/bulk/line_list/").status_code == desk.get("/bulk/nothing/").status_code == 404


# What is shown is what is written ----------------------------------------------------------------------
def test_the_preview_says_what_is_written_and_untouched_fields_stay(desk, three, admin):
    Supplier.objects.filter(firm__code="A").update(note="kept", joined_on=date(2024, 1, 1))
    address = f"{BULK}?all=1&{ENDED}&to-joined_on=2025-03-01"
    shown = desk.get(address).context
    assert shown["counts"] == {"refused": 0, "changed": 3, "unchanged": 0}
    assert next((name, cells) for name, _url, cells, _outcome in shown["lines"]) == (
        "A",
        [("Active", "Ended", True), ("01/01/2024", "01/03/2025", True)],
    )
    assert confirm(desk, address).url == reverse("supplier_list")
    assert set(Supplier.objects.values_list("status", "joined_on", "version")) == {("ended", date(2025, 3, 1), 2)}
    assert Supplier.objects.get(firm__code="A").note == "kept"
    event = Supplier.pgh_event_model.objects.filter(pgh_label="update", version=2).select_related("pgh_context").first()
    assert (event.pgh_context.metadata["reason"], event.pgh_context.metadata["user"]) == ("end of contract", admin.pk)


def test_a_row_that_has_the_values_already_keeps_its_version(desk, three):
    address = f"{BULK}?all=1&{ENDED}"
    assert desk.get(address).context["counts"] == {"refused": 0, "changed": 2, "unchanged": 1}
    confirm(desk, address)
    assert dict(Supplier.objects.values_list("firm__code", "version")) == {"A": 2, "B": 2, "C": 1}


def test_a_field_is_emptied_when_that_is_said_and_only_then(desk, three):
    Supplier.objects.update(joined_on=date(2024, 1, 1), email="a@example.org")
    confirm(desk, f"{BULK}?all=1&preview=1&to-joined_on-empty=on")
    assert set(Supplier.objects.values_list("joined_on", "email")) == {(None, "a@example.org")}


@pytest.mark.parametrize(
    "said, words",
    [
        ("to-status=", "Give at least one field a new value."),
        ("to-joined_on=2024-01-01&to-joined_on-empty=on", "Either give a value or empty it."),
        ("to-status=nothing", "Select a valid choice"),
    ],
)
def test_values_that_cannot_be_are_said_before_any_preview(desk, three, said, words):
    assert words in desk.get(f"{BULK}?all=1&preview=1&{said}").content.decode()


def test_a_row_that_a_check_would_refuse_says_why_and_stays_while_the_others_change(desk):
    for code, start in (("EARLY", date(2024, 1, 1)), ("LATE", date(2026, 1, 1))):
        Agreement.objects.create(code=code, title=code, valid_from=start)
    address = "/bulk/export_list/?all=1&preview=1&to-valid_to=2025-06-30"
    shown = desk.get(address).context
    assert shown["counts"] == {"refused": 1, "changed": 1, "unchanged": 0}
    assert [(line[3].row.code, line[3].refused) for line in shown["lines"]] == [
        ("LATE", "The end must come after the start."),
        ("EARLY", ""),
    ]
    confirm(desk, address)
    assert dict(Agreement.objects.values_list("code", "valid_to")) == {"EARLY": date(2025, 6, 30), "LATE": None}


def test_suppliers_who_get_a_joining_day_are_expected_to_declare_as_if_entered_one_by_one(desk):
    making.site("S1", of="A")
    making.site("S2", of="B")
    making.site("S3", of="B")
    confirm(desk, f"{BULK}?all=1&preview=1&to-joined_on=2026-05-20")
    assert list(Expected.objects.values_list("site__code", "first")) == [("S1", date(2026, 5, 1))]


# Somebody else ------------------------------------------------------------------------------------------
def test_a_row_that_somebody_changed_since_the_preview_leads_back_to_it_and_nothing_is_written(desk, three):
    address = f"{BULK}?all=1&{ENDED}"
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    Supplier.objects.filter(firm__code="B").update(status="suspended", version=2)
    making.firm("D")
    answer = desk.post(address, sent)
    assert answer.status_code == 409
    [(name, _url, differences)] = answer.context["changed_since"]
    assert (name, differences) == ("B", [("Status", "Active", "Suspended")])
    assert (answer.context["come"], answer.context["gone"]) == (1, 0)
    assert states() == {"A": "active", "B": "suspended", "C": "ended", "D": "active"}
    assert desk.post(address, answer.context["hidden"] | {"reason": "end"}).status_code == 302
    assert set(states().values()) == {"ended"}


def test_a_row_that_left_the_list_since_the_preview_leads_back_to_it(desk, three):
    address = f"{BULK}?all=1&query=status%3Dactive&to-status=ended&preview=1"
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    Supplier.objects.filter(firm__code="B").update(status="suspended", version=2)
    answer = desk.post(address, sent)
    assert (answer.status_code, answer.context["gone"]) == (409, 1)


@pytest.mark.parametrize("without, status", [("key", 400), ("seen", 400), ("reason", 200)])
def test_without_key_stamp_or_reason_nothing_is_written(desk, three, without, status):
    address = f"{BULK}?all=1&{ENDED}"
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    assert desk.post(address, sent | {without: ""}).status_code == status
    assert states() == {"A": "active", "B": "active", "C": "ended"}


def test_a_form_sent_twice_is_written_once(desk, three):
    address = f"{BULK}?all=1&{ENDED}"
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    first, second = desk.post(address, sent), desk.post(address, sent)
    assert (first.url, second.url) == (reverse("supplier_list"),) * 2
    assert Write.objects.filter(reason="end").count() == 1


def test_twenty_sendings_at_once_make_one_change(committed, admin):
    for code in ("A", "B"):
        making.firm(code)
    address, gate, came = f"{BULK}?all=1&{ENDED}", Barrier(20), []
    desk = Client()
    desk.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = desk.get(address).context["hidden"] | {"reason": "end"}
    cookie = desk.cookies["sessionid"].value

    def send():
        mine = Client()
        mine.cookies["sessionid"] = cookie
        gate.wait()
        came.append(mine.post(address, sent).status_code)
        connection.close()

    threads = [Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == [302] * 20
    assert set(Supplier.objects.values_list("status", "version")) == {("ended", 2)}
    assert (Write.objects.filter(reason="end").count(), Key.objects.count()) == (1, 1)


# Many ---------------------------------------------------------------------------------------------------
def test_five_thousand_rows_are_shown_and_written_by_as_many_questions_as_five(desk):
    firms = Firm.objects.bulk_create(Firm(code=f"F{n}", name=f"F{n}") for n in range(5_000))
    made = Supplier.objects.bulk_create(Supplier(firm=firm) for firm in firms)
    five = ".".join(str(row.pk) for row in made[:5])
    asked = []
    for rows in (f"rows={five}", "all=1"):
        address = f"{BULK}?{rows}&{ENDED}&to-joined_on=2026-05-20"
        with CaptureQueriesContext(connection) as shown:
            hidden = desk.get(address).context["hidden"]
        with CaptureQueriesContext(connection) as written:
            assert desk.post(address, hidden | {"reason": "end"}).status_code == 302
        asked.append((len(shown), len(written)))
    assert Supplier.objects.filter(status="ended", joined_on=date(2026, 5, 20), version=2).count() == 5_000
    assert asked[0] == asked[1]
    told = Supplier.pgh_event_model.objects.filter(pgh_label="update", version=2)
    assert told.values("pgh_obj").distinct().count() == told.count() == 5_000
    assert told.values("pgh_context").distinct().count() == Write.objects.filter(reason="end").count() == 2


# What is stated ------------------------------------------------------------------------------------------
def test_every_stated_list_opens_its_form_and_its_preview(signed_in):
    people = world.people()
    world.things(world.OWN, people["admin"])
    client = signed_in(people["admin"])
    for bulk in registry.all_of("bulk"):
        address = f"/bulk/{bulk.page}/?all=1"
        fields = client.get(address).context["form"].fields
        name = next(name for name in bulk.fields if f"{name}-empty" in fields)
        assert client.get(f"{address}&preview=1&to-{name}-empty=on").context["counts"], bulk.page


def test_every_stated_field_is_one_of_the_row_and_makes_no_row_unique(admin):
    for bulk in registry.all_of("bulk"):
        model = bulk.form._meta.model
        unique = {
            name for each in model._meta.constraints if not isinstance(each, CheckConstraint) for name in fields(each)
        }
        for name in fields_of(bulk, admin):
            field = model._meta.get_field(name)
            assert field.concrete and not field.many_to_many and not field.unique and name not in unique, (bulk, name)
        assert hasattr(model, "pgh_event_model") and apps.get_model(model._meta.label)
        assert refusals(model, [0], {bulk.fields[0]: None}) == {}


def fields(constraint):
    """Return the names of the fields that a constraint between rows looks at."""
    return {*getattr(constraint, "fields", ()), *(str(each) for each, *_op in getattr(constraint, "expressions", ()))}
