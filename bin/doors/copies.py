"""What a backup is made of, and how one is compared with a base: bin/backup writes one, bin/restore reads it.

A backup is a folder `partstrack-DAY-TIME` with `database.dump` (pg_dump's own format), `files/` as received, and
`manifest.json`, which says what is in them: rows and sums of every table, size and SHA-256 of every file. Sessions
and kept answers are left out. Nothing here imports Django.
"""

import hashlib
import json
import os
import shutil
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import extensions, sql

from doors.environment import ROOT, Failed
from partstrack import embedded_server

FORMAT = 1
DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
LEFT_OUT = ("django_session", "partstrack_cache")
PLACE = r"partstrack-\d{4}-\d\d-\d\d-\d{6}"
COLUMNS = """
SELECT t.table_name, c.column_name, c.data_type
FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY t.table_name, c.ordinal_position
"""


class Damaged(Failed):
    """A backup or a restored base is not what the manifest says."""


@contextmanager
def snapshot(url: str):
    """Yield a cursor that sees one moment of the base for as long as it takes."""
    with closing(connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        connection.commit()
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        yield cursor


def connect(url: str):
    """A connection; Failed when the database does not answer."""
    try:
        return psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError as error:
        raise Failed(f"{str(error).strip()}\nThe database does not answer: correct its address or start it.") from None


def tables(cursor) -> dict[str, dict[str, str]]:
    """Every table of ours with its columns and their types."""
    cursor.execute(COLUMNS)
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in cursor.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def counted(cursor) -> dict[str, dict]:
    """{table: {"rows": n, "sums": {column: text}}}: the exact sum of every decimal column."""
    return {name: count(cursor, name, columns) for name, columns in tables(cursor).items() if name not in LEFT_OUT}


def count(cursor, table: str, columns: dict[str, str]) -> dict:
    """Rows of one table, and its sums."""
    decimals = [name for name, kind in columns.items() if kind == "numeric"]
    sums = [sql.SQL("sum({})::text").format(sql.Identifier(name)) for name in decimals]
    wanted = sql.SQL(", ").join([sql.SQL("count(*)"), *sums])
    cursor.execute(sql.SQL("SELECT {} FROM {}").format(wanted, sql.Identifier(table)))
    rows, *values = cursor.fetchone()
    return {"rows": rows, "sums": dict(zip(decimals, values, strict=True))}


def files_named(cursor) -> dict[str, str]:
    """{name: SHA-256} of every stored file that a row of the base points at."""
    found = {}
    for table, columns in tables(cursor).items():
        if {"file", "sha256"} <= set(columns):
            cursor.execute(sql.SQL("SELECT file, sha256 FROM {} WHERE file <> ''").format(sql.Identifier(table)))
            found.update(cursor.fetchall())
    return found


def differences(said: dict[str, dict], found: dict[str, dict]) -> list[str]:
    """Sentences about every table whose rows or sums are not those of the manifest; empty is right."""
    missing = [f"{table} is missing" for table in sorted(said.keys() - found.keys())]
    more = [f"{table} is not in the manifest" for table in sorted(found.keys() - said.keys())]
    other = [
        f"{table} has {found[table]}, not {said[table]}"
        for table in sorted(said.keys() & found.keys())
        if said[table] != found[table]
    ]
    return missing + more + other


def keep_files(source: Path, target: Path) -> dict[str, dict]:
    """Copy every file below a folder; return {name: {"size", "sha256"}} of the copies, read back from the disk."""
    target.mkdir()
    kept = {}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and copied(path, target / name):
            kept[name] = described(target / name)
    return kept


def copied(path: Path, target: Path) -> bool:
    """Copy one file; False when it is gone by now (a refused upload leaves none)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(path, target)
    except FileNotFoundError:
        return False
    return True


def described(path: Path) -> dict:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def wrong_files(folder: Path, said: dict[str, dict]) -> list[str]:
    """Sentences about every file that is not what the manifest says; empty is right."""
    wrong = []
    for name, fact in said.items():
        if not (folder / name).is_file():
            wrong.append(f"{name} is missing")
        elif described(folder / name) != fact:
            wrong.append(f"{name} is not the file of the manifest")
    return wrong


def read_manifest(backup: Path) -> dict:
    """What a backup says of itself; Damaged when it is none, or comes from a later partstrack."""
    try:
        manifest = json.loads((backup / MANIFEST).read_text())
        known = (manifest["format"], manifest["tables"], manifest["files"], manifest["dump"], manifest["migrations"])
    except FileNotFoundError:
        raise Damaged(f"{backup} is no backup: it has no {MANIFEST}.{beside(backup)} Nothing was changed.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Damaged(f"{backup / MANIFEST} cannot be read: the backup is damaged. Nothing was changed.") from None
    later = [f"{app} {name}" for app, name in manifest["migrations"] if unknown(app, name)]
    if known[0] != FORMAT or later:
        raise Damaged(f"{backup} was made by a later partstrack. Take that one. Nothing was changed.")
    return manifest


def beside(folder: Path) -> str:
    """Name the backups inside a folder, when it is the folder of several."""
    found = sorted(path.parent.name for path in folder.glob(f"partstrack-*/{MANIFEST}"))
    return f" Name one of these in it: {', '.join(found)}." if found else ""


def unknown(app: str, name: str) -> bool:
    """Whether a migration belongs to an app of ours and is not in this checkout."""
    folder = ROOT / app / "migrations"
    return folder.is_dir() and not (folder / f"{name}.py").exists()


def program(name: str, url: str, *words, **options) -> subprocess.CompletedProcess:
    """Run one of PostgreSQL's programs on a base; its password is never on the command line. Failed with its words."""
    path = embedded_server.find_programs(os.environ) / name
    if not path.exists():
        raise Failed(f"{path} is missing: install PostgreSQL's client programs there, or unset PG_BIN.")
    known = extensions.parse_dsn(url)
    env = {**os.environ, "LC_ALL": "C", "PGPASSWORD": known.pop("password", "")}
    command = [path, "--dbname", extensions.make_dsn(**known), *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, errors="replace", **options)
    if done.returncode:
        raise Failed(f"{done.stderr.strip()[-2000:]}\n{name} failed; the reason is said above.")
    return done
