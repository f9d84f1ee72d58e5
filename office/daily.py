"""What is done every day by itself, at the hour that the settings say: reminders, forgetting, the backup."""

import io
import subprocess

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import COMMAND_LINE, User
from office import clock, jobs
from office.door import Refused
from partstrack import registry
from partstrack.registry import JobKind


def queue_due(now=None):
    """Ask for what is due today and was not asked for yet; nothing while the demonstration is loaded."""
    now = now or timezone.localtime()
    due = [kind for kind in registry.all_of("jobs") if kind.hour and _is_due(kind, now)] if settings.DAILY else []
    if not due or clock.moment().demo:
        return
    known = set(jobs.Job.objects.filter(key__in=[_key(kind, now) for kind in due]).values_list("key", flat=True))
    for kind in due:
        if _key(kind, now) not in known:
            jobs.queue(User.objects.get(email=COMMAND_LINE), kind.name, {}, _key(kind, now))


def _is_due(kind, now):
    hour = getattr(settings, kind.hour)
    return hour is not None and now.time() >= hour


def _key(kind, now):
    return f"daily {kind.name} {now:%Y-%m-%d}"


def command(name):
    """Return the work of a job that is a command of `bin/manage`; what the command refuses fails the job."""

    def run(job, progress):
        said = io.StringIO()
        try:
            call_command(name, stdout=said, stderr=said)
        except SystemExit as end:
            if end.code:
                raise Refused(said.getvalue().strip()) from None
        return said.getvalue().strip()

    return run


def backup(job, progress):
    """Have bin/backup keep a copy; what it says is what came of it."""
    done = subprocess.run(
        [settings.BASE_DIR / "bin" / "backup"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    said = (done.stderr + done.stdout).strip()
    if done.returncode:
        raise Refused(said or _("The backup ended without a word."))
    return said


JOBS = [
    JobKind("remind", gettext_lazy("Reminders by e-mail"), command("remind"), "REMIND_AT"),
    JobKind("backup", gettext_lazy("Backup"), backup, "BACKUP_AT"),
]
