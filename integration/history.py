"""The story of a vehicle programme: its partners, components, road map and certifications."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from integration.models import (
    Brought,
    CertificationStart,
    CertificationStep,
    Component,
    ContentInput,
    ExchangeRate,
    Milestone,
    PartContent,
    Policy,
    PolicyStep,
    ProgrammePartner,
    ProgrammeVolume,
    VehicleProgramme,
)
from partstrack.registry import History


def _programme(user, key):
    """Return the programme of a code. Its history names every component: it is for those who may know them all."""
    found = get_object_or_404(VehicleProgramme.objects.visible_to(user).select_related("maker"), code=key)
    if not found.known_whole_by(user):
        raise Http404
    return found


def _parts(programme):
    rows = (ProgrammePartner, ProgrammeVolume, Component, Milestone, CertificationStart)
    starts = list(programme.certification_starts.values_list("pk", flat=True))
    stages = list(programme.milestones.values_list("pk", flat=True))
    return [
        (VehicleProgramme, {"pgh_obj": programme.pk}),
        *((model, {"programme": programme.pk}) for model in rows),
        (CertificationStep, {"certification__in": starts}),
        (Brought, {"milestone__in": stages}),
    ]


def _url(programme):
    return reverse("programme", args=[programme.code])


def _component(user, key):
    rows = Component.objects.visible_to(user).select_related("programme__maker")
    return get_object_or_404(rows, pk=key if str(key).isdigit() else 0)


def _policy(user, key):
    return get_object_or_404(Policy, code=key)


def _content(user, key):
    rows = PartContent.objects.visible_to(user).select_related("part", "site__firm")
    return get_object_or_404(rows, pk=key if str(key).isdigit() else 0)


def _certification(user, key):
    rows = CertificationStart.objects.visible_to(user).select_related("programme__maker", "owner")
    return get_object_or_404(rows, pk=key if str(key).isdigit() else 0)


def _exchange(user, key):
    return get_object_or_404(ExchangeRate, pk=key if str(key).isdigit() else 0)


HISTORIES = [
    History("programme", _programme, _parts, _url),
    History(
        "component",
        _component,
        lambda row: [(Component, {"pgh_obj": row.pk})],
        lambda row: reverse("component", args=[row.programme.code, row.pk]),
    ),
    History(
        "policy",
        _policy,
        lambda row: [(Policy, {"pgh_obj": row.pk}), (PolicyStep, {"policy": row.pk})],
        lambda row: reverse("policy", args=[row.code]),
    ),
    History(
        "content",
        _content,
        lambda row: [(PartContent, {"pgh_obj": row.pk}), (ContentInput, {"content": row.pk})],
        lambda row: reverse("content", args=[row.pk]),
    ),
    History(
        "certification",
        _certification,
        lambda row: [(CertificationStart, {"pgh_obj": row.pk}), (CertificationStep, {"certification": row.pk})],
        lambda row: reverse("certification", args=[row.programme.code, row.pk]),
    ),
    History(
        "exchange",
        _exchange,
        lambda row: [(ExchangeRate, {"pgh_obj": row.pk})],
        lambda row: reverse("exchange_list"),
    ),
]
