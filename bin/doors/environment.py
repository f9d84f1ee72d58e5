"""The Python environment in `.venv`: made once, brought up to date when the requirements change, repaired.

This module runs before anything is installed: Python's own library only.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "partstrack.json"
FILES = {"app": "requirements.txt", "tools": "requirements-dev.txt"}
PINNED = ROOT / "bin" / "doors" / "postgresql.txt"
NEEDED_MB = {"app": 700, "tools": 1100}


class Failed(RuntimeError):
    """A door cannot open; the message says what to do."""


def ensure(tools: bool) -> str:
    """Return the environment's Python, complete for the application, or also for its tests and checks."""
    wanted = {"app": True, "tools": tools}
    if not is_current(wanted):
        with alone():
            if not is_current(wanted):
                install(tools or stamp().get("tools") is not None)
    return str(PYTHON)


def is_current(wanted: dict[str, bool]) -> bool:
    """Whether everything wanted is installed as the requirements say now."""
    known = stamp()
    return works() and all(known.get(name) == fingerprint(name) for name in FILES if wanted[name])


def stamp() -> dict:
    """What was last installed completely; empty when nothing was, or an installation was interrupted."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def fingerprint(name: str) -> str:
    """Of the requirements of the application or of the tools."""
    files = [FILES["app"], FILES[name]]
    return hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()[:16]


def works() -> bool:
    """Whether the environment's Python starts and is the version that the packages were installed for."""
    probe = "import os, sys; sys.exit(not os.path.isdir(f'{sys.prefix}/lib/python3.{sys.version_info.minor}'))"
    try:
        return subprocess.run([PYTHON, "-c", probe], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


@contextmanager
def alone():
    """Only one door at a time installs; the others wait for it."""
    try:
        (ROOT / "build").mkdir(exist_ok=True)
        lock = (ROOT / "build" / "environment.lock").open("w")
    except OSError as error:
        raise Failed(f"{ROOT} cannot be written ({error.strerror}). Copy partstrack into a folder of yours.") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(tools: bool) -> None:
    """Make the environment when there is none that is whole, then install; the stamp comes last."""
    enough_space("tools" if tools else "app")
    if not (stamp() and works()):
        say("Making the Python environment in .venv (once, about a minute) …")
        make()
    STAMP.unlink(missing_ok=True)
    say("Installing the packages …")
    pip("install", "--require-hashes", "--no-deps", "-r", PINNED)
    pip("install", "-r", ROOT / FILES["tools" if tools else "app"])
    STAMP.write_text(json.dumps({name: fingerprint(name) for name in FILES if tools or name == "app"}))


def make() -> None:
    """Make an empty environment in the place of whatever is there. What a link leads to belongs to another checkout."""
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if done.returncode:
        raise Failed(
            f"{sys.executable} could not make an environment.\n{(done.stdout + done.stderr).strip()}\n"
            "On Debian or Ubuntu: apt-get install python3-venv. Or name another Python: PYTHON=/path/to/python3 bin/run"
        )


def pip(*arguments) -> None:
    """Run pip in the environment; when it fails say why and what helps."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    )
    if done.returncode:
        tail = "\n".join(done.stderr.strip().splitlines()[-12:])
        raise Failed(
            f"{tail}\nThe packages could not be installed. Is the Python package index reachable (PIP_INDEX_URL and "
            "PIP_FIND_LINKS name another), and is there room on the disk? Then start again."
        )


def enough_space(name: str) -> None:
    """Stop before the disk is full."""
    free = shutil.disk_usage(ROOT).free // 1024**2
    if free < NEEDED_MB[name]:
        raise Failed(f"{ROOT} has {free} MB free; {NEEDED_MB[name]} MB are needed. Free some, then start again.")


def say(text: str) -> None:
    """Tell the person, beside the output that other programs read."""
    print(text, file=sys.stderr, flush=True)
