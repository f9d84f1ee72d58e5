"""bin/restore: bring a backup back, prove that it is what was kept, and only then put it in its place.

The database that partstrack brings along: the backup goes into a second database beside the first one and is compared
with its manifest; two renames in one transaction change places. Until then nothing of the first is touched. A database
of yours (DATABASE_URL) must be empty: nothing is ever written over there.
"""

import argparse
import json
import os
import shutil
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from doors import copies, database, setup
from doors.environment import ROOT, Failed, say
from doors.surroundings import environment_for, home, python, read_env_file
from partstrack import embedded

OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL")


def main(arguments: list[str]) -> int:
    """Restore, verify, tell."""
    read_env_file()
    options = parse(arguments)
    if options.into:
        os.environ["PARTSTRACK_HOME"] = str(options.into.absolute())
        for name in OWN:
            os.environ.pop(name, None)
    manifest = whole(options.backup.absolute())
    setup.prepare()
    try:
        with alone(), embedded.running(home(), say=say) as urls:
            bring_back(options.backup.absolute(), manifest, urls, options.over)
            tell(manifest, urls)
    except OSError as error:
        raise Failed(f"{home()} cannot be written ({error}). Free some room, then start again.") from None
    except psycopg2.Error as error:
        raise Failed(f"{str(error).strip()}\nThe database refused; what was in it is untouched.") from None
    return 0


def parse(arguments: list[str]):
    """Read the few options; where to restore must be said."""
    parser = argparse.ArgumentParser(prog="bin/restore", description="Bring a backup back and verify it.")
    parser.add_argument("backup", type=Path, help="the folder of one backup")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--into", type=Path, metavar="HOME", help="the home of an installation, new or not")
    where.add_argument("--yes", action="store_true", help="this installation: PARTSTRACK_HOME or DATABASE_URL")
    parser.add_argument("--over", metavar="DATABASE", help="the name of the database whose data are to be replaced")
    return parser.parse_args(arguments)


def whole(backup: Path) -> dict:
    """The manifest of a backup whose every file is what it says; Damaged otherwise."""
    manifest = copies.read_manifest(backup)
    wrong = copies.wrong_files(backup, {copies.DUMP: manifest["dump"]})
    if wrong := wrong + copies.wrong_files(backup / copies.FILES, manifest["files"]):
        raise copies.Damaged(f"{backup} is damaged: {some(wrong)}. Nothing was changed. Take another backup.")
    return manifest


def some(sentences: list[str]) -> str:
    """The first few of many."""
    return "; ".join(sentences[:5]) + (f"; and {len(sentences) - 5} more" if len(sentences) > 5 else "")


@contextmanager
def alone():
    """Nobody serves or writes meanwhile; what is prepared for the next start is looked at afresh."""
    embedded.open_home(home())
    if embedded.used(home()):
        raise Failed(f"partstrack runs on {home()}. Stop it first (Ctrl-C in bin/run). Nothing was changed.")
    with database.alone():
        yield


def bring_back(backup: Path, manifest: dict, urls: embedded.Urls, over: str | None) -> None:
    """Fill a fresh base and a fresh folder, compare them with the manifest, and put them in their places."""
    owner = urls.owner or urls.app
    ask_leave(owner, urls.embedded, over)
    fresh = home() / "files.restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    say(f"Restoring the backup of {manifest['made_at']} …")
    try:
        copies.keep_files(backup / copies.FILES, fresh)
        with beside(owner) if urls.embedded else in_place(owner) as (url, settle):
            words = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
            copies.program("pg_restore", url, *words, backup / copies.DUMP)
            compare(url, fresh, manifest)
            settle()
            change_places(fresh, home() / "files")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        database.forget()


def ask_leave(url: str, ours: bool, over: str | None) -> None:
    """Refuse to write over data, unless it is our own database and its name was said."""
    name, said = name_of(url), contents(url, ours)
    if not said or (ours and over == name):
        return
    if ours:
        remedy = f"To replace it, say its name: --over {name}. To keep it, restore into another folder: --into HOME."
    else:
        remedy = "A database of yours is never written over: make an empty one and name it in DATABASE_URL."
    raise Failed(f"The database {name} holds {said}. Nothing was changed. {remedy}")


