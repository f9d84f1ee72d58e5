"""Dates of suppliers: agreements and papers that end, commitments, audits and interim approvals that are due."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Due, DueKind
from suppliers.models import Agreement, Audit, Commitment, Paper, Ppap, Project
from suppliers.schedule import steps


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


def papers_ending(user, first, last):
    """Return the papers that end in these days and that nothing renews."""
    rows = Paper.objects.visible_to(user).ending(first, last).select_related("standard", "firm")
    return [
        Due(f"{row.pk}", _named(row), row.valid_to, reverse("paper", args=[row.pk]))
        for row in rows.order_by("valid_to", "pk")
    ]


def audits_planned(user, first, last):
    """Return the surveillance audits planned for these days and not done."""
    rows = Audit.objects.visible_to(user).filter(done_on=None, planned_on__range=(first, last))
    return [
        Due(f"{row.pk}", _named(row.paper), row.planned_on, reverse("paper", args=[row.paper_id]))
        for row in rows.select_related("paper__standard", "paper__firm").order_by("planned_on", "pk")
    ]


def interims_ending(user, first, last):
    """Return the interim approvals of samples that end in these days."""
    rows = Ppap.objects.visible_to(user).filter(decision=Ppap.Decision.INTERIM, interim_until__range=(first, last))
    return [
        Due(
            f"{row.pk}", f"{row.part.reference} – {row.customer.name_in(get_language())}", row.interim_until, _samples()
        )
        for row in rows.select_related("part", "customer").order_by("interim_until", "pk")
    ]


def _named(paper):
    return f"{paper.firm.name_in(get_language())} – {paper}"


def _samples():
    return f"{reverse('ppap_list')}?decision=interim"


def stages_planned(user, first, last):
    """Return the stages of projects going on that are planned for these days, by day or by duration, and not reached."""
    projects = Project.objects.visible_to(user).going_on().prefetch_related("gates").order_by("pk")
    found = [
        (step.planned, project, step.gate)
        for project in projects
        for step in steps(project.gates.all(), first)
        if step.gate.actual_on is None and step.planned and first <= step.planned <= last
    ]
    return [
        Due(f"{gate.pk}", f"{project.title} – {gate.get_stage_display()}", day, reverse("project", args=[project.code]))
        for day, project, gate in sorted(found, key=lambda each: (each[0], each[2].pk))
    ]


DUE = [
    DueKind("agreed_end", _("End of an agreement"), agreements_ending),
    DueKind("promise", _("Commitment that is due"), commitments_due),
    DueKind("paper_end", _("End of a paper"), papers_ending),
    DueKind("gate", _("Stage of a localisation project"), stages_planned),
    DueKind("audit", _("Surveillance audit"), audits_planned),
    DueKind("interim_end", _("End of an interim approval"), interims_ending),
]
