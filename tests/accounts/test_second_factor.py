"""The second factor: set up, asked for, required by role, taken away; secrets that stay secret; what is slowed."""

import json
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.second_factor import decrypted, encrypted
from partstrack.settings import chosen

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
START = 1_790_000_010


@pytest.fixture
def clock():
    """A clock that stands, in the middle of a code."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def person(moment):
    """A manager with a password."""
    return User.objects.create_user("leila@example.org", PASSWORD, name="Leïla", roles=[Role.MANAGER])


def sign_in(client, email="leila@example.org"):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def code(secret, steps=0):
    """Return the code that a phone shows, some steps of thirty seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client):
    """Set up a factor; returns (its secret, the recovery codes)."""
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    return secret, answer.context["unused_codes"]


def give(client, typed):
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def is_in(client):
    return client.get(reverse("me")).status_code == 200


@pytest.fixture
def guarded(client, person, clock):
    """(secret, recovery codes) of the person, who is signed out."""
    sign_in(client)
    found = set_up(client)
    client.post(reverse("account_logout"))
    clock.shift(600)
    return found


def test_a_factor_is_set_up_from_the_picture_and_asked_for_from_then_on(client, person, clock):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "<svg" in (shown := page.content.decode()) and "style=" not in shown.split("<svg")[1].split("</svg>")[0]
    assert page.context["secret"].replace(" ", "") == secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not User.objects.get(pk=person.pk).second_factor
    codes = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True).context["unused_codes"]
    assert len(set(codes)) == 10
    assert User.objects.get(pk=person.pk).second_factor
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()  # shown once
    assert [each for each in codes if each in again] == []
    assert sign_in(elsewhere).url == reverse("mfa_authenticate")
    assert not is_in(elsewhere)
    clock.shift(60)
    assert give(elsewhere, code(secret)).status_code == 302
    assert is_in(elsewhere)


def test_a_code_and_a_recovery_code_are_taken_once(client, guarded, clock):
    secret, recovery = guarded
    right = code(secret)
    for typed, taken in ((right, True), (right, False), (recovery[3], True), (recovery[3], False), ("", False)):
        browser = Client()
        sign_in(browser)
        give(browser, typed)
        assert is_in(browser) is taken
        clock.shift(20)  # the same code is still valid
    assert client.post(reverse("mfa_authenticate")).status_code == 302


def test_a_sixth_wrong_code_is_refused_with_the_time_left_and_the_password_alone_does_not_help(client, guarded, clock):
    secret, _recovery = guarded
    sign_in(client)
    assert [give(client, "000000").status_code for _ in range(5)] == [200] * 5
    clock.shift(60)
    sign_in(client)
    answer = give(client, code(secret))  # even the right one
    assert (answer.status_code, answer["Retry-After"], is_in(client)) == (429, "240", False)
    clock.shift(241)
    sign_in(client)
    give(client, code(secret))
    assert is_in(client)


def test_what_matters_takes_the_code_again_after_five_minutes(client, guarded, clock):
    secret, _recovery = guarded
    User.objects.update(roles=[Role.SYSTEM])
    other = User.objects.create_user("other@example.org", PASSWORD, roles=[Role.ANALYST])
    sign_in(client)
    give(client, code(secret))
    doors = [reverse(name) for name in ("password", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "user_new")]
    doors += [reverse(name, args=[other.pk]) for name in ("user_edit", "user_erase")]
    assert [client.get(door).status_code for door in doors] == [200] * 6
    clock.shift(301)
    for door in doors:
        for method in ("get", "post"):
            assert getattr(client, method)(door).url.startswith(reverse("mfa_reauthenticate")), door
    assert client.get(reverse("account_reauthenticate")).status_code == 302  # the password is not enough
    where = f"{reverse('mfa_reauthenticate')}?next={doors[0]}"
    assert client.post(where, {"code": "000000"}).status_code == 200
    assert client.post(where, {"code": code(secret)}).url == doors[0]
    assert client.get(doors[0]).status_code == 200
    assert PASSWORD not in str(client.session.items())


