"""Names of people in what was received: how long they stay, and what becomes of those of somebody who was erased."""

from django.db.models import Q

from intake.models import Batch
from production.models import Declaration


def senders(before):
    """Return (files, declarations) that were received before a day and still say who sent them."""
    received = Q(received_on__lt=before) | Q(received_on=None, received_at__date__lt=before)
    files = Batch.objects.filter(received).exclude(sender="")
    return files, Declaration.objects.filter(received_on__lt=before).exclude(sender="")


def erased(said, name):
    """Put a pseudonym where files and declarations name somebody by one of these texts."""
    Batch.objects.filter(sender__in=said).update(sender=name)
    Declaration.objects.filter(sender__in=said).update(sender=name)
