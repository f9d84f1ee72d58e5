"""Saved views: which list and which query of it they stand for, and the menu that every list has of them."""

from django.http import QueryDict
from django.urls import reverse

from office.models import SavedView
from partstrack.choosing import canonical
from partstrack.registry import ListTool
from partstrack.walking import list_of


def address(view):
    """Return the address of the list as the view wants it."""
    said = QueryDict(view.query, mutable=True)
    said["view"] = view.pk
    return f"{reverse(view.page)}?{said.urlencode()}"


def openable(views, user):
    """Leave out the views of lists that this person may not open; one whose list is no more stays, to be deleted."""
    found = {name: list_of(name) for name in views.order_by().values_list("page", flat=True).distinct()}
    return views.exclude(page__in=[name for name, page in found.items() if page and not user.may(page.right)])


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
