"""The story of a vehicle programme: its partners, components, road map and certifications."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from integration.models import CertificationStart, Component, Milestone, ProgrammePartner, VehicleProgramme
from partstrack.registry import History


def _programme(user, key):
    return get_object_or_404(VehicleProgramme.objects.visible_to(user).select_related("maker"), code=key)


def _parts(programme):
    rows = (ProgrammePartner, Component, Milestone, CertificationStart)
    return [(VehicleProgramme, {"pgh_obj": programme.pk}), *((model, {"programme": programme.pk}) for model in rows)]


def _url(programme):
    return reverse("programme", args=[programme.code])


HISTORIES = [History("programme", _programme, _parts, _url)]
