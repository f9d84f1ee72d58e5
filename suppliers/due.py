"""Dates of what was agreed: agreements that end, commitments that are due."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Due, DueKind
from suppliers.models import Agreement, Commitment


def agreements_ending(user, first, last):
    """Return the agreements signed and not over that end in these days."""
    rows = Agreement.objects.visible_to(user).filter(state=Agreement.State.SIGNED, valid_to__range=(first, last))
    return [
        Due(row.code, row.title, row.valid_to, reverse("agreement", args=[row.code]))
        for row in rows.order_by("valid_to", "pk")
    ]


def commitments_due(user, first, last):
    """Return the open commitments due in these days."""
    rows = Commitment.objects.visible_to(user).open().filter(due_on__range=(first, last))
    return [
        Due(f"{row.pk}", row.text, row.due_on, _address(row))
        for row in rows.select_related("agreement", "event").order_by("due_on", "pk")
    ]


def _address(row):
    return reverse("agreement" if row.agreement_id else "event", args=[(row.agreement or row.event).code])


DUE = [
    DueKind("agreed_end", _("End of an agreement"), agreements_ending),
    DueKind("promise", _("Commitment that is due"), commitments_due),
]
