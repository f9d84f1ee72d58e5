"""The network on the home page: how much of the territory, on a map of tiles."""

from django.urls import reverse
from django.utils.translation import get_language

from partstrack import tiles
from partstrack.registry import Card
from places.models import Wilaya
from workshops.figures import territorial_coverage, vintage_of
from workshops.models import Workshop


def coverage_map(answer, number):
    """Return the TileMap of a coverage asked by wilaya: the number of workshops of each, in a vintage."""
    counts = {group.key: int(group.value) for group in answer.groups}
    language = get_language()
    cells = []
    for wilaya in Wilaya.objects.vintage(number).order_by("code"):
        column, row = wilaya.tile(number)
        address = f"{reverse('workshop_list')}?vintage={number}&wilaya={wilaya.code}"
        cells.append(
            tiles.Cell(wilaya.code, column, row, counts.get(wilaya.code, 0), wilaya.name_in(language), address)
        )
    return tiles.build(cells)


def build(request, ask):
    """Return coverage and map of the asked day; None for those who see their own firm only, and without workshops."""
    if not request.user.may("see_all") or not Workshop.objects.within(ask.scope).exists():
        return None
    asked = ask.but(year=None, first=None, last=None, base_year=None, by="wilaya", filters={})
    answer = territorial_coverage(asked)
    if not answer.rows:
        return None
    return {"coverage": answer, "map": coverage_map(answer, vintage_of(asked)), "url": reverse("workshop_list")}


CARDS = [Card("territorial_coverage", "workshops/card.html", build, order=60)]
