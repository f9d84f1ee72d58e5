"""Dates of export agreements: their end, and the last month of what they commit to."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exports.models.agreements import Agreement
from exports.models.goods import Commitment
from partstrack.periods import month_of, shift
from partstrack.registry import Due, DueKind


def agreements_ending(user, first, last):
    """Return the signed agreements that end in these days."""
    rows = Agreement.objects.visible_to(user).filter(state=Agreement.State.SIGNED, valid_to__range=(first, last))
    return [
        Due(row.code, f"{row.code} – {row.title}", row.valid_to, _url(row)) for row in rows.order_by("valid_to", "pk")
    ]


def commitments_ending(user, first, last):
    """Return the commitments of signed agreements whose last month ends in these days."""
    rows = Commitment.objects.visible_to(user).filter(
        agreement__state=Agreement.State.SIGNED, last__range=(month_of(first), last)
    )
    dated = [
        (shift(row.last, 1) - timedelta(days=1), row) for row in rows.select_related("agreement").order_by("last", "pk")
    ]
    return [
        Due(f"{row.pk}", f"{row.agreement.code} – {row.agreement.title}", day, _url(row.agreement))
        for day, row in dated
        if first <= day <= last
    ]


def _url(agreement):
    return reverse("export", args=[agreement.code])


DUE = [
    DueKind("agreement_end", _("End of an export agreement"), agreements_ending),
    DueKind("commitment_end", _("End of an export commitment"), commitments_ending),
]
