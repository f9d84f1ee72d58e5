"""Eight writers on overlapping months, some killed, some with their connection cut: nothing told is lost."""

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest
from django.conf import settings
from django.db import connection

from office.models import Write
from production.models import Cell
from production.verify import verify
from tests import making

pytestmark = pytest.mark.slow
WRITERS, SECONDS, SPARED = 8, 14, 2  # spared: seconds at the end in which nobody is hurt


def start(seed, file):
    """Start a writer on this test's database."""
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    environment = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": "", "DATABASE_WORKER_URL": ""}
    command = [sys.executable, "-m", "tests.live.writer", str(seed), str(file), str(SECONDS)]
    with file.with_suffix(".faults").open("ab") as faults:
        return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stderr=faults)


def cut_a_connection(chance):
    """End the backend of one writer, as a network or a restart would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid"
        )
        backends = [pid for (pid,) in cursor.fetchall()]
        if backends:
            cursor.execute("SELECT pg_terminate_backend(%s)", [chance.choice(backends)])


def hurt(processes, file_of, chance):
    """Kill a writer and start another, or cut a connection, about once a second until the end comes near."""
    end = time.monotonic() + SECONDS - SPARED
    while time.monotonic() < end:
        time.sleep(1)
        victim = chance.choice(processes)
        if chance.random() < 0.4 and victim.poll() is None:
            victim.send_signal(signal.SIGKILL)
            processes.append(start(len(processes), file_of(len(processes))))
        else:
            cut_a_connection(chance)


def test_eight_writers_with_kills_lose_nothing(committed, tmp_path):
    for code in ("A", "B", "C"):
        site = making.site(code)
        for number in range(8):
            making.part(f"{code}-{number}", site.firm, family="brakes" if number % 2 else "filters")

    def file_of(seed):
        return tmp_path / f"{seed}.txt"

    processes = [start(seed, file_of(seed)) for seed in range(WRITERS)]
    try:
        hurt(processes, file_of, Random(5))
        for process in processes:
            process.wait(SECONDS + 90)
    finally:
        for process in processes:
            process.kill()
    told = [line for file in tmp_path.glob("*.txt") for line in file.read_text().split()]
    versions = {int(line) for line in told if line.isdigit()}
    assert told.count("deadlock") == 0
    faults = [file.read_text() for file in tmp_path.glob("*.faults")]
    assert len(versions) == sum(line.isdigit() for line in told) > WRITERS, "\n".join(filter(None, faults))
    assert versions <= set(Write.objects.values_list("version", flat=True))
    assert Cell.objects.exists()
    assert verify() == []
