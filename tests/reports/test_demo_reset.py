"""The demonstration, set back: what somebody did with it is gone, what it says is as before."""

import io
import json
import shutil

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Firm, User
from intake.models import Batch
from office.models import Ledger, Write
from production.verify import verify
from reports.demo import volumes


def run(command, *words):
    out = io.StringIO()
    call_command(command, *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_accounts_are_listed_in_lines_for_people(demonstration):
    out = io.StringIO()
    call_command("demo", "--accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines[1:]] == [
        "analyste@demo.invalid",
        "admin@demo.invalid",
        "manager@demo.invalid",
        "fournisseur@demo.invalid",
        "systeme@demo.invalid",
    ]


def test_the_loaded_demonstration_is_not_loaded_twice(demonstration):
    assert run("demo", "--if-empty") == {"state": "unchanged"}
    with pytest.raises(SystemExit) as refused:
        run("demo")
    assert refused.value.code == 1


@pytest.fixture
def own_files(demonstration_database, tmp_path, settings):
    """A copy of the demonstration's files: other tests still need the originals."""
    copy = shutil.copytree(demonstration_database[1], tmp_path / "files")
    default = settings.STORAGES["default"]
    storage = {**default, "OPTIONS": {**default["OPTIONS"], "location": copy}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.mark.slow
def test_setting_back_forgets_what_was_done_and_keeps_people(
    demonstration, own_files, settings, django_capture_on_commit_callbacks
):
    settings.EMBEDDED = True
    old_files = [batch.file for batch in Batch.objects.all()]
    assert all(file.storage.exists(file.name) for file in old_files)
    Firm.objects.create(code="P99", name="Partenaire 99")
    User.objects.create(email="someone@example.org", password="!", roles=["analyst"])
    User.objects.filter(email="admin@demo.invalid").update(is_active=False)
    connection.check_constraints()
    with django_capture_on_commit_callbacks(execute=True):
        answer = run("demo", "--reset", "--yes")
    assert answer["state"] == "loaded"
    assert answer["version"] == Ledger.objects.get().version == 2 * demonstration.version
    assert Write.objects.count() == demonstration.version
    assert not Firm.objects.filter(code="P99").exists()
    assert User.objects.filter(email__in=["someone@example.org", "admin@demo.invalid"], is_active=True).count() == 2
    assert run("figure", "produced", "--year", "2025")["value"] == "1000412"
    assert run("figure", "produced", "--year", "2025", "--as-of", "2026-03-01")["value"] == "1001138"
    assert verify() == []
    assert not any(file.storage.exists(file.name) for file in old_files)
    assert all(batch.file.storage.exists(batch.file.name) for batch in Batch.objects.all())
    assert Batch.objects.filter(kind="output").count() == len(volumes.receptions())
