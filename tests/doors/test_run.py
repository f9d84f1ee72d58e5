"""bin/run as a person uses it: start, look, stop; killed, started again."""

import os
import signal
import subprocess
import time
import urllib.request

import psycopg2
import pytest

from partstrack import embedded
from tests.doors.conftest import ROOT, a_folder, a_home

from doors import environment  # isort: skip (found by the line above)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not environment.is_current({"app": True, "tools": False}), reason="bin/test makes .venv"),
]
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "PARTSTRACK_DB_ROLE")


@pytest.fixture(scope="module")
def home():
    """One home for these tests, made by the first start of bin/run: those after it find it as that left it."""
    with a_folder() as folder, a_home(folder) as made:
        yield made


@pytest.fixture
def running(home):
    """Return a function that starts bin/run in the home and returns it with its address, once that answers."""
    started = []

    def run():
        env = {name: value for name, value in os.environ.items() if name not in OWN}
        command = [str(ROOT / "bin" / "run"), "--empty", "--port", str(embedded.free_port(None))]
        process = subprocess.Popen(
            command,
            env={**env, "PARTSTRACK_HOME": str(home), "PARTSTRACK_DAILY": "0"},
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
        )
        started.append(process)
        for line in process.stdout:
            if "http://" in line:
                return process, line.split()[-1]
        raise AssertionError("bin/run ended without an address")

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        process.stdout.close()


def status_of(address):
    """The status of the page that says whether the program lives."""
    with urllib.request.urlopen(f"{address}healthz/live", timeout=10) as answer:
        return answer.status


def workers(process):
    """The numbers of the workers that a bin/run started, or that are left of it."""
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,command="], capture_output=True, text=True).stdout
    found = [line.split(None, 2) for line in listed.splitlines()]
    return [int(pid) for pid, parent, command in found if "manage.py work" in command and int(parent) == process.pid]


def test_a_worker_that_is_killed_comes_back_and_ends_with_the_rest(running, home):
    process, _ = running()
    (first,) = workers(process)
    os.kill(first, signal.SIGKILL)
    end = time.monotonic() + 20
    while workers(process) in ([], [first]) and time.monotonic() < end:
        time.sleep(0.1)
    (second,) = workers(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_it_serves_says_where_and_stops_everything_when_asked(running, home):
    process, address = running()
    assert status_of(address) == 200
    assert embedded.status(home, {}).pid is not None
    time.sleep(1)  # the second worker starts a moment after the first
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert embedded.status(home, {}).pid is None
    assert list(home.glob("web-*.pid")) == []
    with pytest.raises(OSError):
        status_of(address)


def test_a_database_that_is_killed_comes_back_by_itself(running, home):
    _, address = running()
    pid, port = embedded.status(home, {}).pid, embedded.status(home, {}).port
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 15
    while embedded.status(home, {}).pid in (None, pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert embedded.status(home, {}).port == port
    assert status_of(address) == 200


def test_killed_outright_it_starts_again_with_its_data(running, home):
    process, _ = running()
    urls = embedded.start(home, {}, say=lambda text: None)
    with psycopg2.connect(urls.owner) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 7 AS n")
    connection.close()
    process.kill()
    process.wait()
    _, address = running()
    assert status_of(address) == 200
    with psycopg2.connect(urls.owner) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT n FROM kept")
        assert cursor.fetchall() == [(7,)]
    connection.close()
