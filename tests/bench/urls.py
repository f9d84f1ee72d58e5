"""The addresses of the product, and a page that has its frame and nothing in it: what every page costs."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from partstrack.pages import Page
from partstrack.urls import *  # noqa: F403
from partstrack.urls import urlpatterns as ours

BARE = engines["django"].from_string(
    '{% extends "base.html" %}{% block title %}bare{% endblock %}{% block content %}{% endblock %}'
)


class Bare(Page):
    """The frame alone."""

    def get(self, request):
        """Show it."""
        return HttpResponse(BARE.render({}, request))


urlpatterns = [*ours, path("bare/", Bare.as_view(), name="bare")]
