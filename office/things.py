"""The thing that an address of the office names: its kind and its key."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from partstrack import registry


def thing(request, kind, key):
    """Return (History, row) that an address names; 403 without its right, 404 when it is not theirs."""
    try:
        history = registry.history(kind)
    except registry.Unknown as unknown:
        raise Http404(str(unknown)) from unknown
    if not request.user.may(history.right):
        raise PermissionDenied
    return history, history.find(request.user, key)
