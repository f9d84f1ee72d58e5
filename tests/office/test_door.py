"""The one write door: versions, keys, guarded edits, history."""

from datetime import UTC, datetime, timedelta

import pghistory.models
import pytest
from django.test import Client

from accounts.models import Firm
from office import clock
from office.door import Replayed, Stale, guarded, write
from office.models import Ledger, Write

pytestmark = pytest.mark.django_db


def test_each_write_takes_the_next_version_and_leaves_a_row(admin):
    before = clock.moment().version
    with write(admin, "first") as door:
        pass
    with write(admin, "second"):
        pass
    assert door.version == before + 1
    assert list(Write.objects.order_by("version").values_list("reason", flat=True))[-2:] == ["first", "second"]


def test_a_write_that_fails_leaves_nothing(admin):
    before = Ledger.objects.get().version
    with pytest.raises(ZeroDivisionError), write(admin):
        Firm.objects.create(code="X", name="X")
        raise ZeroDivisionError
    assert (Ledger.objects.get().version, Firm.objects.filter(code="X").exists()) == (before, False)


def test_the_instant_of_versions_never_goes_back(admin):
    late = datetime(2030, 1, 1, tzinfo=UTC)
    with write(admin, at=late):
        pass
    with write(admin, at=late - timedelta(days=9)) as door:
        pass
    assert Write.objects.get(version=door.version).at == late


def test_the_same_key_writes_once_and_leads_to_the_first_result(admin):
    with write(admin, key="k") as door:
        door.result = "/there/"
    with pytest.raises(Replayed) as sent, write(admin, key="k"):
        pass
    assert sent.value.result == "/there/"


def test_an_edit_of_a_changed_row_is_stale(admin):
    firm = Firm.objects.create(code="F", name="before")
    mine, theirs = Firm.objects.get(pk=firm.pk), Firm.objects.get(pk=firm.pk)
    theirs.name = "theirs"
    guarded(theirs, 1)
    mine.name = "mine"
    with pytest.raises(Stale) as lost:
        guarded(mine, 1)
    assert (lost.value.current.name, Firm.objects.get(pk=firm.pk).name) == ("theirs", "theirs")


def test_history_says_who_and_why_whichever_way_the_change_came(admin):
    with write(admin, "renamed by law"):
        firm = Firm.objects.create(code="F", name="before")
    with write(admin, "renamed by law"):
        Firm.objects.filter(pk=firm.pk).update(name="after")
    events = pghistory.models.Events.objects.tracks(firm).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert {event.pgh_context["reason"] for event in events} == {"renamed by law"}
    assert {event.pgh_context["user"] for event in events} == {admin.pk}


def test_health_answers_without_signing_in(client):
    assert client.get("/healthz/live").json() == {"live": True}
    assert client.get("/healthz/ready").json() == {"ready": True, "wrong": []}


def test_every_answer_carries_the_policy_and_stays_private(client):
    answer = client.get("/sign-in/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("en", "ltr")])
def test_a_page_that_does_not_exist_says_so_in_every_language(moment, admin, language, direction):
    client = Client()
    client.force_login(admin)
    client.cookies["django_language"] = language
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert f'lang="{language}" dir="{direction}"' in answer.content.decode()


def test_a_fault_answers_with_a_reference(moment, admin, monkeypatch):
    from reports.home import Home

    def broken(*args, **kwargs):
        raise RuntimeError("planted")

    monkeypatch.setattr(Home, "get", broken)
    client = Client(raise_request_exception=False)
    client.force_login(admin)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "planted" not in answer.content.decode()


def test_a_database_that_is_away_answers_503_and_when_to_come_back(moment, admin, monkeypatch):
    from django.db import OperationalError

    from reports.home import Home

    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(Home, "get", away)
    client = Client(raise_request_exception=False)
    client.force_login(admin)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
