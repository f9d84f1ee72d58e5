"""bin/backup: a dated copy of the database and of every received file, whole or not at all."""

import argparse
import fcntl
import json
import os
import re
import shutil
import tomllib
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from doors import copies
from doors.environment import ROOT, Failed, say
from doors.surroundings import home, read_env_file
from partstrack import embedded

KEPT = 14


def main(arguments: list[str]) -> int:
    """Make one backup, remove the oldest beyond those kept, print the new one's place on standard output."""
    read_env_file()
    options = parse(arguments)
    try:
        with embedded.running(home(), say=say) as urls, alone(options.folder):
            made = make(urls.owner or urls.app, options.folder)
            thin(options.folder, options.keep)
    except OSError as error:
        raise Failed(f"No backup was made: {options.folder} cannot be written ({error.strerror}).") from None
    print(made)
    return 0


def parse(arguments: list[str]):
    """Read the few options."""
    parser = argparse.ArgumentParser(prog="bin/backup", description="Keep a dated copy of database and files.")
    folder = os.environ.get("PARTSTRACK_BACKUPS") or home() / "backups"
    parser.add_argument("folder", nargs="?", type=Path, default=Path(folder), help="default: %(default)s")
    parser.add_argument("--keep", type=whole, default=kept(), help="how many stay there (default %(default)s)")
    options = parser.parse_args(arguments)
    options.folder = options.folder.absolute()
    return options


def kept() -> int:
    """How many backups stay: PARTSTRACK_BACKUPS_KEPT, else two weeks of days."""
    try:
        return whole(os.environ.get("PARTSTRACK_BACKUPS_KEPT") or str(KEPT))
    except argparse.ArgumentTypeError as wrong:
        raise Failed(f"PARTSTRACK_BACKUPS_KEPT {wrong}. Correct it or unset it.") from None


def whole(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {text!r}")
    return int(text)


@contextmanager
def alone(folder: Path):
    """Only one backup at a time is written into a folder; what a killed one left half written is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".partstrack.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"Another backup is being written into {folder}. Wait for its end.") from None
        for half in folder.glob(".partstrack-*.new"):
            shutil.rmtree(half)
        yield


def make(url: str, folder: Path) -> Path:
    """Write a backup under a name that nobody takes for a whole one, then give it its own."""
    now = datetime.now().astimezone()
    place = folder / f"partstrack-{now:%Y-%m-%d-%H%M%S}"
    fresh = folder / f".{place.name}.new"
    if place.exists():
        raise Failed(f"{place} is there already. Try again in a second.")
    fresh.mkdir(mode=0o700)
    try:
        manifest = {"format": copies.FORMAT, "made_at": now.isoformat(timespec="seconds"), **fill(url, fresh)}
        (fresh / copies.MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
        os.sync()
        fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    tell(manifest)
    return place


def fill(url: str, fresh: Path) -> dict:
    """Put base and files of one moment into the folder; return what the manifest says of them.

    Files after the base: a file is there before its row is committed, so every row finds its own.
    """
    with copies.snapshot(url) as cursor:
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        moment, server = cursor.fetchone()
        if "office_ledger" not in copies.tables(cursor):
            raise Failed("This base holds nothing of partstrack: there is nothing to keep. bin/run makes one.")
        leave_out = [f"--exclude-table-data=public.{table}" for table in copies.LEFT_OUT]
        words = ["--format=custom", "--no-owner", "--no-privileges", "--snapshot", moment, *leave_out]
        copies.program("pg_dump", url, *words, "--file", fresh / copies.DUMP)
        counted, named = copies.counted(cursor), copies.files_named(cursor)
        cursor.execute("SELECT version FROM office_ledger")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        migrations = cursor.fetchall()
    files = copies.keep_files(home() / "files", fresh / copies.FILES)
    return {
        "program": program_version(),
        "postgresql": server,
        "data_version": version,
        "dump": copies.described(fresh / copies.DUMP),
        "tables": counted,
        "files": files,
        "lost": sorted(name for name, digest in named.items() if files.get(name, {}).get("sha256") != digest),
        "migrations": migrations,
    }


def program_version() -> str:
    """The version of partstrack."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def tell(manifest: dict) -> None:
    """Say what was kept, and which files the base names but nobody has any more."""
    rows = sum(table["rows"] for table in manifest["tables"].values())
    say(
        f"Kept data version {manifest['data_version']}: {len(manifest['tables'])} tables, {rows:,} rows, "
        f"{len(manifest['files'])} files. Copy it to another machine; bin/restore brings it back."
    )
    if lost := manifest["lost"]:
        say(f"WARNING: {len(lost)} files that rows point at are lost or altered: {', '.join(lost[:5])}")


def thin(folder: Path, keep: int) -> None:
    """Remove the oldest backups beyond those kept; nothing else of the folder is touched."""
    whole_ones = sorted(
        path
        for path in folder.iterdir()
        if re.fullmatch(copies.PLACE, path.name) and (path / copies.MANIFEST).is_file()
    )
    for old in whole_ones[:-keep]:
        going = old.rename(folder / f".{old.name}.new")
        shutil.rmtree(going)
