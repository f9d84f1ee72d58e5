"""From a thing of a list to the one before and behind it, in the order and with the filters of the list.

The link of a row says its list: ?among=line_list?supplier=P05&sort=-produced (encoded). The page that it opens asks for the
rows at both sides: two questions, however long the list is.
"""

from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django_tables2 import RequestConfig

from partstrack.figures import WrongCall
from partstrack.pages import ListPage
from partstrack.paging import Order


@dataclass(frozen=True)
class Walk:
    """The addresses of the thing before and of the one behind ("" at an end of the list), and of the list."""

    previous: str
    next: str
    back: str


def list_of(name):
    """Return the page of the list with that name of an address, None when there is no such list."""
    try:
        page = getattr(resolve(reverse(name)).func, "view_class", None)
    except NoReverseMatch:
        return None
    return page if page and issubclass(page, ListPage) else None


def walk(request):
    """Return the Walk of the thing that is shown, None when it was not reached from a list that leads to it."""
    name, _mark, query = request.GET.get("among", "").partition("?")
    page, place = list_of(name) if name else None, request.resolver_match
    if page is None or not request.user.may(page.right) or len(place.kwargs) != 1:
        return None
    leads_to, path = page.table_class.leads_to or ("", "")
    if leads_to != place.url_name:
        return None
    try:
        rows = rows_of(request, page, query)
    except (WrongCall, Http404):
        return None
    sides = Order(rows).sides(path, next(iter(place.kwargs.values())))
    among = urlencode({"among": request.GET["among"]})
    addresses = [f"{reverse(leads_to, args=[key])}?{among}" if key else "" for key in sides]
    return Walk(*addresses, f"{reverse(name)}?{query}")


def rows_of(request, page, query):
    """Return the rows of a list that this person may see, as its query filters and orders them."""
    asked, view = copy(request), page()
    asked.GET = QueryDict(query)
    view.setup(asked)
    table = view.listed(asked, shown=False)
    RequestConfig(asked, paginate=False).configure(table)
    table.end_with_key()
    return table.data.data
