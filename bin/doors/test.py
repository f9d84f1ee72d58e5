"""bin/test: every test, in parallel, on a database of its own that is thrown away."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doors import manage, setup
from doors.environment import ROOT, Failed, say
from doors.surroundings import environment_for, python, read_env_file
from partstrack import embedded

PREFIX = "partstrack-test-"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {"chromium": BROWSERS, "poppler-utils": ("pdftotext",), "gettext": ("xgettext",)}
PROCESSES = 2
LEFT_AFTER = 120  # seconds: younger ones may be starting


def main(arguments: list[str]) -> int:
    """Run pytest and return its exit status; pytest's last line is the last one printed."""
    read_env_file()
    os.environ["PARTSTRACK_BROWSER"] = browser()
    setup.prepare()
    with scratch() as urls:
        return manage.run(python("-m", "pytest", *parallel(arguments)), environment_for(urls), cwd=ROOT)


def parallel(arguments: list[str]) -> list[str]:
    """pytest's arguments, on two processes unless they say otherwise.

    Tests that really commit come last, so the tests of a file may be in both: what they empty is not filled again.
    """
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb", "--collect-only", "--co")) for word in arguments)
    processes = [] if chosen else ["-n", str(PROCESSES)]
    return ["--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml"), *processes, *arguments]


def browser() -> str:
    """The path of Chromium, installed where that can be done; empty where browser tests must be skipped."""
    if "PARTSTRACK_BROWSER" in os.environ:
        return os.environ["PARTSTRACK_BROWSER"]
    install_missing()
    found = first_of(BROWSERS)
    if not found and os.environ.get("CI", "").lower() in {"1", "true"}:
        raise Failed(
            "No browser: install chromium, or name one in PARTSTRACK_BROWSER. In CI its tests are not skipped."
        )
    if not found:
        say("=" * 90 + "\nNO BROWSER: every test in a browser will be SKIPPED. Install chromium.\n" + "=" * 90)
    return found


def first_of(names) -> str:
    """The path of the first program that is there, or nothing."""
    return next(filter(None, map(shutil.which, names)), "")


def install_missing() -> None:
    """Install missing programs where we may: as root with apt."""
    missing = [package for package, programs in PACKAGES.items() if not first_of(programs)]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing {', '.join(missing)} …")
    apt = ["apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        say(f"{done.stderr.strip()[-500:]}\nThey could not be installed.")


@contextmanager
def scratch() -> Iterator[embedded.Urls]:
    """A database for the length of a block: quick because it may lose everything, used by the role that may all."""
    clear_leftovers()
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    home.chmod(0o755)
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL"):
        os.environ.pop(name, None)
    os.environ["PARTSTRACK_HOME"] = str(home)
    try:
        urls = embedded.start(home, durable=False, say=say)
        yield embedded.Urls(app=urls.owner, owner=urls.owner, worker=urls.owner)
    finally:
        embedded.stop(home)
        embedded.discard(home)


def clear_leftovers() -> None:
    """Stop and remove the databases of tests that were killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        ours = home.stat().st_uid == os.geteuid()
        if ours and home.stat().st_mtime < time.time() - LEFT_AFTER and not embedded.used(home):
            embedded.discard(home)
