"""Ports, surroundings, set-up steps, translations: what the doors do before Django starts."""

import gettext
import os
import socket

import pytest
from django.core.management import call_command

import manage as django_door
from partstrack import assets
from partstrack.embedded import Urls
from tests.doors.conftest import ROOT

from doors import check, database, environment, serving, setup, surroundings  # isort: skip
from doors import test as tests_door  # isort: skip

URLS = Urls("postgresql://app@h/n", "postgresql://owner@h/n", "")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home, and none of the tests' own database."""
    monkeypatch.setenv("PARTSTRACK_HOME", str(tmp_path))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "PARTSTRACK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def taken():
    """A port that somebody listens on, with a free one after it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_left_for_the_next_free_one(home, taken, capsys):
    with serving.claim_port(taken) as port:
        assert port > taken
        assert f"Port {taken} is taken: using {port}." in capsys.readouterr().err


def test_two_that_start_at_once_get_different_ports(home, taken):
    with serving.claim_port(taken) as one, serving.claim_port(taken) as other:
        assert len({one, other, taken}) == 3


def test_no_free_port_is_said_with_a_way_out(home, taken, monkeypatch):
    monkeypatch.setattr(serving, "PORTS", 1)
    said = f"No port from {taken} to {taken} is free.*bin/run --port 9000"
    with pytest.raises(environment.Failed, match=said), serving.claim_port(taken):
        pytest.fail("a port was found")


def test_a_stranger_with_an_old_process_number_is_not_ended(home, taken):
    serving.group_file(taken).write_text(str(os.getpgid(0)))
    assert serving.end_leftover(taken) is False


def test_the_env_file_fills_only_what_is_not_set(tmp_path, monkeypatch):
    lines = "# PARTSTRACK_A=0\nPARTSTRACK_A=1\nexport PARTSTRACK_B='two words'\n\nnonsense\nPARTSTRACK_C=3\n"
    (tmp_path / ".env").write_text(lines)
    monkeypatch.setattr(os, "environ", {"PARTSTRACK_C": "mine"})
    surroundings.read_env_file(tmp_path / ".env")
    assert os.environ == {"PARTSTRACK_A": "1", "PARTSTRACK_B": "two words", "PARTSTRACK_C": "mine"}


def test_the_secret_key_is_made_once_and_for_its_owner_only(home):
    key = surroundings.secret_key()
    assert len(key) >= 50
    assert surroundings.secret_key() == key
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_programs_get_the_addresses_of_the_database_and_a_key(home, monkeypatch):
    monkeypatch.setenv("PARTSTRACK_TODAY", "2026-09-22")
    env = surroundings.environment_for(URLS)
    assert env["DATABASE_URL"] == "postgresql://app@h/n"
    assert env["DATABASE_OWNER_URL"] == "postgresql://owner@h/n"
    assert "DATABASE_WORKER_URL" not in env
    assert env["PARTSTRACK_EMBEDDED"] == "1"
    assert env["PARTSTRACK_TODAY"] == "2026-09-22"
    assert env["PARTSTRACK_SECRET_KEY"] == surroundings.secret_key()


@pytest.mark.parametrize(
    ("command", "role"),
    [("migrate", "owner"), ("demo", "owner"), ("runserver", "app"), ("upload", "worker"), ("figure", "worker")],
)
def test_each_command_has_the_database_role_it_needs(command, role):
    assert django_door.database_role(command) == role


def test_a_step_is_done_once_and_again_when_its_sources_change(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "BUILD", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps.json")
    sources, done = ["a"], []
    monkeypatch.setattr(setup, "STEPS", [setup.Step("thing", lambda: sources[0], lambda: done.append(sources[0]))])
    setup.prepare()
    setup.prepare()
    sources[0] = "b"
    setup.prepare()
    assert done == ["a", "b"]


def test_a_step_that_fails_is_not_taken_as_done(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "BUILD", tmp_path)
    monkeypatch.setattr(setup, "STAMPS", tmp_path / "stamps.json")

    def fails():
        raise environment.Failed("no room")

    step = setup.Step("thing", lambda: "a", fails)
    monkeypatch.setattr(setup, "STEPS", [step])
    with pytest.raises(environment.Failed, match="no room"):
        setup.prepare()
    assert not setup.is_done(step)


def test_a_second_start_asks_django_nothing(home, monkeypatch):
    asked = []
    monkeypatch.setattr(database, "applied", lambda urls: ["here", 3, 3])
    monkeypatch.setattr(database, "run_django", lambda script, env: asked.append(script) or "demo@example.org")
    assert database.prepare(URLS, {}, demonstration=True) == "demo@example.org"
    assert database.prepare(URLS, {}, demonstration=True) == "demo@example.org"
    assert asked == [database.DEMONSTRATION]
    database.forget()
    assert database.prepare(URLS, {}, demonstration=False) == "demo@example.org"
    assert asked == [database.DEMONSTRATION, database.MIGRATE]


def test_a_database_that_does_not_answer_is_said(taken):
    gone = f"postgresql://u:p@127.0.0.1:{taken}/n"
    with pytest.raises(environment.Failed, match="The database of DATABASE_URL does not answer"):
        database.applied(Urls(gone.replace(str(taken), "1"), "", "", embedded=False))


def test_ci_without_a_browser_fails_and_elsewhere_its_tests_are_skipped_aloud(monkeypatch, capsys):
    monkeypatch.delenv("PARTSTRACK_BROWSER", raising=False)
    monkeypatch.setattr(tests_door, "install_missing", lambda: None)
    monkeypatch.setattr(tests_door.shutil, "which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(environment.Failed, match="install chromium, or name one in PARTSTRACK_BROWSER"):
        tests_door.browser()
    monkeypatch.delenv("CI")
    assert tests_door.browser() == ""
    assert "NO BROWSER: every test in a browser will be SKIPPED" in capsys.readouterr().err


def test_tests_run_on_two_processes_unless_they_say_otherwise():
    assert tests_door.parallel(["tests/doors"])[-3:] == ["-n", "2", "tests/doors"]
    assert tests_door.parallel(["-n4"])[-1:] == ["-n4"]
    assert "-n" not in tests_door.parallel(["--pdb"])


def test_doubtful_and_missing_translations_are_named(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "file"\nmsgstr "fichier"\n\n'
        '#, fuzzy\nmsgid "firm"\nmsgstr "ferme"\n\nmsgid "site"\nmsgstr ""\n'
    )
    assert check.unfinished(path, "fr") == ["fr: doubtful: firm", "fr: not translated: site"]


def test_a_catalogue_is_compiled_beside_its_source(tmp_path):
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(header + 'msgid "coverage"\nmsgstr "التغطية"\n', encoding="utf-8")
    assert assets.compile_messages(tmp_path) == [folder / "django.mo"]
    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("coverage") == "التغطية"


def test_ranges_of_letters_are_read():
    assert assets.code_points("U+0041-0043, U+20AC") == {0x41, 0x42, 0x43, 0x20AC}


def test_the_style_sheet_names_each_face_and_script():
    sheet = assets.style_sheet()
    assert sheet.count("@font-face") == 9
    assert 'url("FiraGO-Bold-arabic.woff2")' in sheet


def test_every_door_can_be_opened():
    for door in ("run", "manage", "test", "check", "bench", "backup", "restore"):
        assert os.access(ROOT / "bin" / door, os.X_OK), door
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_plain_django_makes_charts_fonts_and_translations_too(tmp_path, settings, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(assets, "build", made.append)
    settings.BUILD_DIR, settings.LOCALE_PATHS = tmp_path / "static", [tmp_path]
    call_command("build_assets")
    assert made == [tmp_path / "static"]
    assert f"Charts and fonts are in {tmp_path / 'static'}" in capsys.readouterr().out
