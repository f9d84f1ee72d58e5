"""A large file, its worker or its PostgreSQL killed at twenty points: all of it is written, or nothing."""

import csv
import io
import multiprocessing
import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from intake import desk
from intake.models import Batch
from office import clock
from partstrack import embedded
from partstrack.settings import database
from production.models import Cell, Declaration, OutputLine, Standing
from production.verify import verify
from tests import THOROUGH, making
from tests.doors.conftest import home, open_folder, start  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow
POINTS = 21  # the first is left alone: it says how long it takes
PARTS = 2084 if THOROUGH else 500  # of 24 months each: 50,000 rows where somebody asks for the whole
PATIENCE = 30  # seconds until an orphan is noticed; the pages' role asks every two
MONTHS = [f"{month:02d}/{year}" for year in (2024, 2025) for month in range(1, 13)]
ROWS = PARTS * len(MONTHS)
WORKERS = multiprocessing.get_context("fork")


@contextmanager
def pointed_at(url):
    """Have this process work on another database for the length of a block."""
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict.update(database(url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


@pytest.fixture
def own_database(home, django_db_setup, django_db_blocker):  # noqa: F811
    """A server of its own that keeps what it confirmed, as in life; this process works on it as the pages' role."""
    urls = start(home, durable=True)
    with django_db_blocker.unblock():
        with pointed_at(urls.owner):
            call_command("migrate", verbosity=0)
        with pointed_at(urls.app):
            yield home


def volumes():
    """Return the file: new parts, each in 24 months."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["ref", "mois", "production", "vendu"])
    rows.writerows([f"P{part:05d}", month, part % 97, part % 89] for part in range(PARTS) for month in MONTHS)
    return text.getvalue().encode()


def checked(user):
    """Return the batch of the file, waiting to be applied."""
    options = {"supplier": "S1", "create": True, "reason": "back-load"}
    batch = desk.receive(user, "output", "volumes.csv", [volumes()], options, clock.moment())
    assert desk.check(user, batch, clock.moment(), inline=True)["state"] == "checked"
    return batch


def apply(user, batch):
    """Apply the batch in a process of its own; return that process."""
    connection.close()
    worker = WORKERS.Process(target=_apply, args=(user, batch))
    worker.start()
    return worker


def _apply(user, batch):
    os.setsid()
    desk.apply(user, batch, clock.moment())
    os._exit(0)  # nothing of the test's own may run at the end of this process


def kill_worker(worker, where):
    worker.kill()


def kill_server(worker, where):
    """Kill PostgreSQL with all its processes, then start it again, as the next start of the product does."""
    server = embedded.status(where, {}).pid
    for pid in [server, *children(server)]:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(pid, signal.SIGKILL)
    worker.join(30)
    worker.kill()
    start(where, durable=True)


def children(parent):
    """Return the processes that a process has started."""
    stats = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/stat")}
    found = []
    for pid, path in stats.items():
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(pid)
        except OSError:  # it has ended meanwhile
            continue
    return found


def proved(user, batch):
    """Prove that all of the file stands or nothing, that sums agree, and that its page says which; return the state."""
    connection.close()
    wait_for_orphans()
    batch.refresh_from_db()
    whole = batch.state == "applied"
    lines = OutputLine.objects.filter(batch=batch)
    assert batch.state in {"checked", "applied"}
    assert lines.count() == (ROWS if whole else 0)
    assert Declaration.objects.filter(batch=batch).count() == (len(MONTHS) if whole else 0)
    assert Standing.objects.filter(to_v=None).count() == (len(MONTHS) if whole else 0)
    assert sum(Cell.objects.values_list("lines", flat=True)) == (ROWS if whole else 0)
    assert verify() == []
    page = page_of(user, batch)
    assert (str(desk.STEPS[batch.state]) in page, reverse("batch_apply", args=[batch.pk]) in page) == (True, not whole)
    return batch.state


def page_of(user, batch):
    """Return the page of a batch, in English."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["django_language"] = "en"
    return client.get(reverse("batch", args=[batch.pk])).content.decode()


def wait_for_orphans():
    """Wait until PostgreSQL has noticed that a worker is gone; what that worker had committed is then seen."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("a backend outlives its worker")


def test_twenty_kills_leave_all_or_nothing(own_database):
    user = making.person("admin@example.org", making.ADMIN)
    batch, took = checked(user), None
    outcomes, killed = [], 0
    for point in range(POINTS):
        worker, begun = apply(user, batch), time.monotonic()
        worker.join(took and took * point / (POINTS - 2))
        if worker.is_alive():
            killed += 1
        else:
            took = time.monotonic() - begun
        (kill_server if point % 2 else kill_worker)(worker, own_database)
        worker.join()
        outcomes.append(proved(user, batch))
        if outcomes[-1] == "applied":
            desk.roll_back(user, batch)
            batch = checked(user)
    assert {*outcomes} == {"checked", "applied"}
    assert killed >= POINTS // 2
    apply(user, batch).join()
    assert proved(user, batch) == "applied"
    assert Batch.objects.filter(state="rolled_back").count() == outcomes.count("applied")
