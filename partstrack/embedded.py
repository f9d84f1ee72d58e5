"""The PostgreSQL that partstrack brings along when no DATABASE_URL names another.

A home (`PARTSTRACK_HOME`) holds one cluster. Several processes share it: the first starts it, the others find it
running, the last one that leaves stops it. Who uses it is a shared lock on a file, which the system itself lets go
of when a process dies, however it dies.

    with running(home) as urls:
        ...  # urls.app, urls.owner, urls.worker
"""

import fcntl
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from partstrack import embedded_roles as roles
from partstrack import embedded_server as server_of
from partstrack.embedded_server import Server, Trouble

PATIENCE = 10  # seconds: after a kill -9 what is left of the old server needs about two
RECOVERY = 600  # seconds: a server that repairs itself after a crash is waited for
_users: dict[Path, int] = {}


@dataclass(frozen=True)
class Urls:
    """Addresses of the database for the three roles; `embedded` is False when the caller brought them."""

    app: str
    owner: str
    worker: str
    embedded: bool = True

    def environment(self) -> dict[str, str]:
        """The same as environment variables."""
        return {"DATABASE_URL": self.app, "DATABASE_OWNER_URL": self.owner, "DATABASE_WORKER_URL": self.worker}


@dataclass(frozen=True)
class Status:
    """What is known of a home's server; pid and port are None when it does not run."""

    data: Path
    pid: int | None
    port: int | None


def start(home: Path, environ=os.environ, *, durable: bool = True, say: Callable[[str], None] = print) -> Urls:
    """Return the addresses of a running database and hold it until stop(); raise Trouble with a remedy.

    DATABASE_URL wins; else the home's own cluster is made, started or joined. `durable=False` is for tests only.
    """
    if environ.get("DATABASE_URL"):
        app = environ["DATABASE_URL"]
        return Urls(app, environ.get("DATABASE_OWNER_URL", ""), environ.get("DATABASE_WORKER_URL", ""), embedded=False)
    home = open_home(home)
    with alone(home):
        server = server_of.settle(home, environ, say)
        known = secrets_of(home, server)
        known["port"] = ensure_running(server, known, durable)
        prepare(known)
        write_secrets(home, known)
        hold(home)
    return urls_of(known)


def stop(home: Path, environ=os.environ) -> bool:
    """Let go of the database; the last user stops the server. Return whether it was stopped."""
    home = home.absolute()
    lock = _users.pop(home, None)
    if lock is None:
        return False
    with alone(home):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        server_of.halt(status(home, environ).data)
        os.close(lock)
    return True


def discard(home: Path, environ=os.environ) -> None:
    """Stop the server of a home that nobody needs any more and remove everything of it; for tests."""
    with suppress(Trouble, FileNotFoundError):
        data = status(home, environ).data
        server_of.halt(data)
        if data.parent != home.absolute():
            shutil.rmtree(data.parent, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running(home: Path, environ=os.environ, **options) -> Iterator[Urls]:
    """Hold the database for the length of a block."""
    urls = start(home, environ, **options)
    try:
        yield urls
    finally:
        stop(home, environ)


def status(home: Path, environ=os.environ) -> Status:
    """Say where a home's data are and whether their server runs."""
    server = server_of.settle(home.absolute(), environ, say=lambda text: None)
    pid, port = server_of.postmaster(server.data) or (None, None)
    return Status(server.data, pid, port)


def open_home(home: Path) -> Path:
    """Make the home; a server that runs under another account must be able to walk through it."""
    home = home.absolute()
    try:
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o755)
        (home / "start.lock").touch()
    except OSError as error:
        raise Trouble(
            f"{home} cannot be written ({error.strerror}). Set PARTSTRACK_HOME to a folder of yours."
        ) from None
    return home


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Only one process at a time starts or stops a home's server."""
    with (home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hold(home: Path) -> None:
    """Count this process among the users, until it stops or dies."""
    if home not in _users:
        _users[home] = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(_users[home], fcntl.LOCK_SH)


def used(home: Path) -> bool:
    """Whether some living process holds the home's database."""
    try:
        lock = os.open(home / "users.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def secrets_of(home: Path, server: Server) -> dict:
    """Passwords of the four roles and the last port; made at the first start, made again when they were lost."""
    try:
        return json.loads((home / "database.json").read_text())
    except (FileNotFoundError, ValueError):
        known = {name: secrets.token_hex(20) for name in ("postgres", *roles.ROLES)}
    if (server.data / "PG_VERSION").exists():
        server_of.halt(server.data)
        server_of.forgive_foreign_lock(server.data)
        server_of.new_password(server, known["postgres"])
    write_secrets(home, known)
    return known


def write_secrets(home: Path, known: dict) -> None:
    """Write them so that only the owner reads them, all or nothing."""
    fresh = home / "database.json.new"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(known))
    fresh.replace(home / "database.json")


def ensure_running(server: Server, known: dict, durable: bool) -> int:
    """Return the port of the running server, starting it when needed."""
    if not (server.data / "PG_VERSION").exists():
        server_of.initialise(server, known["postgres"])
    found = server_of.postmaster(server.data)
    if found:
        wait_ready(server, found[1], known, None)
        return found[1]
    end = time.monotonic() + PATIENCE
    while True:
        port = free_port(known.get("port"))
        process = server_of.launch(server, port, durable)
        if wait_ready(server, port, known, process):
            return port
        if time.monotonic() > end:
            raise Trouble(f"The database does not start.\n{last_words(server.log)}\n{server_of.space(server)}")
        time.sleep(0.3)


def free_port(wanted: int | None) -> int:
    """The wanted port of 127.0.0.1 when it is free, else any free one."""
    for port in (wanted or 0, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise Trouble("127.0.0.1 has no free port. End a program that listens on many ports.")


def wait_ready(server: Server, port: int, known: dict, process) -> bool:
    """Wait until the server answers; False when its process ended instead."""
    end = time.monotonic() + RECOVERY
    while time.monotonic() < end:
        try:
            psycopg2.connect(address("postgres", known["postgres"], port, "postgres")).close()
            return True
        except psycopg2.OperationalError as error:
            if process is None and not server_of.postmaster(server.data):
                raise Trouble("The database stopped while it was being joined. Start again.") from error
            if "password authentication failed" in str(error):
                raise Trouble(
                    f"{server.data} does not know the password in database.json. Move that file away."
                ) from error
        if process and process.poll() is not None:
            return False
        time.sleep(0.02)
    raise Trouble(f"The database has been repairing itself for {RECOVERY} s.\n{last_words(server.log)}")


def prepare(known: dict) -> None:
    """Make roles, database and rights; again whenever their description changed."""
    if known.get("roles") == roles.FINGERPRINT:
        return
    roles.prepare(lambda name: address("postgres", known["postgres"], known["port"], name), known)
    known["roles"] = roles.FINGERPRINT


def address(role: str, password: str, port: int, name: str) -> str:
    """A database address on this machine."""
    return f"postgresql://{role}:{password}@127.0.0.1:{port}/{name}"


def urls_of(known: dict) -> Urls:
    """The three addresses out of what is known."""
    return Urls(*(address(role, known[role], known["port"], roles.DATABASE) for role in roles.ROLES))


def last_words(log: Path) -> str:
    """The end of the server's log, for the message about a failed start."""
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return "(no log)"
