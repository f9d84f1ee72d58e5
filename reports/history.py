"""The story of a published figure."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from partstrack.registry import History
from reports.models import PublishedFigure


def _published(user, key):
    return get_object_or_404(PublishedFigure, code=key)


def _parts(row):
    return [(PublishedFigure, {"pgh_obj": row.pk})]


def _url(row):
    return reverse("published", args=[row.code])


HISTORIES = [History("published", _published, _parts, _url, right="see_all")]
