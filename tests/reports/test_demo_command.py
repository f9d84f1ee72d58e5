"""bin/manage demo: into an empty base only, never into a real one by mistake, and back to the start."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from accounts.models import Firm, User
from office.models import Ledger
from reports.demo import emptying
from reports.management.commands import demo
from tests import making


def run(*words):
    """Run the command; returns its JSON answer and exit code."""
    out = io.StringIO()
    try:
        call_command("demo", *words, "--json", stdout=out)
    except SystemExit as end:
        return json.loads(out.getvalue()), end.code
    return json.loads(out.getvalue()), 0


@pytest.fixture(autouse=True)
def embedded(settings):
    """The database is the one that partstrack brings along, unless a test says otherwise."""
    settings.DEBUG, settings.EMBEDDED = False, True


@pytest.fixture
def loads(monkeypatch):
    """Only note that the demonstration would be loaded."""
    calls = []
    monkeypatch.setattr(demo, "load", lambda: calls.append(1))
    return calls


def test_an_empty_base_is_loaded(db, loads):
    answer, code = run()
    assert (answer["state"], code, loads) == ("loaded", 0, [1])
    assert run("--if-empty")[0]["state"] == "loaded"


def test_a_base_with_data_is_left_alone_and_that_is_no_error_when_asked_so(db, loads):
    making.firm("P77")
    answer, code = run("--if-empty")
    assert (answer, code, loads) == ({"state": "unchanged"}, 0, [])


def test_loading_into_a_base_with_data_is_refused(db):
    making.firm("P77")
    answer, code = run()
    assert (answer["state"], code) == ("refused", 1)
    assert list(Firm.objects.values_list("code", flat=True)) == ["P77"]
    assert Ledger.objects.get().demo_today is None


@pytest.mark.parametrize("words", [[], ["--if-empty"], ["--reset", "--yes"]])
def test_a_real_database_is_refused_unless_its_name_is_said(db, loads, settings, words):
    settings.EMBEDDED = False
    answer, code = run(*words)
    assert (answer["state"], code, loads) == ("refused", 1, [])
    assert run(*words, "--in", "another")[1] == 1
    assert connection.settings_dict["NAME"] in answer["reasons"][1]


def test_a_real_database_is_loaded_when_its_name_is_said_or_while_developing(db, loads, settings):
    settings.EMBEDDED = False
    assert run("--in", connection.settings_dict["NAME"])[0]["state"] == "loaded"
    settings.DEBUG = True
    assert run()[0]["state"] == "loaded"
    assert loads == [1, 1]


def test_data_that_are_not_the_demonstrations_are_not_emptied_unless_the_name_is_said(db, loads):
    making.firm("P77")
    answer, code = run("--reset", "--yes")
    assert (answer["state"], code, loads) == ("refused", 1, [])
    assert Firm.objects.filter(code="P77").exists()


def test_setting_back_asks_first_and_without_a_keyboard_wants_yes(db, loads, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("--reset")[0]["state"] == "refused"
    assert loads == []
    monkeypatch.setattr(demo.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda: "no")
    assert run("--reset")[1] == 1
    assert loads == []
    monkeypatch.setattr("builtins.input", lambda: connection.settings_dict["NAME"])
    assert run("--reset")[0]["state"] == "loaded"
    assert loads == [1]


def test_yes_without_reset_is_a_wrong_call(db, loads):
    assert run("--yes")[1] == 2
    assert loads == []


def test_there_are_no_accounts_without_the_demonstration(db):
    assert run("--accounts") == ({"state": "accounts", "accounts": []}, 0)
    out = io.StringIO()
    call_command("demo", "--accounts", stdout=out)
    assert out.getvalue().strip() == ""


def test_an_emptied_base_is_as_the_migrations_left_it_but_for_people_and_version(db):
    before = _rows()
    site = making.site("P77", wilaya="31")
    making.part("A-1", site.firm, family="brakes")
    person = making.person("someone@example.org", making.SUPPLIER, firm=site.firm)
    person.name = "Someone"
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_family SET name_fr = 'Autre nom' WHERE code = 'brakes'")
    Ledger.objects.update(version=41)
    connection.check_constraints()
    emptying.empty()
    assert _rows() == before
    assert Ledger.objects.get().version == 41
    assert User.objects.get(email="someone@example.org").memberships.count() == 0


def _rows():
    """Count the rows of every table of ours, without people and their history."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.label.startswith("accounts.User")
    }
