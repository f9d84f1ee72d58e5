"""Long files: the worker checks and writes them while their sender does something else; the page of the file shows how far.

Files below PARTSTRACK_UPLOAD_WAIT_KIB, and all of them while no worker runs, are done within the request.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from intake import desk
from intake.models import Batch
from office import clock, jobs
from office.door import Refused, Replayed
from office.models import Job
from partstrack.registry import JobKind

CHECK, APPLY = "check", "apply"


def is_long(batch):
    """Say whether a file is long enough to be waited for elsewhere."""
    return batch.size > settings.UPLOAD_WAIT_KIB * 1024


def open_job(batch):
    """Return what is being done with a file, None when nothing is."""
    if not is_long(batch):
        return None
    return Job.objects.open().filter(kind__in=[CHECK, APPLY], args__batch=batch.pk).first()


def check(user, batch, moment):
    """Check a file, or have it checked; returns the public answer, None when it comes later."""
    if _is_for_worker(batch):
        _ask(user, batch, CHECK, f"check {batch.pk}", {})
        return None
    return desk.check(user, batch, moment)


def choose(user, batch, mode, moment):
    """Keep whether a file completes its months or replaces them, and check it again, or have it checked."""
    _only_once(batch)
    return desk.choose(user, batch, mode, moment, then=check)


def apply(user, batch, moment, key=None):
    """Apply a file, or have it applied; returns the public answer, None when it comes later."""
    if _is_for_worker(batch):
        if batch.state != Batch.State.CHECKED:
            raise Refused(desk.STEPS[batch.state])
        _ask(user, batch, APPLY, f"apply {batch.pk}", {"key": key})
        return None
    return desk.apply(user, batch, moment, key=key)


def _only_once(batch):
    if open_job(batch):
        raise Refused(_("This file is being checked or applied: wait for the end, or stop it."))


def _is_for_worker(batch):
    _only_once(batch)
    return is_long(batch) and jobs.offered()


def _ask(user, batch, kind, key, args):
    url = reverse("batch", args=[batch.pk])
    jobs.queue(user, kind, {"batch": batch.pk, **args}, key, batch.name, url, again=True)


def _batch(job):
    """Return the file of a job, if its owner still may do something with it."""
    batch = Batch.objects.visible_to(job.owner).filter(pk=job.args["batch"]).first()
    if batch is None or not job.owner.may("upload"):
        raise Refused(_("You may not do anything with this file any more."))
    return batch


def _check(job, progress):
    batch = _batch(job)
    return desk.STEPS[desk.check(job.owner, batch, clock.moment(), progress=progress)["state"]]


def _apply(job, progress):
    batch = _batch(job)
    progress(gettext_noop("Writing what the file says"))
    try:
        found = desk.apply(job.owner, batch, clock.moment(), key=job.args["key"])
    except Replayed:
        batch.refresh_from_db()
        return desk.STEPS[batch.state]
    if found["state"] == Batch.State.CHECKED:
        return _("Something changed since the preview. Nothing was written: look at the new difference.")
    return desk.STEPS[found["state"]]


JOBS = [
    JobKind(CHECK, gettext_lazy("Check of a file"), _check),
    JobKind(APPLY, gettext_lazy("Applying a file"), _apply),
]