def test_without_a_factor_the_password_is_asked_before_one_is_set_up(client, person, clock):
    sign_in(client)
    clock.shift(301)
    door = client.get(reverse("mfa_activate_totp")).url
    assert door == f"{reverse('account_reauthenticate')}?next=%2Fme%2Fsecond-factor%2F"
    assert client.post(door, {"password": "guess"}).status_code == 200
    assert client.post(door, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    codes = [client.post(door, {"password": "guess"}).status_code for _ in range(10)]
    assert codes[-1] == 429


def test_a_role_that_must_have_a_factor_does_nothing_before(client, person, clock, settings):
    sign_in(client)
    settings.SECOND_FACTOR = frozenset({"system"})
    assert is_in(client)
    settings.SECOND_FACTOR = frozenset({"manager"})
    closed = ["home", "me", "password", "user_list", "supplier_list", "other_sessions", "supplier_new"]
    for name in closed:
        for method in ("get", "post"):
            assert getattr(client, method)(reverse(name)).url == reverse("mfa_activate_totp")
    assert client.get("/healthz/live").status_code == client.get(reverse("account_logout")).status_code == 200
    set_up(client)
    assert client.get(reverse("home")).status_code == 200
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("me")
    assert client.get(reverse("me")).url == reverse("mfa_activate_totp")


def test_every_role_that_can_be_asked_is_a_role_and_a_wrong_one_stops_the_start(monkeypatch):
    monkeypatch.setenv("PARTSTRACK_SECOND_FACTOR", " Manager, system,")
    assert chosen("PARTSTRACK_SECOND_FACTOR", set(Role.values)) == {"manager", "system"}
    monkeypatch.setenv("PARTSTRACK_SECOND_FACTOR", ",".join(Role.values))
    from importlib import util

    spec = util.find_spec("partstrack.settings")
    fresh = util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    assert set(Role.values) == fresh.SECOND_FACTOR
    monkeypatch.setenv("PARTSTRACK_SECOND_FACTOR", "boss")
    with pytest.raises(ImproperlyConfigured, match="PARTSTRACK_SECOND_FACTOR"):
        chosen("PARTSTRACK_SECOND_FACTOR", set(Role.values))


def test_a_system_administrator_takes_a_factor_away_with_a_reason(client, guarded, clock, person):
    system, theirs = Client(), Client()
    User.objects.create_user("system@example.org", PASSWORD, roles=[Role.SYSTEM])
    sign_in(theirs)
    give(theirs, code(guarded[0]))
    sign_in(system, "system@example.org")
    door = reverse("user_factor", args=[person.pk])
    assert door in system.get(reverse("user_edit", args=[person.pk])).content.decode()
    assert list(system.post(door, {"own_password": "guess"}).context["form"].errors) == ["reason", "own_password"]
    assert User.objects.get(pk=person.pk).second_factor
    assert system.get(door).status_code == 200
    for _twice in range(2):
        assert system.post(door, {"reason": "lost the phone", "own_password": PASSWORD}).url == reverse("user_list")
    assert (Authenticator.objects.count(), is_in(theirs)) == (0, False)
    assert sign_in(theirs).url == reverse("home")
    story = system.get(reverse("history", args=["person", person.pk])).content.decode()
    assert "lost the phone" in story
    assert system.get(reverse("user_factor", args=[User.objects.get(email="system@example.org").pk])).status_code == 404


def test_the_command_line_frees_the_last_administrator_who_lost_the_phone(guarded, person, capsys):
    call_command("user", "lost-phone", "Leila@Example.org", "--reason", "broken phone", "--json")
    assert json.loads(capsys.readouterr().out)["state"] == "without factor"
    assert (Authenticator.objects.count(), User.objects.get(pk=person.pk).second_factor) == (0, False)


def test_who_is_erased_has_no_factor(guarded, person):
    from accounts.erasing import erase

    erase(User.objects.get(pk=person.pk))
    assert (Authenticator.objects.count(), User.objects.get(pk=person.pk).second_factor) == (0, False)


def test_secrets_lie_encrypted_and_another_key_opens_nothing(client, guarded, settings):
    secret, recovery = guarded
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        names = [name for (name,) in cursor.fetchall() if "partition" not in name]
        for name in (
            each for each in names if "mfa" in each or each.startswith(("accounts_", "pghistory", "django_session"))
        ):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")
            (kept,) = cursor.fetchone()
            assert [word for word in (secret, *recovery) if word in kept] == [], name
    assert decrypted(encrypted("a")) == "a"
    settings.SECRET_KEY = "another key of another installation"
    sign_in(client)
    assert give(client, code(secret)).status_code == 200
    assert not is_in(client)
