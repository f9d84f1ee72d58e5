"""Jobs: asked for by pages, done by a worker that runs (office/working.py), else at once where they are asked for."""

import logging
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from accounts.models import COMMAND_LINE, Role, User
from office import notices
from office.door import Door, Refused, now
from office.models import Job
from partstrack import registry

log = logging.getLogger("partstrack.jobs")
WORKING = 7_201_004  # advisory lock: every worker shares it while it lives
SILENT = timedelta(seconds=30)  # a worker that was not heard of for so long is dead
ATTEMPTS = 2
ENDED = {
    Job.State.DONE: gettext_noop("What you asked for is done"),
    Job.State.FAILED: gettext_noop("What you asked for could not be done"),
}
DAILY_FAILED = gettext_noop("What is done every day could not be done")


class Interrupted(BaseException):
    """The work ends here, whatever it was doing; what it had not committed is not written."""


class Stopped(Interrupted):
    """Its owner wants it no more."""


class Leaving(Interrupted):
    """Its worker was asked to end: the job waits for the next one."""


class Progress:
    """How far a job is. A worker's thread reads it (see office/working.py)."""

    def __init__(self):
        self.far = {"words": "", "done": 0, "total": 0}

    def __call__(self, words, done=0, total=0):
        """Say what is being done, and how much of how much is behind."""
        self.far = {"words": words, "done": min(done, total), "total": total}


def offered():
    """Say whether a worker runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() "
            "WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = %s AND l.granted)",
            [WORKING],
        )
        return cursor.fetchone()[0]


def queue(user, kind, args, key, about="", url="", again=False):
    """Return (the job of this key, whether it was asked for now). `again`: one that ended is done once more."""
    registry.job(kind)
    fresh = {
        "args": args,
        "owner": user,
        "about": about[:300],
        "url": url,
        "asked_at": now(),
        "language": get_language(),
    }
    job, made = Job.objects.get_or_create(key=key, defaults={"kind": kind, **fresh})
    if not made and again:
        blank = {"attempts": 0, "stopping": False, "done": 0, "total": 0, "words": "", "outcome": "", "ended_at": None}
        ended = Job.objects.filter(pk=job.pk).exclude(state__in=Job.OPEN)
        made = bool(ended.update(state=Job.State.QUEUED, heartbeat=None, **fresh, **blank))
        job.refresh_from_db()
    return job, made


def ask(user, kind, args, key, **more):
    """Have something done, by a worker when one runs, else now; return its Job. See queue()."""
    job, made = queue(user, kind, args, key, **more)
    return do_now(job) if made and not offered() else job


def do_now(job):
    """Do a job that waits where one stands, without a worker; return it as it is then."""
    if taken := take(Job.objects.filter(pk=job.pk)):
        do(taken, Progress(), tells=False)
    job.refresh_from_db()
    return job


def take(among=None):
    """Take the next job that waits, or that a dead worker left: that is done once again, then it failed. None: nothing waits."""
    at = timezone.now()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, heartbeat__lt=at - SILENT)
    with transaction.atomic():
        rows = (Job.objects.all() if among is None else among).filter(free).order_by("asked_at", "pk")
        job = rows.select_for_update(skip_locked=True, of=("self",)).select_related("owner").first()
        if job is None:
            return None
        job.attempts += 1
        job.state, job.heartbeat, job.words, job.done, job.total = Job.State.RUNNING, at, "", 0, 0
        job.save()
    if job.stopping:
        end(job, Job.State.STOPPED)
    elif job.attempts > ATTEMPTS:
        with translation.override(job.language):
            said = _("The program that does it ended twice before it was done. Nothing of it was written: ask again.")
        end(job, Job.State.FAILED, said)
    else:
        return job
    return take(among)


def do(job, progress, tells=True, ended=lambda: None):
    """Do a job that was taken, and keep what came of it; `ended` is called between the two. Leaving passes on."""
    try:
        try:
            with translation.override(job.language):
                state, said = Job.State.DONE, registry.job(job.kind).run(job, progress) or ""
        finally:
            ended()
    except Stopped:
        state, said = Job.State.STOPPED, ""
    except Leaving:
        Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING).update(
            state=Job.State.QUEUED, attempts=job.attempts - 1
        )
        raise
    except Refused as refusal:
        state, said = Job.State.FAILED, " ".join(refusal.reasons)
    except Exception:
        state, said = _broken(job)
    end(job, state, said, tells)


def _broken(job):
    """Return what is said of a job that broke; one whose owner stopped it broke for that."""
    if Job.objects.filter(pk=job.pk, stopping=True).exists():
        return Job.State.STOPPED, ""
    reference = uuid4().hex[:8]
    log.exception("Job %s (%s) broke, reference %s", job.pk, job.kind, reference)
    with translation.override(job.language):
        said = _(
            "It broke, and nothing of it was written. Give this reference to who looks after partstrack: %(reference)s"
        )
        return Job.State.FAILED, said % {"reference": reference}


def end(job, state, said="", tells=True):
    """Keep how a job ended, unless another worker has it by now, and tell its owner."""
    at = now()
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)
    with transaction.atomic():
        if mine.update(state=state, outcome=str(said), url=job.url, ended_at=at) and tells:
            _tell(job, state, at)


def _tell(job, state, at):
    """Tell its owner; what is done every day is told to who oversees the work, and only when it failed."""
    door = Door(None, at)
    with translation.override(job.language):
        what = " – ".join(filter(None, [str(registry.job(job.kind).title), job.about]))
    if job.owner.email != COMMAND_LINE:
        if state in ENDED:
            notices.tell(door, job.owner, ENDED[state], what, job.get_absolute_url())
    elif state == Job.State.FAILED:
        everybody = User.objects.filter(is_active=True, roles__contains=[Role.ADMIN]).exclude(pk=job.owner_id)
        for person in everybody:
            notices.tell(door, person, DAILY_FAILED, what, job.get_absolute_url())


def stop(user, job):
    """Stop one's own job: one that waits at once, one that is being done as soon as its worker hears of it."""
    waiting = Job.objects.filter(pk=job.pk, owner=user, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.STOPPED, ended_at=now()):
        Job.objects.filter(pk=job.pk, owner=user, state=Job.State.RUNNING).update(stopping=True)


def shown(job, user):
    """Return how far a job is, as parts/progress.html shows it; it follows the job where this person may see that."""
    words = _(job.words) if job.words and job.state == Job.State.RUNNING else job.get_state_display()
    far = {"done": job.done, "total": job.total, "finished": not job.is_open}
    follows = job.owner_id == user.pk or user.may("oversee")
    return {"text": words, "url": job.get_absolute_url() if follows else "", **far}
