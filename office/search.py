"""Pages of the navigation, found by their title."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partstrack import registry
from partstrack.folding import fold
from partstrack.registry import Hit, Search


def pages(user, said, limit):
    """Return the entries of the navigation and the pages of rooms whose title holds every word."""
    rooms = {item.url: item for item in registry.all_of("rail")}
    items = [(item, "") for item in rooms.values()]
    items += [
        (each, rooms[each.room].title)
        for each in registry.all_of("sections")
        if each.url not in rooms and each.room in rooms
    ]
    return [
        Hit(str(item.title), reverse(item.url), detail=str(room), exact=said.is_exactly(str(item.title)))
        for item, room in items
        if user.may(item.right) and all(word in fold(f"{room} {item.title}") for word in said.words)
    ][:limit]


SEARCH = [Search("page", _("Pages"), pages, order=95, right="any")]
