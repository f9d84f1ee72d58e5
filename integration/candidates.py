"""Who could make what is imported: sites with a certificate in force for the family, and what they produced of it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from catalogue.models import PIECE
from partstrack.periods import month_of, shift
from production.models import Cell
from suppliers.models import Paper, Site

YEAR = 12  # months


@dataclass(frozen=True)
class Candidate:
    """A site that could make a component. `volume`: pieces of the family that it produced in the twelve months before."""

    site: Site
    volume: Decimal


def candidates(families, day):
    """Return {family id: [Candidate]} of some families, the largest volume first; three questions.

    A candidate holds a certificate of its site that is valid on the day and covers the family, or names none. Produced: what was
    declared for the twelve whole months before the day's, in pieces.
    """
    families = set(families) - {None}
    papers = (
        Paper.objects.certificates()
        .valid_on(day)
        .exclude(site=None)
        .filter(site__archived_at=None, site__merged_into=None)
    )
    covered = defaultdict(set)
    for site, family in papers.order_by("pk").values_list("site", "families"):
        covered[site].add(family)
    last = shift(month_of(day), -1)
    cells = Cell.objects.filter(
        site__in=covered, family__in=families, unit=PIECE, month__range=(shift(last, 1 - YEAR), last)
    )
    made = {
        (row["site"], row["family"]): row["total"] or Decimal(0)
        for row in cells.order_by().values("site", "family").annotate(total=Sum("produced"))
    }
    sites = Site.objects.select_related("firm").in_bulk(list(covered))
    found = {}
    for family in families:
        rows = [
            Candidate(sites[site], made.get((site, family), Decimal(0)))
            for site, said in covered.items()
            if family in said or (said == {None} and made.get((site, family)))
        ]
        found[family] = sorted(rows, key=lambda each: (-each.volume, each.site.code))
    return found
