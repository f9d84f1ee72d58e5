"""The three roles of the embedded database, their limits and their rights.

owner makes the tables and may act as the two others (tests do), app serves the pages, worker does long work. What
owner creates, in this database or in one made for tests, app and worker may read and write; the migrations take
away again what nobody may change.
"""

import hashlib
from collections.abc import Callable
from contextlib import closing

import psycopg2
from psycopg2 import errors, sql

DATABASE = "partstrack"
APP, OWNER, WORKER = ROLES = ("partstrack_app", "partstrack_owner", "partstrack_worker")
LIMITS = {
    APP: {
        "statement_timeout": "5s",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "15s",
        "client_connection_check_interval": "2s",
    },
    WORKER: {
        "statement_timeout": "15min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "5min",
        "client_connection_check_interval": "2s",
    },
}
RIGHTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES",
    "GRANT USAGE, SELECT, UPDATE ON SEQUENCES",
    "GRANT EXECUTE ON FUNCTIONS",
)
FINGERPRINT = hashlib.sha256(repr((DATABASE, ROLES, LIMITS, RIGHTS)).encode()).hexdigest()[:16]


def prepare(address: Callable[[str], str], passwords: dict[str, str]) -> None:
    """Make what is missing and set the rest; `address` turns a database's name into the superuser's address."""
    with closing(psycopg2.connect(address("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for role in ROLES:
                make_role(cursor, role, passwords[role])
                limit(cursor, role)
            cursor.execute(f"GRANT {APP}, {WORKER} TO {OWNER}")
            make_database(cursor)
    for name in ("template1", DATABASE):
        default_rights(address(name))


def make_role(cursor, role: str, password: str) -> None:
    """Create a role unless it is there, and set its password; only owner may create databases."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    may = "CREATEDB" if role == OWNER else "NOCREATEDB"
    statement = f"{verb} ROLE {{}} LOGIN NOSUPERUSER {may} PASSWORD {{}}"
    cursor.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))


def limit(cursor, role: str) -> None:
    """Set how long a role may work, wait and idle; not every system can notice that a client has gone."""
    for name, value in LIMITS.get(role, {}).items():
        try:
            cursor.execute(f"ALTER ROLE {role} SET {name} = '{value}'")
        except errors.InvalidParameterValue:
            if name != "client_connection_check_interval":
                raise


def make_database(cursor) -> None:
    """Create the database, owned by owner, unless it is there."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if not cursor.fetchone():
        cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0")


def default_rights(address: str) -> None:
    """What owner will create here is open to app and worker; databases for tests inherit it from template1."""
    with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
        for right in RIGHTS:
            cursor.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} {right} TO {APP}, {WORKER}")
