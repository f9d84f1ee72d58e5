"""Dates of vehicle programmes: stages of the road map, and certifications that were promised."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.models import CertificationStart, Milestone
from partstrack.registry import Due, DueKind


def stages(user, first, last):
    """Return the stages planned for these days and not reached."""
    rows = Milestone.objects.visible_to(user).filter(planned_on__range=(first, last), actual_on=None)
    return [
        _due(row, row.title, row.planned_on) for row in rows.select_related("programme").order_by("planned_on", "pk")
    ]


def certifications(user, first, last):
    """Return the certifications promised for these days and not begun."""
    promised = CertificationStart.State.PROMISED
    rows = CertificationStart.objects.visible_to(user).filter(promised_on__range=(first, last), state=promised)
    return [
        _due(row, row.owner.name_in(get_language()), row.promised_on)
        for row in rows.select_related("programme", "owner").order_by("promised_on", "pk")
    ]


def _due(row, about, day):
    programme = row.programme
    title = f"{programme.name_in(get_language())} – {about}"
    return Due(f"{row.pk}", title, day, reverse("programme", args=[programme.code]))


DUE = [
    DueKind("stage", _("Stage of a road map"), stages),
    DueKind("certification", _("Promised certification"), certifications),
]
