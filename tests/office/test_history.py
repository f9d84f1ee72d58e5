"""The story of a thing: every way of change, in names; nobody else's; archived and brought back with a reason."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Firm
from office.door import write
from production.models import Expected
from suppliers.models import Site, SitePlace, Supplier
from tests import making

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADDRESS = "/history/supplier/P05/"


@pytest.fixture
def supplier(admin):
    """A supplier with a site in Algiers, entered for a reason."""
    with write(admin, "Entered"):
        made = making.site("P05", wilaya="16")
    return Supplier.objects.get(firm=made.firm)


@pytest.fixture
def reads(client, manager):
    """Return a function that reads a history as somebody."""

    def read(address=ADDRESS, user=manager):
        client.force_login(user, backend=BACKEND)
        client.cookies["django_language"] = "en"
        return client.get(address)

    return read


def told(page):
    """Return (who, reason, [(kind, what, [(label, before, after)])]) of the entries of a page, the newest first."""
    return [
        (
            entry.who,
            entry.reason,
            [(s.kind, s.what, [(c.label, c.before, c.after) for c in s.changes]) for s in entry.steps],
        )
        for entry in page.context["told"]
    ]


def of(page, reason):
    """Return the entry that was made for a reason: in a test all changes are of one instant."""
    (entry,) = (each for each in told(page) if each[1] == reason)
    return entry


def test_a_change_is_told_with_who_why_and_names_instead_of_keys(supplier, admin, reads):
    place = SitePlace.objects.get()
    with write(admin, "Moved by decree"):
        Supplier.objects.filter(pk=supplier.pk).update(status="suspended", version=2)
        place.wilaya_id = "31"
        place.save()
    assert of(reads(), "Moved by decree") == (
        str(admin),
        "Moved by decree",
        [
            ("supplier", "update", [("Status", "Active", "Suspended")]),
            ("place of a site", "update", [("Wilaya", "Alger", "Oran")]),
        ],
    )


def test_a_removal_and_a_change_past_the_door_are_told_too(supplier, reads):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")  # as in a transaction without the door
    SitePlace.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_firm SET name = 'Renamed' WHERE code = 'P05'")
    steps = [(who, step) for who, reason, steps in told(reads()) for step in steps if not reason]
    assert sorted(steps, key=str) == [
        ("outside partstrack", ("firm", "update", [("Name", "P05", "Renamed")])),
        ("outside partstrack", ("place of a site", "delete", [("Wilaya", "Alger", "")])),
    ]


def test_a_command_is_told_like_a_page(supplier, moment, reads):
    call_command("expect", "P05", "--from", "2026-01", "--json")
    (steps,) = (steps for who, _reason, steps in told(reads("/history/site/P05/")) if who == "command line")
    assert steps == [("span in which it is to declare", "insert", [("From", "", "01/01/2026")])]
    assert Expected.objects.get().first == date(2026, 1, 1)


def test_keys_and_versions_are_not_told(supplier, admin, reads):
    before = told(reads())
    with write(admin, "Nothing that people read"):
        Supplier.objects.filter(pk=supplier.pk).update(version=9)
    assert told(reads()) == before


def test_a_supplier_reads_their_own_story_without_names_of_the_office(supplier, admin, reads):
    own = making.person("p05@example.org", making.SUPPLIER, firm=supplier.firm)
    other = making.person("p06@example.org", making.SUPPLIER, firm=making.firm("P06"))
    with write(admin, "Parent"):
        Firm.objects.filter(pk=supplier.firm_id).update(parent=Firm.objects.get(code="P06"))
    assert of(reads(user=own), "Parent") == (
        "the office",
        "Parent",
        [("firm", "update", [("Parent firm", "–", "another firm's")])],
    )
    assert reads(user=other).status_code == 404
    assert reads("/history/nothing/P05/").status_code == 404


def test_people_are_told_only_to_who_manages_people(reads, manager, admin):
    system = making.person("s@example.org", "system")
    admin.roles = ["analyst"]
    admin.save()
    address = f"/history/person/{admin.pk}/"
    assert reads(address).status_code == 403
    steps = [step for _who, _reason, steps in told(reads(address, system)) for step in steps]
    assert ("user", "update", [("Roles", "Admin", "Analyst")]) in steps


def test_what_is_archived_leaves_lists_and_comes_back_with_a_reason(supplier, client, manager, reads):
    form = reads().context["archive_hidden"]
    address = f"{ADDRESS}archive/"
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, "reason": "Closed down"}).status_code == 302
    assert client.post(address, {**form, "reason": "Closed down"}).status_code == 302  # sent twice, written once
    assert list(Supplier.objects.active()) == []
    assert client.post(address, {**form, "key": "another", "reason": "Closed down"}).status_code == 409
    again = reads()
    assert of(again, "Closed down")[2] == [("supplier", "archive", [])]
    client.post(address, {**again.context["archive_hidden"], "reason": "Works again"})
    assert list(Supplier.objects.active()) == [supplier]
    assert of(reads(), "Works again")[2] == [("supplier", "restore", [])]


def test_a_story_costs_the_same_number_of_queries_however_long_it_is(supplier, admin, reads):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            reads()
        return len(asked)

    def rename(number):
        with write(admin, f"Name {number}"):
            Firm.objects.filter(pk=supplier.firm_id).update(name=f"Name {number}")
            Site.objects.filter(firm=supplier.firm_id).update(name=f"Name {number}")

    rename(0)
    queries()
    few = queries()
    for number in range(1, 30):
        rename(number)
    assert queries() <= few
    assert (reads().context["older"], told(reads(f"{ADDRESS}?page=2"))[-1][1]) == (2, "Entered")
