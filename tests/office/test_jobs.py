"""Jobs: done once, by a worker or at once; a dead worker's job is taken up once again; stopped, left, told, nobody else's."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from datetime import time as time_of_day

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office import daily, jobs
from office.door import Refused
from office.models import Job, Notice
from partstrack import registry
from partstrack.registry import JobKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch):
    """What the kind of job "test" does: a list of what it was told; set `work.run` to have it do something."""

    class Work(list):
        run = staticmethod(lambda job, progress: "Counted: 3.")

    found = Work()

    def run(job, progress):
        found.append(job.args)
        return found.run(job, progress)

    kinds = [
        JobKind("test", "A test", run),
        JobKind("slow", "Slow work", run),
        JobKind("nightly", "A night", run, "BACKUP_AT"),
    ]
    monkeypatch.setitem(registry._collected.slots, "jobs", [*registry.all_of("jobs"), *kinds])
    return found


def done_by_worker():
    """Do what waits, as a worker does; return how it ended."""
    job = jobs.take()
    jobs.do(job, jobs.Progress())
    job.refresh_from_db()
    return job


def test_without_a_worker_it_is_done_where_it_is_asked_for_and_once(admin, work):
    first, second = (jobs.ask(admin, "test", {"n": 1}, "k") for _ in "12")
    assert first.pk == second.pk
    assert work == [{"n": 1}]
    assert (first.state, first.outcome) == ("done", "Counted: 3.")
    assert not Notice.objects.exists()  # its owner saw the answer


def test_with_a_worker_it_waits_is_done_and_told_to_its_owner_alone(admin, analyst, work, monkeypatch):
    monkeypatch.setattr(jobs, "offered", lambda: True)
    job = jobs.ask(admin, "test", {}, "k", about="volumes.xlsx", url="/files/1/")
    assert (job.state, work) == ("queued", [])
    ended = done_by_worker()
    assert (ended.state, ended.url, ended.attempts) == ("done", "/files/1/", 1)
    told = Notice.objects.get()
    assert (told.user, told.title, told.detail) == (admin, "What you asked for is done", "A test – volumes.xlsx")
    again, made = jobs.queue(admin, "test", {}, "k", again=True)
    assert (again.pk, again.state, again.outcome, made) == (job.pk, "queued", "", True)


def test_a_refusal_and_a_fault_are_said_and_written_down(admin, work):
    work.run = lambda job, progress: (_ for _ in ()).throw(Refused("The month is closed."))
    assert jobs.ask(admin, "test", {}, "a").outcome == "The month is closed."
    work.run = lambda job, progress: 1 / 0
    broken = jobs.ask(admin, "test", {}, "b")
    assert broken.state == "failed"
    assert "ZeroDivision" not in broken.outcome
    assert "reference" in broken.outcome.lower() or "référence" in broken.outcome.lower()


def test_what_a_dead_worker_left_is_done_once_again_and_then_failed(admin, work):
    jobs.queue(admin, "test", {}, "k")
    for attempt in (1, 2):
        taken = jobs.take()
        assert taken.attempts == attempt
        assert jobs.take() is None  # its worker lives
        Job.objects.update(heartbeat=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    assert jobs.take() is None
    assert Job.objects.get().state == "failed"
    jobs.end(taken, Job.State.DONE)  # who was only thought to be dead changes nothing any more
    assert Job.objects.get().state == "failed"


def test_a_worker_that_leaves_puts_its_job_back_uncounted(admin, work):
    def leave(job, progress):
        raise jobs.Leaving

    work.run = leave
    jobs.queue(admin, "test", {}, "k")
    with pytest.raises(jobs.Leaving):
        done_by_worker()
    assert Job.objects.values_list("state", "attempts").get() == ("queued", 0)


def test_pages_show_how_far_and_lead_to_the_result(signed_in, admin, analyst, work):
    job, _ = jobs.queue(admin, "test", {}, "k", url="/files/")
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    page, asks = reverse("job", args=[job.pk]), {"HX-Request": "true"}
    body = client.get(page).content.decode()
    assert "Waits for its turn" in body
    assert '<noscript><meta http-equiv="refresh"' in body
    assert "Do it now" in body  # no worker runs
    Job.objects.update(state="running", heartbeat=timezone.now(), words="Reading the file", done=1, total=3)
    assert 'max="3" value="1"' in client.get(page, headers=asks).content.decode()
    Job.objects.update(state="queued")
    client.post(reverse("job_now", args=[job.pk]))
    assert client.get(page, headers=asks)["HX-Redirect"] == "/files/"
    assert "Counted: 3." in client.get(page).content.decode()
    assert signed_in(analyst).get(page).status_code == 404


def test_one_stops_ones_own_only(signed_in, admin, manager, work):
    job, _ = jobs.queue(admin, "test", {}, "k")
    stop = reverse("job_stop", args=[job.pk])
    assert signed_in(manager).post(stop).status_code == 404
    signed_in(admin).post(stop)
    assert Job.objects.get().state == "stopped"
    jobs.queue(admin, "test", {}, "k", again=True)
    taken = jobs.take()
    signed_in(admin).post(stop)
    assert Job.objects.get().stopping
    Job.objects.update(heartbeat=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    assert jobs.take() is None  # its worker died before it heard: nobody begins it again
    assert Job.objects.get(pk=taken.pk).state == "stopped"


def test_the_list_asks_the_same_for_one_and_for_many(signed_in, admin, work):
    client, counts = signed_in(admin), []
    for many in (1, 3, 40):
        for number in range(many):
            jobs.queue(admin, "test", {}, f"{many} {number}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("job_list")).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_daily_work_is_asked_for_once_a_day_after_its_hour(admin, work, settings):
    settings.BACKUP_AT, settings.FORGET_AT, settings.REMIND_AT = time_of_day(2), None, None
    night = timezone.make_aware(datetime.fromisoformat("2026-09-22T01:59"))
    daily.queue_due(night)
    assert not Job.objects.exists()
    for _ in "12":
        daily.queue_due(night + timedelta(minutes=2))
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["backup", "nightly"]
    daily.queue_due(night + timedelta(days=1, minutes=2))
    assert Job.objects.count() == 4
    settings.DAILY = False
    daily.queue_due(night + timedelta(days=2, minutes=2))
    assert Job.objects.count() == 4


def test_daily_work_that_failed_is_told_to_who_oversees_it(admin, manager, work):
    work.run = lambda job, progress: (_ for _ in ()).throw(Refused("The disk is full."))
    jobs.queue(daily.User.objects.get(email="cli"), "nightly", {}, "k")
    done_by_worker()
    assert [(each.user, each.title) for each in Notice.objects.all()] == [(admin, jobs.DAILY_FAILED)]


def test_the_demonstration_has_no_daily_work(moment, work):
    daily.queue_due()
    assert not Job.objects.exists()


# A worker of its own process ----------------------------------------------------------------------------
@pytest.fixture
def worker(committed):
    """Return a function that starts a worker on this test's database; none is left."""
    started = []

    def start():
        url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "DATABASE_OWNER_URL": "",
            "DATABASE_WORKER_URL": "",
            "PARTSTRACK_DAILY": "0",
        }
        command = [sys.executable, "-m", "tests.office.slow_worker"]
        started.append(subprocess.Popen(command, env=env, cwd=settings.BASE_DIR))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(say, seconds=20):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not say() and time.monotonic() < end:
        time.sleep(0.05)
    assert say()


def test_a_worker_is_seen_killed_followed_stopped_and_asked_to_leave(worker, admin, work):
    def now(**what):
        return lambda: Job.objects.filter(**what).exists()

    assert not jobs.offered()
    first = worker()
    until(jobs.offered)
    job, _ = jobs.queue(admin, "slow", {"seconds": 60}, "slow")
    until(now(state="running", words="Sleeping", done=1))
    first.send_signal(signal.SIGKILL)
    until(lambda: not jobs.offered())
    Job.objects.update(heartbeat=timezone.now() - jobs.SILENT)
    second = worker()
    until(now(state="running", attempts=2, done=1))
    jobs.stop(admin, job)
    until(now(state="stopped"))
    jobs.queue(admin, "slow", {"seconds": 60}, "slow", again=True)
    until(now(state="running", attempts=1, done=1))
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    assert Job.objects.values_list("state", "attempts").get() == ("queued", 0)
    assert not jobs.offered()
