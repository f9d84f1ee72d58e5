"""Bring the database up to date before it is used: migrations, the table of the cache, the demonstration.

What was done is remembered beside the data, so that a second start needs no Django for it.
"""

import fcntl
import json
import subprocess
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2

from doors import setup
from doors.environment import ROOT, Failed, say
from doors.surroundings import home, python
from partstrack.embedded import Urls

MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
"""
# What loading says is said again, shorter, by --accounts.
DEMONSTRATION = f"""{MIGRATE}
import io
call_command("demo", "--if-empty", stdout=io.StringIO())
call_command("demo", "--accounts")
"""


def prepare(urls: Urls, env: dict[str, str], demonstration: bool) -> str:
    """Migrate and, when asked, load the demonstration into an empty base; return what says how to sign in."""
    with alone():
        known, state = remembered(), {"code": code(), "database": applied(urls)}
        if known.get("state") == state and (known["demonstration"] or not demonstration):
            return known["accounts"]
        say(
            "Bringing the database up to date, and loading the demonstration if it is empty …"
            if demonstration
            else "Bringing the database up to date …"
        )
        accounts = run_django(DEMONSTRATION if demonstration else MIGRATE, env)
        state["database"] = applied(urls)
        remember({"state": state, "accounts": accounts, "demonstration": demonstration})
        return accounts


def run_django(script: str, env: dict[str, str]) -> str:
    """Run a piece of Django with the role that owns the tables; return what it printed."""
    done = subprocess.run(
        python("-c", script), env={**env, "PARTSTRACK_DB_ROLE": "owner"}, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise Failed("The database could not be brought up to date; nothing was half done. The reason is said above.")
    return done.stdout.strip("\n")


def code() -> str:
    """The fingerprint of every migration, and of the demonstration."""
    files = sorted({*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/management/commands/demo.py")})
    return setup.digest([(str(path.relative_to(ROOT)), path.read_bytes()) for path in files])


def applied(urls: Urls) -> list | None:
    """The database's place and the migrations it has seen; None when it has seen none."""
    try:
        connection = psycopg2.connect(urls.owner or urls.app, connect_timeout=5)
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM django_migrations")
            return [setup.digest((urls.owner or urls.app).rpartition("@")[2]), *cursor.fetchone()]
    except psycopg2.errors.UndefinedTable:
        return None
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        said = str(error).strip()
        raise Failed(
            f"{said}\nThe database of DATABASE_URL does not answer: correct the address or start it."
        ) from None


def remembered() -> dict:
    """What the last preparation found and said."""
    try:
        return json.loads(memory().read_text())
    except (OSError, ValueError):
        return {}


def remember(known: dict) -> None:
    """Note the preparation, all or nothing."""
    fresh = memory().with_suffix(".new")
    fresh.write_text(json.dumps(known))
    fresh.replace(memory())


def forget() -> None:
    """Look at the database afresh at the next start: a command may have emptied or changed it."""
    with suppress(FileNotFoundError):
        memory().unlink()


def memory() -> Path:
    """The file that remembers the preparation."""
    return home() / "prepared.json"


@contextmanager
def alone():
    """Only one door at a time migrates."""
    with (home() / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
