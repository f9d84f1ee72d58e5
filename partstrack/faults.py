"""The pages of faults. They need no database, no session and no user; the reference stands in the log too."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from partstrack.middleware import chosen_language

RETRY_SECONDS = "10"


def page(request, status, name="", **words):
    """Return the page of one fault in the person's language; `name`: its template, where it has one of its own."""
    with translation.override(chosen_language(request)):
        reference = getattr(request, "reference", "")
        words |= {"reference": reference, "lang": translation.get_language()}
        html = render_to_string(f"faults/{name or status}.html", words)
    response = HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})
    if status == 503:
        response["Retry-After"] = RETRY_SECONDS
    return response


def bad_request(request, exception=None):
    """400: what was sent cannot be understood."""
    return page(request, 400)


def forbidden(request, exception=None, reason=""):
    """403: the person's role does not include this."""
    return page(request, 403)


def not_found(request, exception=None):
    """404: no such page, or not theirs; one body for both."""
    return page(request, 404)


def unasked(request, said):
    """404: the page is there, and what its address asks of it is not; `said` names it."""
    return page(request, 404, "unasked", said=said, plain=request.path)


def broken(request):
    """503 when the database is away or too busy, else 500."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return page(request, 503 if away else 500)
