"""Which columns a list shows, in which order, and how many rows a page: said in the address, so true of the file too.

    columns=part,produced,month   these columns in this order; without it the usual ones
    per_page=100                  one of SIZES
    where=produced:ge:100         a condition; see conditions.py

The panels of a list are forms that work without script. What they send (`choose=columns`, `choose=condition`) is written
anew in the words above, and the browser is led there: one list has one address.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from partstrack.paging import EDGES

SIZES = (25, 50, 100, 200)
USUAL_SIZE = 50
KEPT = ("columns", "per_page", "where", "sort", "view")  # what a list keeps when its filters change
PASSING = ("page", *EDGES, "format", "people", "condition")  # what says where one is in a list, not which list it is


@dataclass(frozen=True)
class Choice:
    """A column in the panel. `place`: its place from 1, None when it is not shown."""

    name: str
    heading: str
    place: int | None


def size(said):
    """Return how many rows a page has: what the address says, when it is one of SIZES."""
    return next((each for each in SIZES if str(each) == said.get("per_page")), None)


def choosable(table):
    """Return the columns that a person may show or leave out: those of the screen and of the file, not the doors."""
    return [
        column
        for column in table.columns.iterall()
        if not getattr(column.column, "screen_only", False)
        and (column.visible or getattr(column.column, "file_only", False))
    ]


def choose(table, said):
    """Show the columns that an address names, in its order. Names of no column are left out, and the table says so."""
    table.offered = choosable(table)
    known = [column.name for column in table.offered]
    asked = dict.fromkeys(name for name in said.get("columns", "").split(",") if name)
    unknown = [name for name in asked if name not in known]
    if unknown:
        words = _("This list has no column of the name “%(name)s” (any more): it is left out.")
        table.notes += [words % {"name": name[:60]} for name in unknown[:3]]
    table.usual = [column.name for column in table.offered if column.visible]
    if found := [name for name in asked if name in known]:
        table.show_only(found)


def choices(table):
    """Return the Choice of each column, those that are shown first and in their order."""
    places = list(table.sequence)
    columns = sorted(table.offered, key=lambda column: (not column.visible, places.index(column.name)))
    return [
        Choice(column.name, str(column.header), place if column.visible else None)
        for place, column in enumerate(columns, 1)
    ]


def canonical(query):
    """Return the text of a query that names a list and not a place in it: nothing blank, one order of its keys."""
    spent = (*PASSING, "view", "choose")
    kept = [(name, value) for name, values in query.lists() if name not in spent for value in values if value]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def among(request):
    """Return the list that a request asks for, as the links of its rows carry it; "" where it has no address of its own."""
    place = request.resolver_match
    return f"{place.url_name}?{canonical(request.GET)}" if place and not place.kwargs else ""


def tidied(said):
    """Return the query with what a panel sent as the words of the address; None when no panel sent it."""
    wanted = said.get("choose")
    if wanted not in ("columns", "condition"):
        return None
    query = said.copy()
    _columns(query) if wanted == "columns" else _condition(query)
    for name in (*PASSING, "choose"):
        query.pop(name, None)
    return query


def _columns(query):
    """A column that was given a new number goes before the one that has it, or behind it when it moved on."""
    places = [name.removeprefix("place.") for name in query if name.startswith("place.")]
    ticked = query.getlist("column")

    def order(name):
        old = places.index(name) + 1 if name in places else len(places) + 1
        text = query.get(f"place.{name}", "")
        new = int(text) if text.isdecimal() and len(text) < 5 else len(places) + 1
        return new, (new > old) - (new < old), old

    named = ",".join(sorted(dict.fromkeys(ticked), key=order))
    query["columns"] = "" if named == query.get("usual") else named
    if query.get("per_page") == query.get("usual_size"):
        query["per_page"] = ""
    spent = ("column", "usual", "usual_size", *(name for name in ("columns", "per_page") if not query.get(name)))
    for name in [name for name in query if name.startswith("place.") or name in spent]:
        del query[name]


def _condition(query):
    """Put what the panel says behind the conditions there are; the same one is not said twice."""
    subject, operator, value, to = (query.pop(name, [""])[-1].strip() for name in ("condition", "op", "value", "to"))
    value = f"{value}..{to}" if operator == "between" else value
    said = f"{subject}:{operator}:{value}" if value else f"{subject}:{operator}"
    query.setlist("where", list(dict.fromkeys([*query.getlist("where"), said])))
