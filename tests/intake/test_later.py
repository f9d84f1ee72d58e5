"""Long files: a worker checks and applies them, the page of the file shows how far; the rest is as for short ones."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake import later
from intake.models import Batch
from office import jobs
from office.models import Job, Notice
from production.models import OutputLine
from tests import making
from tests.intake.test_desk import content
from tests.office.test_jobs import done_by_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(moment, admin, signed_in, settings):
    """The browser of an admin for whom every file is long; S1 has the part A."""
    making.part("A", making.site("S1").firm)
    settings.UPLOAD_WAIT_KIB = 0
    found = signed_in(admin)
    found.cookies["django_language"] = "en"
    return found


def send(web):
    """Upload a file of one value; return it."""
    page = web.get(reverse("batch_new"))
    values = {"key": page.context["form"]["key"].value(), "supplier": "S1", "received_on": "2026-09-22"}
    file = SimpleUploadedFile("v.csv", content(["A", "06/2026", 5]))
    answer = web.post(reverse("batch_new"), values | {"file": file})
    batch = Batch.objects.latest("pk")
    assert answer.url == reverse("batch", args=[batch.pk]), answer.content.decode()
    return batch


def test_a_long_file_is_checked_and_applied_by_the_worker(web, admin, manager, signed_in, monkeypatch):
    monkeypatch.setattr(jobs, "offered", lambda: True)
    batch = send(web)
    page = reverse("batch", args=[batch.pk])
    waiting = web.get(page).content.decode()
    assert "Waits for its turn" in waiting
    assert "The check did not end" not in waiting
    assert "/jobs/" in waiting
    others = signed_in(manager).get(page).content.decode()  # sees the file, and nobody's job
    assert "Waits for its turn" in others
    assert f'href="/jobs/{Job.objects.get().pk}/"' not in others
    signed_in(admin)
    web.post(reverse("batch_check", args=[batch.pk]), {})  # asked again meanwhile: once is enough
    assert Job.objects.count() == 1
    assert done_by_worker().state == "done"
    batch.refresh_from_db()
    assert batch.state == "checked"
    shown = web.get(page)
    assert "Apply the file" in shown.content.decode()
    for _ in "12":
        web.post(reverse("batch_apply", args=[batch.pk]), {"key": shown.context["key"]})
    assert "Apply the file" not in web.get(page).content.decode()
    assert OutputLine.objects.count() == 0
    assert done_by_worker().state == "done"
    batch.refresh_from_db()
    assert (batch.state, OutputLine.objects.count()) == ("applied", 1)
    assert Notice.objects.filter(user=admin).count() == 2
    assert Job.objects.open().count() == 0


def test_an_apply_that_was_committed_before_its_worker_died_is_not_written_twice(web, admin, monkeypatch):
    monkeypatch.setattr(jobs, "offered", lambda: True)
    batch = send(web)
    done_by_worker()
    web.post(reverse("batch_apply", args=[batch.pk]), {"key": "k"})
    taken = jobs.take()
    later.JOBS[1].run(taken, jobs.Progress())  # it wrote, and died before it could say so
    Job.objects.update(heartbeat=taken.heartbeat - jobs.SILENT * 2)
    assert done_by_worker().state == "done"
    assert OutputLine.objects.count() == 1


def test_without_a_worker_and_for_short_files_nothing_waits(web, settings, monkeypatch):
    assert send(web).state == "checked"  # nobody works
    settings.UPLOAD_WAIT_KIB = 1024
    monkeypatch.setattr(jobs, "offered", lambda: True)
    assert send(web).state in {"checked", "unchanged"}
    assert not Job.objects.exists()
