"""A room's own navigation: its pages, the one that is open, and the way back to them."""

from dataclasses import dataclass

from django.urls import reverse

from partstrack import registry


@dataclass(frozen=True)
class Place:
    """Where a page stands: its room's address, the Section it is or stands below, and whether it is that page itself."""

    room: str
    section: registry.Section
    itself: bool


def place(request):
    """Return the Place of the page that is asked for, None when it stands in no room."""
    name = request.resolver_match.url_name if request.resolver_match else None
    for section in registry.all_of("sections"):
        if name == section.url or name in section.below:
            return Place(section.room, section, name == section.url)
    return None


def pages(request, place):
    """Return [(title, address, aria-current)] of the room's pages that this person may open, in order."""
    return [
        (section.title, reverse(section.url), _current(section, place)) for section in _open(request.user, place.room)
    ]


def way_back(request, place):
    """Return [(title, address)] of the room and of the page that this one stands below; nothing on that page itself."""
    if place.itself:
        return []
    rooms = [item for item in registry.all_of("rail") if item.url == place.room and request.user.may(item.right)]
    steps = [(item.title, reverse(item.url)) for item in rooms]
    if place.section.url != place.room and place.section in _open(request.user, place.room):
        steps.append((place.section.title, reverse(place.section.url)))
    return steps


def _open(user, room):
    mine = [each for each in registry.all_of("sections") if each.room == room and user.may(each.right)]
    return sorted(mine, key=lambda section: section.order)


def _current(section, place):
    if section != place.section:
        return ""
    return "page" if place.itself else "true"
