"""Saved views: which list and which query of it they stand for, and the menu that every list has of them."""

from django.http import QueryDict
from django.urls import NoReverseMatch, resolve, reverse

from office.models import SavedView
from partstrack.choosing import PASSING
from partstrack.pages import ListPage
from partstrack.registry import ListTool


def canonical(query):
    """Return the text of a query that names a list and not a place in it: nothing blank, one order of its keys."""
    spent = (*PASSING, "view", "choose")
    kept = [(name, value) for name, values in query.lists() if name not in spent for value in values if value]
    clean = QueryDict(mutable=True)
    for name, value in sorted(kept, key=lambda pair: pair[0]):
        clean.appendlist(name, value)
    return clean.urlencode()


def list_of(name):
    """Return the page of the list with that name of an address, None when there is no such list."""
    try:
        page = getattr(resolve(reverse(name)).func, "view_class", None)
    except NoReverseMatch:
        return None
    return page if page and issubclass(page, ListPage) else None


def address(view):
    """Return the address of the list as the view wants it."""
    said = QueryDict(view.query, mutable=True)
    said["view"] = view.pk
    return f"{reverse(view.page)}?{said.urlencode()}"


def menu(request):
    """Return what the menu of a list shows: the views of this list, the open one, how to keep what is on the screen."""
    place = request.resolver_match
    if place.kwargs or not request.user.may("see"):
        return None
    views = list(SavedView.objects.visible_to(request.user).filter(page=place.url_name).select_related("owner"))
    here = canonical(request.GET)
    current = next((view for view in views if str(view.pk) == request.GET.get("view")), None)
    return {
        "views": views,
        "current": current,
        "changed": current is not None and current.query != here,
        "page": place.url_name,
        "query": here,
    }


TOOL = ListTool("office/views_menu.html", menu)
