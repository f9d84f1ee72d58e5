"""The command line answers one object, whatever it is asked."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from tests import making

pytestmark = pytest.mark.django_db


def said(capsys, *words):
    """Run a command with --json; return (its one object, its exit code)."""
    code = 0
    try:
        call_command(*words, "--json")
    except SystemExit as end:
        code = end.code
    return json.loads(capsys.readouterr().out), code


@pytest.mark.parametrize(
    "words",
    [
        ("--filter", "month=abc"),
        ("--filter", "month=2026-3"),
        ("--filter", "year=abc"),
        ("--filter", "year=99999"),
        ("--year", "²"),
        ("--as-of", "v²"),
        ("--as-of", "9999-12-31"),
        ("--as-of", "0001-01-01"),
        ("--as-of", "20260922"),
        ("--from", "0001-01", "--to", "0001-03"),
        ("--year", "2026", "--filter", "year=2025"),
        ("--from", "2026-02", "--to", "2026-02", "--filter", "month=2026-01"),
        ("--filter", "supplier=A", "--filter", "supplier=B"),
        ("--filter", "supplier=caf\udce9"),
        ("--filter", "supplier="),
    ],
)
def test_what_cannot_be_asked_is_a_wrong_call(capsys, words):
    making.firm("A")
    answer, code = said(capsys, "figure", "produced", *words)
    assert (answer["state"], code) == ("wrong_call", 2) and answer["error"]


def test_a_filter_narrows_the_asked_months(capsys, admin):
    site = making.site("A")
    volumes = {"2025-01": 1, "2026-01": 10, "2026-02": 100}
    making.declare(admin, site, making.monthly(making.part("A1", site.firm), volumes))
    asked = ("figure", "produced", "--from", "2025-01", "--to", "2026-02", "--filter", "year=2025")
    answer, code = said(capsys, *asked)
    assert (answer["value"], answer["window"], code) == ("1", {"from": "2025-01", "to": "2025-12"}, 0)
    assert said(capsys, "figure", "produced", "--year", "2026", "--filter", "month=2026-02")[0]["value"] == "100"


@pytest.mark.parametrize("words", [("figure", "produced", "--bogus"), ("nonsense",), ("batch", "rollback", "x")])
def test_a_wrong_call_is_one_object_however_it_is_wrong(words):
    command = [sys.executable, "manage.py", *words, "--json"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 2
    assert json.loads(done.stdout)["state"] == "wrong_call"


def test_a_command_that_breaks_says_so_under_a_reference(capsys, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr("production.management.commands.verify_figures.verify", broken)
    answer, code = said(capsys, "verify_figures")
    assert (answer["state"], code) == ("broken", 1) and answer["reference"] in answer["error"]


def test_who_may_not_see_another_firm_does_not_learn_that_it_exists(capsys):
    making.part("A1", making.firm("A"))
    making.person("b@example.org", making.SUPPLIER, firm=making.firm("B"))
    for words in ("supplier=A", "supplier=NOBODY", "part=A1", "part=NOTHING"):
        answer, code = said(capsys, "figure", "produced", "--filter", words, "--as", "b@example.org")
        assert (answer["state"], code) == ("wrong_call", 2)
    assert said(capsys, "verify_figures", "--as", "b@example.org")[1] == 1


@pytest.mark.parametrize("name", ["imports", "imports_value", "local_sourcing", "local_market_share"])
def test_a_figure_that_a_role_does_not_include_is_refused_with_the_reason(capsys, name):
    making.person("b@example.org", making.SUPPLIER, firm=making.firm("B"))
    answer, code = said(capsys, "figure", name, "--as", "b@example.org")
    assert (answer, code) == ({"state": "refused", "reasons": ["Your role does not include this figure."]}, 1)


@pytest.mark.parametrize("page", ["/", "/production/"])
@pytest.mark.parametrize("code", ["A", "NOBODY"])
def test_a_page_is_not_found_for_what_is_not_there_and_for_what_is_somebody_elses(client, page, code):
    making.firm("A")
    client.force_login(making.person("b@example.org", making.SUPPLIER, firm=making.firm("B")))
    assert client.get(f"{page}?supplier={code}").status_code == 404


def test_people_are_added_with_an_address_that_is_one(capsys):
    assert said(capsys, "user", "add", "not an address")[1] == 2
    answer, code = said(capsys, "user", "add", "new@example.org", "--role", "analyst")
    assert (answer, code) == ({"state": "added", "email": "new@example.org", "roles": ["analyst"], "firm": None}, 0)
    assert said(capsys, "user", "add", "x@example.org", "--as", "new@example.org")[1] == 1
    assert not User.objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("month", ["2206-01", "0001-01", "2026-10"])
def test_nothing_is_declared_or_closed_before_it_begins(capsys, monkeypatch, month):
    monkeypatch.setenv("PARTSTRACK_TODAY", "2026-09-22")
    making.site("A")
    assert said(capsys, "declaration", "nil", "--site", "A", "--month", month)[1] > 0
    assert said(capsys, "period", "close", month, "--accept", "empty")[1] > 0


def test_a_reason_is_refused_when_it_is_too_long_and_never_cut(capsys, monkeypatch):
    monkeypatch.setenv("PARTSTRACK_TODAY", "2026-09-22")
    making.site("A")
    answer, code = said(capsys, "declaration", "nil", "--site", "A", "--month", "2026-08", "--reason", "x" * 401)
    assert (answer["state"], code) == ("refused", 1) and "400" in answer["reasons"][0]


def test_a_file_that_is_not_taken_answers_with_every_key(capsys, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.touch()
    answer, code = said(capsys, "upload", "output", str(empty))
    assert (answer["state"], answer["new"], answer["batch"], code) == ("refused", 0, None, 1)
    assert [fault["value"] for fault in answer["faults"]] == ["empty.csv"]
