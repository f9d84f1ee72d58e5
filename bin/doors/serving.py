"""The web server of bin/run: granian with two workers, each with threads, on one port of 127.0.0.1."""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from doors.environment import PYTHON, ROOT, Failed, say
from doors.surroundings import home, python

PORTS = 100
START_WITHIN = 60  # seconds
STOP_WITHIN = 20
SERVER = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
SERVER += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning", "--host", "127.0.0.1"]
PR_SET_PDEATHSIG = 1


@contextmanager
def claim_port(first: int):
    """Yield a free port from `first` on, and keep it from another bin/run that starts at the same time."""
    for port in range(first, first + PORTS):
        lock = lock_port(port)
        if lock is None:
            continue
        try:
            if is_free(port) or end_leftover(port):
                if port != first:
                    say(f"Port {first} is taken: using {port}.")
                yield port
                return
        finally:
            lock_file(port).unlink(missing_ok=True)
            os.close(lock)
    raise Failed(f"No port from {first} to {first + PORTS - 1} is free. Name another first one: bin/run --port 9000")


def lock_port(port: int) -> int | None:
    """A lock held for this port by this process; None when another one has it."""
    path = lock_file(port)
    try:
        lock = os.open(path, os.O_RDONLY if path.exists() else os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def lock_file(port: int) -> Path:
    """Where those who start at the same time agree on a port."""
    return Path(tempfile.gettempdir()) / f"partstrack-port-{port}.lock"


def end_leftover(port: int) -> bool:
    """End the workers of a bin/run of this home that was killed outright; return whether the port is free then."""
    with suppress(OSError, ValueError):
        group = int(group_file(port).read_text())
        if is_server(group, port):
            say(f"Ending what a killed bin/run left behind on port {port} …")
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.2)
    return is_free(port)


def is_server(group: int, port: int) -> bool:
    """Whether a process group is our web server on a port; its number could belong to a stranger by now."""
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "pgid=,command="], capture_output=True, text=True).stdout
    members = [line.strip() for line in listed.splitlines() if line.split()[0] == str(group)]
    return any(f"{PYTHON} -m granian" in line and f"--port {port} " in line for line in members)


def group_file(port: int) -> Path:
    """Where the process group of the web server on a port is written down."""
    return home() / f"web-{port}.pid"


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Web:
    """The web server as a child process in a session of its own, so that Ctrl-C comes to us alone."""

    def __init__(self, port: int, env: dict[str, str]):
        self.port, self.env = port, env
        self.process: subprocess.Popen | None = None
        self.started: list[float] = []

    def start(self) -> None:
        """Start it and wait for its first answer."""
        command = python(*SERVER, "--port", self.port, "partstrack.wsgi:application")
        env = {**self.env, "PARTSTRACK_DB_ROLE": "app"}
        self.started.append(time.monotonic())
        self.process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_parent
        )
        group_file(self.port).write_text(str(self.process.pid))
        self.wait_for_an_answer()

    def wait_for_an_answer(self) -> None:
        """Return at the first answer of any kind; fail when the server ends or stays silent."""
        end = time.monotonic() + START_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            if answers(self.port):
                return
            time.sleep(0.05)
        raise Failed("The web server does not start; the reason is said above.")

    def keep_alive(self) -> None:
        """Start it again when it ended; give up when that happens again and again."""
        if self.process.poll() is None:
            return
        self.end_group()
        recent = [moment for moment in self.started if moment > time.monotonic() - 60]
        if len(recent) > 5:
            raise Failed("The web server ended six times within a minute; the reason is said above.")
        say("The web server stopped; starting it again …")
        self.start()

    def stop(self) -> None:
        """Let it finish the requests that run, then make sure that nothing of it is left."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_WITHIN)
        self.end_group()

    def end_group(self) -> None:
        """End the workers of a server that is gone."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            group_file(self.port).unlink(missing_ok=True)


def answers(port: int) -> bool:
    """Whether the web server on a port answers a request, whatever the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/live")
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def die_with_parent() -> None:
    """On Linux the server is asked to end when bin/run is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
