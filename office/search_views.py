"""The search of every page: all that a person may see, grouped by kind; what is typed exactly comes first."""

from dataclasses import dataclass

from django.shortcuts import render

from partstrack import registry
from partstrack.folding import fold
from partstrack.pages import Page
from partstrack.searching import said

SHOWN = 6  # of a kind, when all kinds are shown
MOST = 50  # of the one kind that is sought for


@dataclass(frozen=True)
class Group:
    """What was found of a kind: the hits that are shown, how many there are at least, and the way to more of them."""

    name: str
    title: str
    hits: list
    count: int
    more_than_counted: bool
    more_url: str

    @property
    def hidden(self):
        """Say whether there are more than are shown."""
        return self.count > len(self.hits)


class SearchPage(Page):
    """One question over everything; nothing of it is logged or kept."""

    right = "any"

    def get(self, request):
        """Show what was found; ?kind= shows more of one kind."""
        sought, kinds = said(request.GET.get("q", "")), _kinds(request.user)
        chosen = next((kind for kind in kinds if kind.name == request.GET.get("kind")), None)
        groups = _groups(request.user, sought, [chosen] if chosen else kinds) if sought.words else []
        exact = [hit for group in groups for hit in group.hits if hit.exact]
        context = {
            "sought": sought,
            "groups": groups,
            "chosen": chosen,
            "only": exact[0] if len(exact) == 1 else None,
            "kinds": kinds,
        }
        return render(request, "office/search.html", context)


def _kinds(user):
    return sorted((kind for kind in registry.all_of("search") if user.may(kind.right)), key=lambda kind: kind.order)


def _groups(user, sought, kinds):
    """Return what was found by kind, those with an exact hit first; of a single kind all up to MOST."""
    shown = MOST if len(kinds) == 1 else SHOWN
    groups = [_group(user, sought, kind, shown) for kind in kinds]
    return sorted((group for group in groups if group.hits), key=lambda group: not group.hits[0].exact)


def _group(user, sought, kind, shown):
    hits = sorted(kind.find(user, sought, MOST + 1), key=lambda hit: _rank(hit, sought))
    more = kind.more(sought) if kind.more else ""
    return Group(kind.name, kind.title, hits[:shown], min(len(hits), MOST), len(hits) > MOST, more)


def _rank(hit, sought):
    """Order by what was typed exactly, what begins with it, what else holds it; then by name."""
    name, code = fold(hit.title), fold(hit.code)
    return not hit.exact, not (name.startswith(sought.folded) or code.startswith(sought.folded)), name, hit.url
