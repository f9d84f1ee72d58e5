"""Signing in: by password, by the demonstration's doors; slowed guessing; languages; how long a session lasts."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from accounts.views import DOORS
from office.models import Ledger

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def person():
    """An analyst with a password."""
    return User.objects.create_user("leila@example.org", PASSWORD, name="Leïla", roles=[Role.ANALYST])


@pytest.fixture
def doors(moment):
    """The accounts of the demonstration."""
    for role, email in DOORS.items():
        User.objects.create(email=email, password="!", roles=[role])


def sign_in(client, email="leila@example.org", password=PASSWORD, **more):
    """Send the form of the sign-in page."""
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def is_in(client):
    """Say whether this browser is signed in."""
    return client.get(reverse("me")).status_code == 200


def test_a_person_signs_in_and_comes_home(client, person):
    answer = sign_in(client, "Leila@Example.org")
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert is_in(client)


def test_signing_in_leads_to_the_page_that_was_asked_for(client, person):
    wanted = client.get(reverse("me")).url
    assert wanted == f"{reverse('account_login')}?next={reverse('me')}"
    assert sign_in(client, next=reverse("me")).url == reverse("me")


def test_signing_in_leads_to_no_other_site(client, person):
    assert sign_in(client, next="https://elsewhere.example/").url == reverse("home")


@pytest.mark.parametrize(
    ("roles", "start"), [([Role.SYSTEM], "user_list"), ([], "me"), ([Role.SYSTEM, Role.ADMIN], "home")]
)
def test_everybody_starts_at_a_page_that_is_theirs(client, roles, start):
    User.objects.create_user("nadir@example.org", PASSWORD, roles=roles)
    assert sign_in(client, "nadir@example.org").url == reverse(start)


def test_wrong_unknown_and_deactivated_get_the_same_answer(client, person):
    User.objects.create_user("gone@example.org", PASSWORD, roles=[Role.ANALYST], is_active=False)
    cases = [("leila@example.org", "wrong password"), ("nobody@example.org", PASSWORD), ("gone@example.org", PASSWORD)]
    answers = [sign_in(client, *case) for case in cases]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    errors = {str(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(errors) == 1
    assert not is_in(client)


def test_a_sixth_wrong_password_is_refused_with_the_time_left(client, person):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        assert [sign_in(client, password=f"guess {number}").status_code for number in range(5)] == [200] * 5
        clock.shift(60)
        answer = sign_in(client)  # even the right one
        assert (answer.status_code, answer["Retry-After"]) == (429, "240")
        assert answer.context["minutes"] == 4
        clock.shift(241)
        assert sign_in(client).status_code == 302


def test_guessing_at_one_account_leaves_the_others_open(client, person):
    User.objects.create_user("other@example.org", PASSWORD, roles=[Role.ANALYST])
    for number in range(6):
        sign_in(client, password=f"guess {number}")
    assert sign_in(client, "other@example.org").status_code == 302


def test_an_address_that_guesses_at_many_accounts_is_slowed(client, person):
    with time_machine.travel(1_790_000_000, tick=False):
        codes = [sign_in(client, f"a{number}@example.org", "guess").status_code for number in range(11)]
        assert codes == [200] * 10 + [429]
        assert sign_in(client)["Retry-After"] == "60"


def test_many_sendings_from_one_address_are_slowed_with_the_time_left(client, person):
    with time_machine.travel(1_790_000_000, tick=False):
        answers = [client.post(reverse("account_login")) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[-1]["Retry-After"] == "60"


def test_right_passwords_do_not_count_as_guesses(client, person):
    for _ in range(8):
        assert sign_in(client).status_code == 302
        client.post(reverse("account_logout"))


def test_signing_out_takes_a_post(client, person):
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_nobody_signs_up(client):
    assert client.get("/signup/").status_code == 404


def test_the_demonstration_has_a_door_for_each_role(client, doors):
    page = client.get(reverse("account_login"))
    assert page.context["demo_roles"] == ["analyst", "admin", "manager", "supplier", "system"]
    for role in DOORS:
        answer = client.post(reverse("demo_login"), {"role": role})
        start = "user_list" if role == Role.SYSTEM else "home"
        assert (answer.status_code, answer.url) == (302, reverse(start))
        assert client.get(reverse("me")).context["user"].roles == [role]


def test_a_door_leads_on_inside_this_site_only(client, doors):
    words = {"role": "admin", "next": "//elsewhere.example/"}
    assert client.post(reverse("demo_login"), words).url == reverse("home")
    assert client.post(reverse("demo_login"), words | {"next": "/me/"}).url == "/me/"


@pytest.mark.parametrize("role", ["cli", "", "manager'"])
def test_there_is_no_other_door(client, doors, role):
    assert client.post(reverse("demo_login"), {"role": role}).status_code == 404
    assert not is_in(client)


def test_a_door_takes_a_post(client, doors):
    assert client.get(reverse("demo_login"), {"role": "admin"}).status_code == 405


def test_outside_the_demonstration_there_are_no_doors(client, doors):
    Ledger.objects.update(demo_today=None)
    assert client.get(reverse("account_login")).context["demo_roles"] == []
    assert client.post(reverse("demo_login"), {"role": "admin"}).status_code == 404


def test_a_deactivated_account_has_no_door(client, doors):
    User.objects.filter(email=DOORS["admin"]).update(is_active=False)
    assert client.get(reverse("account_login")).context["demo_roles"] == ["analyst", "manager", "supplier", "system"]
    assert client.post(reverse("demo_login"), {"role": "admin"}).status_code == 404


def test_the_chosen_language_is_kept_for_a_year(client):
    answer = client.post(reverse("language"), {"language": "ar", "next": "/sign-in/?a=1"})
    cookie = answer.cookies["django_language"]
    assert (answer.url, cookie.value, cookie["max-age"], cookie["samesite"]) == (
        "/sign-in/?a=1",
        "ar",
        31_536_000,
        "Lax",
    )
    assert 'dir="rtl"' in client.get(reverse("account_login")).content.decode()


def test_an_unknown_language_changes_nothing_and_leads_nowhere_else(client):
    answer = client.post(reverse("language"), {"language": "xx", "next": "https://elsewhere.example/"})
    assert (answer.url, dict(answer.cookies)) == ("/", {})


def test_the_sign_in_page_speaks_french_first(client):
    assert '<html lang="fr" dir="ltr">' in client.get(reverse("account_login")).content.decode()


def test_a_session_that_is_used_lives_on_and_ends_after_twelve_hours(client, person):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        sign_in(client)
        for _ in range(35):
            assert is_in(client)
            clock.shift(20 * 60)
        clock.shift(20 * 60)  # twelve hours after the first page
        assert not is_in(client)


def test_a_session_that_is_not_used_ends_after_thirty_minutes(client, person):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        sign_in(client)
        assert is_in(client)
        clock.shift(30 * 60 + 1)
        assert not is_in(client)


def test_a_session_is_written_once_a_minute_at_most(client, person, django_assert_num_queries):
    with time_machine.travel(1_790_000_000, tick=False) as clock:
        sign_in(client)
        client.get(reverse("password"))
        clock.shift(59)
        with django_assert_num_queries(4):  # the session, the person, the moment, the bell: all read
            client.get(reverse("password"))
        clock.shift(1)
        with django_assert_num_queries(7) as asked:
            client.get(reverse("password"))
    assert [query["sql"].split()[0] for query in asked.captured_queries][4:] == ["SAVEPOINT", "UPDATE", "RELEASE"]


def test_a_deactivated_person_is_out_at_the_next_request(client, person):
    sign_in(client)
    assert is_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)


def test_one_may_end_the_sessions_in_other_browsers(client, person):
    elsewhere, stranger = Client(), Client()
    User.objects.create_user("other@example.org", PASSWORD, roles=[Role.ANALYST])
    for browser, email in ((client, person.email), (elsewhere, person.email), (stranger, "other@example.org")):
        sign_in(browser, email)
    assert len(client.get(reverse("me")).context["others"]) == 1
    client.post(reverse("other_sessions"))
    assert (is_in(client), is_in(elsewhere), is_in(stranger)) == (True, False, True)


def test_a_new_password_ends_the_other_sessions(client, person):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    words = {"old_password": PASSWORD, "new_password1": "quite another one", "new_password2": "quite another one"}
    assert client.post(reverse("password"), words).url == reverse("me")
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert User.objects.get(pk=person.pk).check_password("quite another one")


@pytest.mark.parametrize(
    ("old", "new"),
    [("wrong", "quite another one"), (PASSWORD, "short"), (PASSWORD, "x" * 129), (PASSWORD, "password1234")],
)
def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(client, person, old, new):
    sign_in(client)
    words = {"old_password": old, "new_password1": new, "new_password2": new}
    assert client.post(reverse("password"), words).status_code == 200
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_guessing_the_old_password_is_slowed(client, person):
    sign_in(client)
    words = {"old_password": "guess", "new_password1": "quite another one", "new_password2": "quite another one"}
    codes = [client.post(reverse("password"), words).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_an_account_without_a_password_gets_none_here(client, doors):
    client.post(reverse("demo_login"), {"role": "analyst"})
    assert client.get(reverse("password")).status_code == 403


def test_a_session_says_nothing_of_the_password(client, person):
    sign_in(client)
    kept = Session.objects.get().get_decoded()
    assert PASSWORD not in str(kept)
    assert kept["_auth_user_id"] == str(person.pk)


def test_the_time_of_an_answer_does_not_tell_which_accounts_exist(client, person, monkeypatch):
    spent = []
    monkeypatch.setattr("accounts.passwords.Argon2.encode", lambda *a, **k: spent.append("hash") or "argon2$x")
    monkeypatch.setattr("accounts.passwords.Argon2.verify", lambda *a, **k: spent.append("hash") or False)
    sign_in(client, password="wrong password")
    assert spent == ["hash"]
    sign_in(client, "nobody@example.org")
    assert spent == ["hash", "hash"]


def test_sessions_are_told_in_plain_words_and_ended_one_by_one(client, person):
    said = {
        "phone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 (KHTML) Version/17 Safari/604.1",
        "desk": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 (KHTML) Chrome/126 Safari/537.36 Edg/126.0",
        "script": "curl/8",
    }
    browsers = {name: Client(headers={"user-agent": agent}) for name, agent in said.items()}
    stranger = Client()
    User.objects.create_user("other@example.org", PASSWORD, roles=[Role.ANALYST])
    for browser in (client, *browsers.values()):
        sign_in(browser)
        is_in(browser)
    sign_in(stranger, "other@example.org")
    is_in(stranger)
    page = client.get(reverse("me"))
    told = {tuple(each.device): each.mark for each in page.context["others"]}
    assert told.keys() == {("Safari", "iPhone"), ("Edge", "Windows"), ("", "")}
    shown = page.content.decode()
    assert [key for key in Session.objects.values_list("pk", flat=True) if key in shown] == []
    assert "127.0.0.1" not in shown
    assert stranger.post(reverse("session_end", args=[told["Edge", "Windows"]])).status_code == 404
    assert client.post(reverse("session_end", args=[told["Edge", "Windows"]])).url == reverse("me")
    assert [is_in(browser) for browser in (client, *browsers.values(), stranger)] == [True, True, False, True, True]
    assert client.post(reverse("session_end", args=[told["Edge", "Windows"]])).status_code == 404
