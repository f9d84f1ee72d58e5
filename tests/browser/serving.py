"""The product as people meet it: its web server, as the role that serves the pages, on a database of its own."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from django.db import ProgrammingError, connection

ROOT = Path(__file__).resolve().parents[2]
ROLE = "partstrack_app"
LIMITS = "-c role=partstrack_app -c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=15s"
PATIENCE = 120  # seconds for the server to start, on a busy machine


@dataclass(frozen=True)
class Served:
    """A running server: its address, the database it works on, and its home."""

    url: str
    database: str
    home: Path


@contextmanager
def copied(source, name):
    """A copy of a whole database for the length of a block; nobody may be using the source."""
    drop(name)
    run_outside("CREATE DATABASE {} TEMPLATE {}", name, source)
    try:
        yield
    finally:
        drop(name)


def drop(name):
    """Remove a database, whoever is still connected; PostgreSQL's own cleaner may not be stopped, so it is waited for."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return run_outside("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        except ProgrammingError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def run_outside(statement, *names):
    """Run a statement on whole databases, from outside of them."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))


@contextmanager
def serving(database, home, today=""):
    """Run the web server on a database for the length of a block, on the demonstration's day or another; gives what is served."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "partstrack.wsgi:application"],
            cwd=ROOT,
            env=environment(database, home) | ({"PARTSTRACK_TODAY": today} if today else {}),
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_ready(server, f"http://127.0.0.1:{port}/healthz/live", home)
            yield Served(f"http://127.0.0.1:{port}", database, home)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def environment(database, home):
    """What the server is told: the database, as the role of the pages where that role exists."""
    told = {name: value for name, value in os.environ.items() if name != "PARTSTRACK_TODAY"}
    options = {"options": LIMITS} if has_role() else {}
    return told | {
        "DATABASE_URL": address(database, **options),
        "PARTSTRACK_HOME": str(home),
        "PARTSTRACK_DB_ROLE": "app",
        "PARTSTRACK_DEBUG": "0",
        "PYTHONPATH": str(ROOT),
    }


def address(database, **options):
    """The address of a database beside the one of the tests."""
    known = connection.settings_dict
    user = ":".join(quote(known[name], safe="") for name in ("USER", "PASSWORD") if known[name])
    place = f"{user}@{known['HOST']}" if user else known["HOST"]
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgresql://{place}{port}/{database}" + (f"?{urlencode(options, quote_via=quote)}" if options else "")


def has_role():
    """Whether the tests' own role may act as the role that serves the pages."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'member')", [ROLE]
        )
        return bool(cursor.fetchone()[0])


def free_port():
    """A port of this machine that nobody uses."""
    with closing(create_server(("127.0.0.1", 0))) as probe:
        return probe.getsockname()[1]


def wait_until_ready(server, url, home):
    """Return once the server answers; say what it said when it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(url, timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{(home / 'server.log').read_text()[-2000:]}")


def said(served):
    """What the server wrote: warnings and faults, one JSON line each."""
    return (served.home / "server.log").read_text(errors="replace")


def copy_files(source, home):
    """Give a home the received files that its database speaks of."""
    shutil.copytree(source, home / "files", dirs_exist_ok=True)
    return home / "files"
