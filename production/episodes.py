"""Since when a site is expected to declare, when it paused and when it left: confirmed by somebody, or assumed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from partstrack.periods import shift
from production import standings
from production.models import Expected


@dataclass(frozen=True)
class Episode:
    """Months `first` to `last` (included; None: still going on) of one kind: expected, assumed, pause or left."""

    kind: str
    first: date
    last: date | None
    reason: str = ""
    by: User | None = None
    on: date | None = None


def episodes(ask, site):
    """Return the Episodes of a site at a version, the first one first; none when nobody ever heard of it."""
    rows = list(Expected.objects.standing(ask.version).filter(site=site).select_related("by").order_by("first", "pk"))
    if not rows:
        return [Episode("assumed", first, last) for _site, first, last in standings.assumed(ask, {site.pk})]
    found = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        found.append(Episode("expected", row.first, row.last, by=row.by, on=row.on))
        if row.last is not None:
            found += _after(row, following)
    return found


def _after(row, following):
    """Return the pause between two rows, or that the site left; nothing when they touch."""
    gone = shift(row.last, 1)
    if following is None:
        return [Episode("left", gone, None, row.end_reason)]
    back = shift(following.first, -1)
    return [Episode("pause", gone, back, row.end_reason)] if gone <= back else []


def stamp(site):
    """Return the data version of the last change of what is expected of a site; 0 when nobody confirmed anything."""
    changed = Greatest("from_v", Coalesce("to_v", "from_v"))
    return Expected.objects.filter(site=site).aggregate(last=Max(changed))["last"] or 0