def name_of(url: str) -> str:
    """The name of the database that an address leads to."""
    return unquote(urlsplit(url).path.lstrip("/"))


def contents(url: str, ours: bool) -> str:
    """What a base holds, in words; empty when there is nothing to lose in it (in one of ours the tables alone)."""
    with copies.snapshot(url) as cursor:
        known = copies.tables(cursor)
        if not known:
            return ""
        if "office_ledger" not in known:
            return f"{len(known)} tables of another program"
        cursor.execute("SELECT version, (SELECT count(*) FROM accounts_user) FROM office_ledger")
        version, people = cursor.fetchone()
        if ours and not version and people < 2:
            return ""
        return f"data (version {version}, {people} people)"


@contextmanager
def beside(url: str):
    """Yield (address of a new database, what makes it take the other's place); it is gone when that was not asked."""
    name = name_of(url)
    spare, old = f"{name}_restoring", f"{name}_replaced"
    with closing(copies.connect(at(url, "postgres"))) as server, server.cursor() as cursor:

        def run(text: str, *names: str) -> None:
            cursor.execute(sql.SQL(text).format(*map(sql.Identifier, names)))

        def settle() -> None:
            server.autocommit = False
            run("ALTER DATABASE {} RENAME TO {}", name, old)
            run("ALTER DATABASE {} RENAME TO {}", spare, name)
            server.commit()
            server.autocommit = True
            run("DROP DATABASE {}", old)

        server.autocommit = True
        for left in (spare, old):
            run("DROP DATABASE IF EXISTS {}", left)
        run("CREATE DATABASE {} TEMPLATE template1", spare)
        try:
            yield at(url, spare), settle
        except copies.Damaged as damaged:
            raise copies.Damaged(f"{damaged} Nothing was changed.") from None
        finally:
            server.rollback()
            server.autocommit = True
            run("DROP DATABASE IF EXISTS {}", spare)


@contextmanager
def in_place(url: str):
    """Yield (the address itself, nothing more to do); when what came is not the backup, say what to do with it."""
    try:
        yield url, lambda: None
    except copies.Damaged as damaged:
        raise Failed(f"{damaged} Drop the database {name_of(url)}: what is in it now is not whole.") from None


def at(url: str, name: str) -> str:
    """The same address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def compare(url: str, files: Path, manifest: dict) -> None:
    """Damaged unless rows, sums and files are those of the manifest."""
    with copies.snapshot(url) as cursor:
        wrong = copies.differences(manifest["tables"], copies.counted(cursor))
        named = copies.files_named(cursor)
    wrong += copies.wrong_files(files, manifest["files"])
    lost = set(manifest["lost"])
    wrong += [
        f"{name} is not the file that its row points at"
        for name, digest in named.items()
        if name not in lost and manifest["files"].get(name, {}).get("sha256") != digest
    ]
    if wrong:
        raise copies.Damaged(f"What was restored is not what was kept: {some(wrong)}.")


def change_places(fresh: Path, place: Path) -> None:
    """Put the restored files where the received ones are."""
    old = place.with_name("files.replaced")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def tell(manifest: dict, urls: embedded.Urls) -> None:
    """Bring the base up to date with this partstrack, recount every figure, and say how it went."""
    env = environment_for(urls)
    database.run_django(database.MIGRATE, env)
    command = python("-W", "ignore", ROOT / "manage.py", "verify_figures", "--json")
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"Restored into {home()}: the backup of {manifest['made_at']}, data version {manifest['data_version']}.")
    print(f"{len(manifest['tables'])} tables, {rows:,} rows, {len(manifest['files'])} files: as in the manifest.")
    if manifest["lost"]:
        print(f"{len(manifest['lost'])} files were lost before the backup: {some(manifest['lost'])}.")
    if done.returncode:
        raise Failed(f"{done.stdout}{done.stderr}\nThe figures do not agree with their lines; see above.")
    print(f"Figures recounted from their lines: {json.loads(done.stdout)['differences']} differences.")
    print("Everybody signs in again: sessions are not kept.")
