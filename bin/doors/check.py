"""bin/check: what no test sees. Each check prints its name and whether it holds, and its faults."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import polib

from doors import setup
from doors.environment import ROOT, VENV
from doors.surroundings import environment_for, python, read_env_file
from doors.test import scratch

LANGUAGES = ("fr", "ar")
NOT_SOURCE = shutil.ignore_patterns(".git", ".venv", "var", "build", "tests", "*.mo", "node_modules")


def main(arguments: list[str]) -> int:
    """Run every check, or those whose names are given; return 1 when one does not hold."""
    read_env_file()
    setup.prepare()
    with scratch() as urls:
        env = environment_for(urls)
        chosen = {name: check for name, check in checks(env).items() if not arguments or name in arguments}
        failed = [name for name, check in chosen.items() if not holds(name, check)]
    print(
        f"{len(chosen) - len(failed)} of {len(chosen)} checks hold." + (f" Not: {', '.join(failed)}." if failed else "")
    )
    return 1 if failed or not chosen else 0


def checks(env: dict[str, str]) -> dict[str, Callable[[], str]]:
    """Names and checks; a check returns its faults, nothing when it holds."""

    def command(*words) -> Callable[[], str]:
        return lambda: faults_of(python(*words), env)

    def program(name, *words) -> Callable[[], str]:
        return lambda: faults_of([str(VENV / "bin" / name), *words], env)

    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("**/templates/**/*.html") if of_ours(path))
    structure = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_imports.py"))
    found: dict[str, Callable[[], str]] = {
        "ruff": command("-m", "ruff", "check", "."),
        "format": command("-m", "ruff", "format", "--check", "."),
        "system": command("manage.py", "check", "--fail-level", "WARNING"),
        "migrations": command("manage.py", "makemigrations", "--check", "--dry-run"),
        "translations": translations,
    }
    if templates:
        found["templates"] = program("djade", "--check", "--target-version", "5.2", *templates)
    if structure:
        found["structure"] = command("-m", "pytest", "-q", "-p", "no:cacheprovider", *structure)
    return found


def of_ours(path: Path) -> bool:
    """Whether a file is ours, not an installed package's or a built one."""
    return path.relative_to(ROOT).parts[0] not in {".venv", "build", "var"}


def holds(name: str, check: Callable[[], str]) -> bool:
    """Run a check and say how it went."""
    faults = check()
    print(f"{'FAILED' if faults else 'ok':7}{name}", flush=True)
    if faults:
        print("\n".join(f"       {line}" for line in faults.splitlines()), flush=True)
    return not faults


def faults_of(command: list[str], env: dict[str, str] | None = None) -> str:
    """What a command says when it fails."""
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip() or f"exit status {done.returncode}" if done.returncode else ""


def translations() -> str:
    """Strings without a translation, doubtful ones, and those that no catalogue knows yet."""
    faults = [fault for language in LANGUAGES for fault in unfinished(catalogue(ROOT, language), language)]
    return "\n".join(faults + missing())


def catalogue(root: Path, language: str) -> Path:
    """The catalogue of a language."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def unfinished(path: Path, language: str) -> list[str]:
    """Entries of a catalogue that a reader would see in English, or that nobody has confirmed."""
    if not path.exists():
        return [f"{language}: there is no catalogue {path.relative_to(ROOT)}"]
    entries = polib.pofile(str(path))
    plural = [entry for entry in entries if entry.msgid_plural and not all(entry.msgstr_plural.values())]
    return [
        *(f"{language}: doubtful: {entry.msgid}" for entry in entries.fuzzy_entries()),
        *(f"{language}: not translated: {entry.msgid}" for entry in entries.untranslated_entries()),
        *(f"{language}: a plural form is missing: {entry.msgid}" for entry in plural if entry.msgstr_plural),
    ]


def missing() -> list[str]:
    """Strings of the code and the templates that a catalogue does not have; needs gettext's programs."""
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        print("       translations: xgettext is not installed, new strings were not looked for", flush=True)
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
        languages = [word for language in LANGUAGES for word in ("-l", language)]
        command = python("-m", "django", "makemessages", *languages, "--no-obsolete", "--no-location", "-v", "0")
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
        if done.returncode:
            return [done.stderr.strip()]
        return [fault for language in LANGUAGES for fault in new_strings(copy, language)]


def new_strings(copy: Path, language: str) -> list[str]:
    """Strings that the sources have and the catalogue of a language does not."""
    known = (
        {key(entry) for entry in polib.pofile(str(catalogue(ROOT, language)))}
        if catalogue(ROOT, language).exists()
        else set()
    )
    found = [entry for entry in polib.pofile(str(catalogue(copy, language))) if not entry.obsolete]
    return [f"{language}: not in the catalogue: {entry.msgid}" for entry in found if key(entry) not in known]


def key(entry) -> tuple:
    """What makes a string one string."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural
