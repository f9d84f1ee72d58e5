"""The steps between installed packages and a working application. Each is done again only when its sources change."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from doors import environment
from doors.environment import ROOT, Failed, say
from doors.surroundings import python
from partstrack import assets

BUILD = ROOT / "build"
STAMPS = BUILD / "stamps.json"
# Whole fonts are for files, not for pages; parts of Bootstrap that it also has as a whole; maps are for debuggers.
LEFT_OUT = ["*.ttf", "*.new", "bootstrap-grid*", "bootstrap-reboot*", "bootstrap-utilities*", "jquery*"]
COLLECT = """
import sys, django
from django.conf import settings
from whitenoise.compress import Compressor
settings.STATIC_ROOT = sys.argv[1]
settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
settings.STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=sys.argv[2:])
"""


@dataclass(frozen=True)
class Step:
    """A step: what it is called, the fingerprint of its sources, and how it is done."""

    name: str
    sources: Callable[[], str]
    perform: Callable[[], None]


def prepare() -> None:
    """Do the steps whose sources changed, one door at a time."""
    for step in STEPS:
        if is_done(step):
            continue
        with alone():
            if not is_done(step):
                say(f"Preparing {step.name} …")
                step.perform()
                remember(step)


def is_done(step: Step) -> bool:
    """Whether the step was done with the sources of now."""
    return stamps().get(step.name) == step.sources()


def stamps() -> dict:
    """The fingerprints of the steps done."""
    try:
        return json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}


def remember(step: Step) -> None:
    """Note a step as done, all or nothing."""
    fresh = STAMPS.with_suffix(".new")
    fresh.write_text(json.dumps({**stamps(), step.name: step.sources()}, indent=1))
    fresh.replace(STAMPS)


@contextmanager
def alone():
    """Only one door at a time prepares; the others wait for it."""
    try:
        BUILD.mkdir(exist_ok=True)
        lock = (BUILD / "setup.lock").open("w")
    except OSError as error:
        raise Failed(f"{BUILD} cannot be written ({error.strerror}). Copy partstrack into a folder of yours.") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(*parts: object) -> str:
    """A short fingerprint."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def listing(*folders: Path) -> list:
    """Paths, sizes and times of the files in some folders, in order."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [(str(path.relative_to(ROOT)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]


def asset_sources() -> str:
    """Charts and fonts come out of packages, by the recipe in assets.py."""
    made = sorted(path.name for path in (BUILD / "static").rglob("*.*"))
    return digest(environment.fingerprint("app"), (ROOT / "partstrack" / "assets.py").read_bytes(), made)


def catalogue_sources() -> str:
    """The translations, and which of them have a compiled file."""
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    return digest(
        [(path.parent.parent.name, path.read_bytes(), path.with_suffix(".mo").exists()) for path in catalogues]
    )


def static_sources() -> str:
    """Every static file of ours, and the packages that bring others."""
    folders = [ROOT / "static", BUILD / "static", *sorted(ROOT.glob("*/static"))]
    present = (BUILD / "collected" / "staticfiles.json").exists()
    return digest(environment.fingerprint("app"), listing(*dict.fromkeys(folders)), present)


def collect() -> None:
    """Gather, name by content and compress the static files beside the old ones, then put them in their place."""
    (ROOT / "static").mkdir(exist_ok=True)
    fresh, place = BUILD / "collecting", BUILD / "collected"
    shutil.rmtree(fresh, ignore_errors=True)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "partstrack.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(python("-c", COLLECT, fresh, *LEFT_OUT), env=env, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise Failed(
            f"{done.stderr.strip()[-2000:]}\nThe static files could not be gathered; correct what is said above."
        )
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)


STEPS = (
    Step("charts and fonts", asset_sources, lambda: assets.build(BUILD / "static")),
    Step("translations", catalogue_sources, lambda: assets.compile_messages(ROOT / "locale")),
    Step("static files", static_sources, collect),
)
