"""The Python environment: what is said when it cannot be made, and when it is made again."""

import json
import subprocess
from collections import namedtuple

import pytest

from tests.doors.conftest import ROOT

from doors import environment  # isort: skip (found by the line above)

Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with requirements and no environment."""
    for name in environment.FILES.values():
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "partstrack.json")
    return tmp_path


@pytest.fixture
def installed(checkout, monkeypatch):
    """A checkout whose environment was made and filled, without pip."""
    monkeypatch.setattr(environment, "make", lambda: environment.VENV.mkdir(exist_ok=True))
    monkeypatch.setattr(environment, "works", environment.VENV.exists)
    monkeypatch.setattr(environment, "pip", lambda *arguments: None)
    environment.ensure(tools=False)
    return checkout


def open_door(path, **env):
    """Open the door `run` with nothing but some folder on the search path."""
    command = ["/bin/sh", str(ROOT / "bin" / "doors" / "open"), "run"]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": str(path), **env})


def test_an_old_python_is_named_with_what_is_needed(tmp_path):
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    done = open_door(tmp_path)
    assert done.returncode == 1
    assert "partstrack needs Python 3.11 or newer with its venv module." in done.stderr
    assert "python3 (Python 3.9.2)" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_no_python_at_all_is_said(tmp_path):
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    done = open_door(tmp_path)
    assert done.returncode == 1
    assert "Found: none." in done.stderr


def test_what_is_installed_is_not_installed_again(installed, monkeypatch):
    monkeypatch.setattr(environment, "install", lambda tools: pytest.fail("installed again"))
    assert environment.ensure(tools=False) == str(environment.PYTHON)


def test_changed_requirements_are_installed(installed):
    (installed / "requirements.txt").write_text("# other\n")
    assert not environment.is_current({"app": True, "tools": False})
    environment.ensure(tools=False)
    assert environment.is_current({"app": True, "tools": False})


def test_tools_are_added_once_they_are_needed(installed):
    assert not environment.is_current({"app": True, "tools": True})
    environment.ensure(tools=True)
    assert json.loads(environment.STAMP.read_text()).keys() == {"app", "tools"}


def test_an_interrupted_installation_is_begun_afresh(installed, monkeypatch):
    (installed / "requirements.txt").write_text("# other\n")

    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "pip", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(tools=False)
    made = []
    monkeypatch.setattr(environment, "make", lambda: made.append(True))
    monkeypatch.setattr(environment, "pip", lambda *arguments: None)
    environment.ensure(tools=False)
    assert made == [True]


def test_the_environment_of_another_checkout_is_left_alone(checkout, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "kept").touch()
    environment.VENV.symlink_to(other)
    environment.make()
    assert (other / "kept").exists()
    assert not environment.VENV.is_symlink()


def test_a_full_disk_is_said_before_anything_is_written(checkout, monkeypatch):
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: Disk(0, 0, 20 * 1024**2))
    with pytest.raises(environment.Failed, match=r"has 20 MB free; 700 MB are needed. Free some, then start again."):
        environment.ensure(tools=False)
    assert not environment.VENV.exists()


def test_an_index_that_cannot_be_reached_is_said_with_pips_last_words(checkout, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: No matching distribution found for Django==5.2.19")
    monkeypatch.setattr(environment.subprocess, "run", lambda *words, **options: failed)
    with pytest.raises(environment.Failed) as failure:
        environment.pip("install", "Django")
    assert "No matching distribution found for Django==5.2.19" in str(failure.value)
    assert "PIP_INDEX_URL" in str(failure.value)


def test_a_python_that_cannot_make_environments_is_said(checkout, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "ensurepip is not available")
    monkeypatch.setattr(environment.subprocess, "run", lambda *words, **options: failed)
    with pytest.raises(environment.Failed, match=r"(?s)ensurepip is not available.*apt-get install python3-venv"):
        environment.make()


def test_a_checkout_that_cannot_be_written_is_said(checkout):
    (checkout / "build").touch()  # a file where a folder must be: not even root can make it
    with pytest.raises(environment.Failed, match="Copy partstrack into a folder of yours"):
        environment.ensure(tools=False)


def test_an_unknown_door_is_a_wrong_call():
    done = subprocess.run(["/bin/sh", str(ROOT / "bin" / "doors" / "open"), "fly"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        2,
        "There is no door 'fly': backup, bench, check, manage, restore, run, test.\n",
    )
