"""The story of a workshop: its places, memberships, training and equipment."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from partstrack.registry import History
from workshops.models import Membership, RollOut, Training, Workshop, WorkshopPlace


def _workshop(user, key):
    return get_object_or_404(Workshop.objects.visible_to(user), code=key)


def _parts(workshop):
    rows = (WorkshopPlace, Membership, Training, RollOut)
    return [(Workshop, {"pgh_obj": workshop.pk}), *((model, {"workshop": workshop.pk}) for model in rows)]


def _url(workshop):
    return reverse("workshop", args=[workshop.code])


HISTORIES = [History("workshop", _workshop, _parts, _url, right="see_all")]
