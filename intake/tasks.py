"""What waits at the desk: files to apply, values to confirm, questions to answer."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intake.models import Batch
from partstrack.registry import Task

MOST = 5


def waiting(user, moment):
    """Return this person's files that wait for a decision, the oldest first."""
    return [_task(batch) for batch in _open(user)] if user.may("upload") else []


def _open(user):
    """Return checked files, and refused ones with a question; one whose sender sent a later one that stands is over."""
    later = Batch.objects.standing().filter(firm=OuterRef("firm"), applied_version__gt=OuterRef("checked_version"))
    asks = Q(state=Batch.State.REFUSED, result__counts__questions__gt=0)
    rows = Batch.objects.visible_to(user).filter(Q(state=Batch.State.CHECKED) | asks).filter(~Exists(later))
    return rows.select_related("firm").order_by("received_at", "pk")[:MOST]


def _task(batch):
    title, due = _waits(batch.result.get("counts", {}))
    about = [batch.firm.name_in(get_language())] if batch.firm else []
    return Task(title, " · ".join([*about, batch.name]), reverse("batch", args=[batch.pk]), due, 30)


def _waits(counts):
    """Return what a file waits for, and how much of it."""
    if questions := counts.get("questions"):
        return _("File: answer its question"), ngettext("%(count)d question", "%(count)d questions", questions) % {
            "count": questions
        }
    if doubtful := counts.get("suspicious"):
        return _("Suspicious values to confirm"), ngettext("%(count)d value", "%(count)d values", doubtful) % {
            "count": doubtful
        }
    return _("File to apply"), _("checked")
