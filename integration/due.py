"""Dates of vehicle programmes: stages of the road map, certifications that were promised, and their steps."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.models import CertificationStart, CertificationStep, Milestone
from partstrack.registry import Due, DueKind


def stages(user, first, last):
    """Return the stages planned for these days and not reached."""
    rows = Milestone.objects.visible_to(user).filter(planned_on__range=(first, last), actual_on=None)
    return [
        _due(row, row.title, row.planned_on)
        for row in rows.select_related("programme__maker").order_by("planned_on", "pk")
    ]


def certifications(user, first, last):
    """Return the certifications promised for these days and not begun."""
    promised = CertificationStart.State.PROMISED
    rows = CertificationStart.objects.visible_to(user).filter(promised_on__range=(first, last), state=promised)
    return [
        _due(row, row.owner.name_in(get_language()), row.promised_on)
        for row in rows.select_related("programme__maker", "owner").order_by("promised_on", "pk")
    ]


def steps(user, first, last):
    """Return the steps of certifications planned for these days and not done."""
    rows = CertificationStep.objects.visible_to(user).filter(planned_on__range=(first, last), done_on=None)
    rows = rows.exclude(certification__state=CertificationStart.State.WITHDRAWN)
    found = []
    for row in rows.select_related("certification__programme__maker", "certification__component").order_by(
        "planned_on", "pk"
    ):
        start = row.certification
        about = (start.component or start.programme).name_in(get_language())
        address = reverse("certification", args=[start.programme.code, start.pk])
        found.append(Due(f"{row.pk}", f"{about} – {row.get_kind_display()}", row.planned_on, address))
    return found


def _due(row, about, day):
    programme = row.programme
    title = f"{programme.name_in(get_language())} – {about}"
    return Due(f"{row.pk}", title, day, reverse("programme", args=[programme.code]))


DUE = [
    DueKind("stage", _("Stage of a road map"), stages),
    DueKind("certification", _("Promised certification"), certifications),
    DueKind("certification_step", _("Step of a certification"), steps),
]
