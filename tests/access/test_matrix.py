"""Who gets which page: every address × role × method; nobody reaches or reads what belongs to another firm."""

import io
import re
import zipfile

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from partstrack import registry
from tests.access import world
from tests.access.matrix import ANONYMOUS, LINES, ROLES

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MORE_THAN_ASKED = re.compile(rf"{world.CANARY} (SARL|ش|alias|author|reason|note|file|stage|training|place|aim|view)")
REFERENCE = re.compile(rb"<code>[0-9a-f]{8}</code>")


@pytest.fixture
def house(moment):
    """Two firms with one of everything, and a person of each role."""
    people = world.people()
    own, other = world.things(world.OWN, people["admin"]), world.things(world.CANARY, people["admin"])
    return {"people": people, "own": own, "other": other, "unknown": world.unknown(own)}


def browser(house, role):
    """Return a function that sends a request as a role; whatever the request writes is taken back."""
    client = Client()
    if role != ANONYMOUS:
        client.force_login(house["people"][role], backend=BACKEND)
    cookies = client.cookies.output()

    def send(method, address):
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        with transaction.atomic():
            answer = getattr(client, method)(address)
            transaction.set_rollback(True)
        return answer

    return send


def address(line, things):
    """Return the address of a line for some things."""
    return reverse(line.name, args=[things[key] for key in line.things])


def names(resolver=None):
    """Yield the name of every address; one without a name by its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from names(entry)
        else:
            yield entry.name or str(entry.pattern)


def mismatches(send, role, lines, things, expected):
    """Return what came and what should have come, where they differ."""
    wrong = []
    for line in lines:
        for method in ("get", "post"):
            due, came = expected(line, method), send(method, address(line, things)).status_code
            if came != due:
                wrong.append(f"{role} {method.upper()} {line.name}: {came}, should be {due}")
    return wrong


def text_of(answer):
    """Return everything an answer says; a workbook is opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body


# The matrix --------------------------------------------------------------------------------------------
def test_every_address_is_in_the_matrix_once():
    assert sorted(names()) == sorted(line.name for line in LINES)


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_every_address_gives_each_role_what_the_matrix_says(house, role):
    send = browser(house, role)
    assert mismatches(send, role, LINES, house["own"], lambda line, method: getattr(line, method)[role]) == []


def test_strangers_are_led_to_the_sign_in_page(house):
    send = browser(house, ANONYMOUS)
    closed = [line for line in LINES if line.get[ANONYMOUS] == 302 and line.name != "account_logout"]
    elsewhere = [
        line.name for line in closed if not send("get", address(line, house["own"])).url.startswith("/sign-in/")
    ]
    assert elsewhere == []


def refused_or(status):
    """Return what a line gives for a thing that is not theirs: a right that is missing stays 403, all else is `status`."""

    def due(line, method):
        own = getattr(line, method)["supplier"]
        return own if own in (403, 405) else status

    return due


def test_things_of_another_firm_do_not_exist_for_a_supplier(house):
    send = browser(house, "supplier")
    lines = [line for line in LINES if line.things and not line.public]
    assert mismatches(send, "supplier", lines, house["other"], refused_or(404)) == []


@pytest.mark.parametrize("role", ["analyst", "admin", "manager"])
def test_the_house_reaches_the_things_of_every_firm(house, role):
    send = browser(house, role)
    lines = [line for line in LINES if line.things and not line.public]
    assert mismatches(send, role, lines, house["other"], lambda line, method: getattr(line, method)[role]) == []


def test_another_firms_thing_and_an_unknown_one_get_the_same_page(house):
    send = browser(house, "supplier")
    told_apart = []
    for line in LINES:
        if line.things and not line.public and line.get["supplier"] == 200:
            other, nobody = (send("get", address(line, house[whose])) for whose in ("other", "unknown"))
            if REFERENCE.sub(b"", other.content) != REFERENCE.sub(b"", nobody.content):
                told_apart.append(line.name)
    assert told_apart == []


# The canary --------------------------------------------------------------------------------------------
def supplier_pages(house):
    """Yield (name, address) of every page of a supplier's user, with all its queries and every figure."""
    for line in LINES:
        if line.get["supplier"] != 200:
            continue
        for query in ("", *line.also):
            yield line.name, address(line, house["own"]) + query
    for figure in registry.all_of("figures"):
        for query in ("", *(f"?by={dim}" for dim in figure.dims)):
            yield f"figure {figure.name}", reverse("figure", args=[figure.name]) + query
        for counted in registry.counted(figure.name):
            for query in ("", "?format=csv"):
                yield f"rows {counted.name}", reverse("figure_rows", args=[figure.name, counted.name]) + query


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_supplier_never_reads_a_word_of_another_firm(house, language):
    client = Client()
    client.force_login(house["people"]["supplier"], backend=BACKEND)
    client.cookies["django_language"] = language
    shown = {}
    for name, where in supplier_pages(house):
        # A page may repeat the word that was asked for, but say nothing more of it.
        said = MORE_THAN_ASKED if world.CANARY in where else re.compile(world.CANARY)
        if said.search(text_of(client.get(where)).decode("utf-8", "replace")):
            shown[where] = name
    assert shown == {}


def test_the_canary_is_seen_by_the_house(house):
    client = Client()
    client.force_login(house["people"]["manager"], backend=BACKEND)
    seen = [
        "supplier_list",
        "batch_list",
        "line_list",
        "programme_list",
        "export_list",
        "workshop_list",
        "trade_list",
        "import_policy",
    ]
    assert [name for name in seen if b"KANARIE" not in text_of(client.get(reverse(name)))] == []


def test_a_person_without_a_role_reaches_their_own_page_only(house):
    house["people"]["system"].roles = []
    house["people"]["system"].save()
    send = browser(house, "system")
    mine = {"me", "password", "account_logout", "account_login", "other_sessions"}
    mine |= {"account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"}
    mine |= {"mfa_generate_recovery_codes"}
    reached = {line.name for line in LINES if send("get", address(line, house["own"])).status_code in (200, 302)}
    assert reached == (mine - {"other_sessions"}) | {"live", "ready"}
