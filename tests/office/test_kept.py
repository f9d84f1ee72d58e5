"""What is kept or said to be unchanged is never stale and never somebody else's."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.test import Client

from accounts.models import Member, User
from office.door import write
from office.models import Download, Ledger
from partstrack import registry
from partstrack.kept import KEPT, Kept
from suppliers.models import SitePlace
from suppliers.views import SupplierList
from tests import making

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = ("/", "/production/", "/figures/produced/", "/production/?by=supplier", "/figures/sold/?by=site")


@pytest.fixture(autouse=True)
def keeping(moment, monkeypatch):
    """Keep answers, as the product does."""
    monkeypatch.setattr(KEPT, "most", 1000)
    yield
    KEPT.clear()


@pytest.fixture
def volumes(admin):
    """Two firms with a month of this year and of the year before."""
    made = {}
    for code, amount in (("P05", 700), ("P06", 90_000)):
        site = making.site(code, wilaya="16")
        made[code] = (site, making.part(f"{code}-1", site.firm))
        making.declare(admin, site, making.monthly(made[code][1], {"2025-08": amount, "2026-08": amount + 11}))
    return made


def browser(user, language="fr"):
    """Return a browser of its own, signed in."""
    made = Client()
    made.force_login(user, backend=BACKEND)
    made.cookies["django_language"] = language
    return made


def shown(client, address, etag=None):
    """Return (status, ETag, text) of a page, asked with the ETag that a browser has."""
    answer = client.get(address, headers={"If-None-Match": etag} if etag else {})
    return answer.status_code, answer.headers.get("ETag"), answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_did_not_change_is_answered_without_it(volumes, admin, address):
    client = browser(admin)
    status, etag, text = shown(client, address)
    assert (status, bool(text)) == (200, True)
    assert shown(client, address, etag) == (304, etag, "")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_stays_with_its_person_and_is_asked_for_each_time(volumes, admin, address):
    headers = browser(admin).get(address).headers
    assert headers["Cache-Control"].split(", ") == ["private", "no-cache"]
    assert {"Cookie"} <= set(headers["Vary"].split(", "))


@pytest.mark.parametrize("address", PAGES[:4])
def test_after_a_write_nobody_is_told_that_nothing_changed(volumes, admin, analyst, address):
    clients = [browser(admin), browser(analyst)]
    before = [shown(client, address) for client in clients]
    site, part = volumes["P05"]
    making.declare(admin, site, making.monthly(part, {"2026-08": 5_000}))
    for client, (_status, etag, text) in zip(clients, before, strict=True):
        status, fresh, now = shown(client, address, etag)
        assert status == 200 and fresh != etag and now != text and "95" in now


@pytest.mark.parametrize("address", PAGES)
def test_another_person_role_session_or_language_is_another_page(volumes, admin, address, supplier_user):
    etag = shown(browser(admin), address)[1]
    second = making.person("second@example.org", making.ADMIN)
    others = [browser(second), browser(supplier_user), browser(admin), browser(admin, "ar")]
    assert [shown(client, address, etag)[0] for client in others] == [200] * 4


def test_who_gets_another_role_or_firm_or_name_sees_the_page_anew(volumes, admin, supplier_user):
    client = browser(supplier_user)
    etags = [shown(client, "/production/")[1]]
    for change in (
        lambda: Member.objects.create(user=supplier_user, firm=volumes["P06"][0].firm),
        lambda: User.objects.filter(pk=supplier_user.pk).update(name="Autre"),
        lambda: User.objects.filter(pk=supplier_user.pk).update(roles=["analyst"]),
    ):
        change()
        status, etag, _text = shown(client, "/production/", etags[-1])
        assert (status, etag in etags) == (200, False)
        etags.append(etag)


def test_who_lost_the_right_is_not_told_that_nothing_changed(volumes, analyst):
    client = browser(analyst)
    etag = shown(client, "/production/")[1]
    User.objects.filter(pk=analyst.pk).update(roles=["system"])
    assert shown(client, "/production/", etag)[0] == 403
    User.objects.filter(pk=analyst.pk).update(is_active=False)
    assert shown(client, "/production/", etag)[0] == 302


def test_a_message_is_shown_once_and_its_page_is_not_kept(volumes, admin):
    client = browser(admin)
    etag = shown(client, "/production/")[1]
    session = client.session
    session["_messages"] = SessionStorage(SimpleNamespace(session=session)).serialize_messages(
        [Message(constants.SUCCESS, "Enregistré à part")]
    )
    session.save()
    answer = client.get("/production/", headers={"If-None-Match": etag})
    assert answer.status_code == 200 and "Enregistré à part" in answer.content.decode()
    assert not answer.has_header("ETag") and "no-store" in answer.headers["Cache-Control"]
    assert shown(client, "/production/", etag)[0] == 304


def test_after_midnight_the_page_is_another_one(volumes, admin):
    client = browser(admin)
    etag = shown(client, "/production/")[1]
    Ledger.objects.update(demo_today=date(2026, 9, 23))
    assert shown(client, "/production/", etag)[0] == 200


def test_a_new_session_has_its_own_tokens(volumes, admin):
    client = browser(admin)
    etag, token = shown(client, "/production/")[1], client.cookies["csrftoken"].value
    client.post("/sign-out/")
    client.force_login(admin, backend=BACKEND)
    assert shown(client, "/production/", etag)[0] == 200 and client.cookies["csrftoken"].value == token
    client.cookies["csrftoken"] = "x" * 32
    assert shown(client, "/production/", etag)[0] == 200


def test_signing_out_empties_what_the_browser_keeps(admin):
    client = browser(admin)
    client.get("/production/")
    assert client.post("/sign-out/").headers["Clear-Site-Data"] == '"cache"'


def test_a_file_is_never_said_to_be_unchanged(volumes, admin):
    client = browser(admin)
    for _again in range(2):
        answer = client.get("/production/?format=csv")
        assert (answer.status_code, answer.has_header("ETag")) == (200, False)
    assert Download.objects.count() == 2


def test_home_shows_the_report_that_just_left(volumes, manager):
    client = browser(manager)
    etag = shown(client, "/")[1]
    Download.objects.create(
        at="2026-09-22T10:00Z", user=manager, name="r.pdf", rows=1, version=1, report="home", year=2025
    )
    assert shown(client, "/", etag)[0] == 200


# Answers ------------------------------------------------------------------------------------------------
def value(client, address):
    """Return what the context of a page says the figure is."""
    return client.get(address).context["answer"].value


def test_an_answer_is_counted_once_for_all_who_may_see_the_same(volumes, admin, analyst, django_assert_num_queries):
    figure, asked = registry.figure("produced"), {}
    from office.asking import ask
    from office.clock import moment

    for user in (admin, analyst):
        asked[user] = ask(user, moment(), {"year": "2026"}, {})
    first = figure.compute(asked[admin])
    with django_assert_num_queries(0):
        second = figure.compute(asked[analyst])
    assert (first.value, second.value) == (90_722, 90_722)


@pytest.mark.parametrize("first", ["admin", "supplier"])
def test_a_firm_never_gets_the_answer_of_all_firms_nor_they_its_own(volumes, admin, supplier_user, first):
    clients = {"admin": browser(admin), "supplier": browser(supplier_user)}
    order = [first, *(name for name in clients if name != first)]
    got = {name: value(clients[name], "/production/?year=2026") for name in (*order, *order)}
    assert got == {"admin": 90_722, "supplier": 711}


def test_an_answer_of_before_a_write_is_not_given_after_it(volumes, admin):
    client = browser(admin)
    assert value(client, "/production/?year=2026") == 90_722
    site, part = volumes["P05"]
    making.declare(admin, site, making.monthly(part, {"2026-08": 1}))
    assert value(client, "/production/?year=2026") == 90_012


def test_a_situation_of_before_hears_of_what_has_no_situation(volumes, admin):
    client, version = browser(admin), Ledger.objects.get().version
    address = f"/figures/produced/?year=2026&by=wilaya&as-of=v{version}"
    assert [group.key for group in client.get(address).context["answer"].groups] == ["16"]
    with write(admin, "moved"):
        SitePlace.objects.update(wilaya="31")
    assert [group.key for group in client.get(address).context["answer"].groups] == ["31"]


def test_a_base_that_was_set_back_does_not_meet_the_answers_of_its_future(volumes, admin):
    client, before = browser(admin), Ledger.objects.get()
    site, part = volumes["P05"]
    making.declare(admin, site, making.monthly(part, {"2026-08": 1}), at="2026-09-22T10:00:00+01:00")
    assert value(client, "/production/?year=2026") == 90_012
    from production.models import Standing

    last = Standing.objects.get(to_v=None, declaration__head__site=site, declaration__head__month="2026-08-01")
    assert last.from_v == before.version + 1
    Ledger.objects.update(at="2026-09-22T11:00:00+01:00")
    assert Ledger.objects.get().version == before.version + 1
    assert client.get("/production/?year=2026").wsgi_request.moment.data != f"v{before.version + 1} {before.at}"


def test_each_language_has_its_own_words(volumes, admin):
    said = {code: browser(admin, code).get("/production/?year=2026").context["answer"].basis for code in ("fr", "ar")}
    assert said["fr"] != said["ar"]


def test_totals_of_a_list_are_counted_once_for_a_state_of_the_data(admin, signed_in):
    making.site("P05")
    client, read = signed_in(admin), []
    with pytest.MonkeyPatch.context() as patched:
        counted = SupplierList.totals
        patched.setattr(SupplierList, "totals", lambda page, rows: read.append(page) or counted(page, rows))
        seen = [client.get(f"/suppliers/{query}").context["table"].totals for query in ("", "?sort=-name", "?q=p05")]
        assert (len(read), seen) == (3, [{"sites": 1}] * 3)
        client.get("/suppliers/?page=1")
        assert len(read) == 3
        with write(admin, "one more"):
            making.site("P06")
        assert client.get("/suppliers/").context["table"].totals == {"sites": 2}
    assert len(read) == 4


def test_what_is_kept_is_bounded_and_the_oldest_goes_first_and_what_is_too_big_drives_nothing_out():
    kept = Kept(10)
    for name in "abc":
        kept.put(name, name, 3)
    kept.get("a")
    kept.put("d", "d", 3)
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"] and kept.held == 9
    kept.put("big", "big", 50)
    assert kept.get("big") is None and kept.held == 9
