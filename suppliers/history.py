"""The stories of suppliers, firms, agreements, events and papers."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Firm, FirmAlias
from partstrack.registry import History
from suppliers.models import (
    Agreement,
    Attendance,
    Audit,
    Commitment,
    Contact,
    Coverage,
    Event,
    FirmRole,
    Gate,
    LegalNumber,
    Paper,
    PaperFamily,
    PaperPart,
    Partner,
    Party,
    Project,
    ProjectFamily,
    Registration,
    Site,
    SitePlace,
    StatusSpan,
    Stop,
    Supplier,
)


def _supplier(user, key):
    return get_object_or_404(Supplier.objects.visible_to(user).select_related("firm"), firm__code=key)


def _parts(supplier):
    firm = supplier.firm_id
    sites = {"site__in": Site.objects.filter(firm=firm).values("pk")}
    return [
        (Supplier, {"pgh_obj": supplier.pk}),
        (Firm, {"pgh_obj": firm}),
        (FirmAlias, {"firm": firm}),
        (Site, {"firm": firm}),
        (SitePlace, sites),
        (StatusSpan, {"supplier": supplier.pk}),
        *_identity(firm),
    ]


def _identity(firm):
    return [(model, {"firm": firm}) for model in (FirmRole, Registration, LegalNumber, Contact)]


def _url(supplier):
    return reverse("supplier", args=[supplier.firm.code])


def _firm(user, key):
    return get_object_or_404(Firm.objects.visible_to(user), code=key)


def _parts_of_firm(firm):
    return [(Firm, {"pgh_obj": firm.pk}), (FirmAlias, {"firm": firm.pk}), *_identity(firm.pk)]


def _url_of_firm(firm):
    return reverse("firm", args=[firm.code])


def _agreement(user, key):
    return get_object_or_404(Agreement.objects.visible_to(user), code=key)


def _parts_of_agreement(agreement):
    own = {"agreement": agreement.pk}
    return [(Agreement, {"pgh_obj": agreement.pk}), *((model, own) for model in (Party, Coverage, Commitment))]


def _url_of_agreement(agreement):
    return reverse("agreement", args=[agreement.code])


def _event(user, key):
    return get_object_or_404(Event.objects.visible_to(user), code=key)


def _parts_of_event(event):
    return [(Event, {"pgh_obj": event.pk}), *((model, {"event": event.pk}) for model in (Attendance, Commitment))]


def _url_of_event(event):
    return reverse("event", args=[event.code])


def _paper(user, key):
    if not (key.isdecimal() and len(key) <= 18):
        raise Http404
    return get_object_or_404(Paper.objects.visible_to(user), pk=key)


def _parts_of_paper(paper):
    own = {"paper": paper.pk}
    return [(Paper, {"pgh_obj": paper.pk}), *((model, own) for model in (PaperFamily, PaperPart, Stop, Audit))]


def _url_of_paper(paper):
    return reverse("paper", args=[paper.pk])


def _project(user, key):
    return get_object_or_404(Project.objects.visible_to(user), code=key)


def _parts_of_project(project):
    own = {"project": project.pk}
    return [(Project, {"pgh_obj": project.pk}), *((model, own) for model in (ProjectFamily, Partner, Gate))]


def _url_of_project(project):
    return reverse("project", args=[project.code])


HISTORIES = [
    History("project", _project, _parts_of_project, _url_of_project),
    History("paper", _paper, _parts_of_paper, _url_of_paper),
    History("agreed", _agreement, _parts_of_agreement, _url_of_agreement),
    History("event", _event, _parts_of_event, _url_of_event, "see_all"),  # it tells of every firm that was invited
    History("supplier", _supplier, _parts, _url, archives=True),
    History("firm", _firm, _parts_of_firm, _url_of_firm),
]
