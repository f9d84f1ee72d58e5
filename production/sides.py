"""What the rates of local beside imported share: the two sides of a window, their change, what cannot be computed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue.models import PIECE
from partstrack.figures import Group, percent, points
from partstrack.periods import month_range
from production import trade
from production.comparison import ZERO
from production.models import Range

NAMED = 4  # reasons that a basis names


@dataclass(frozen=True)
class Side:
    """Months of one window that count, and their sums: (part, whole) as Decimals."""

    part: Decimal = ZERO
    whole: Decimal = ZERO
    months: int = 0


def asked_ranges(ask):
    """Return the ranges that a question is about. WrongCall: an unknown code, or a person of one firm asks."""
    where = trade.area(ask.but(filters={**ask.filters, "unit": ask.filters.get("unit") or PIECE}))
    rows = Range.objects.select_related("brand", "family").order_by("code", "pk")
    for name, field in (("range", "code"), ("family", "family__code"), ("brand", "brand__code")):
        if code := ask.filters.get(name):
            rows = rows.filter(**{field: code})
    return list(rows), where


def all_ranges():
    """Return all ranges: whether two of them can be told apart does not depend on what is asked."""
    return Range.objects.select_related("brand", "family")


def both_windows(windows):
    """Return every month of the asked window and of its base."""
    asked = month_range(windows.first, windows.last)
    return [*asked, *map(windows.base, asked)]


def moved(now, before):
    """Return what is said of a change of a rate: it is in points, over what is known in both windows."""
    change = points((now.part, now.whole), (before.part, before.whole))
    return {
        "compared": percent(now.part, now.whole),
        "base": percent(before.part, before.whole),
        "change": change,
        "change_unit": "points",
        "change_state": "none" if change is None else "ok",
    }


def not_computable(reasons):
    """Say what cannot be computed and why. `reasons`: {name: why}; empty for none."""
    if not reasons:
        return ""
    shown = "; ".join(f"{name} ({why})" for name, why in list(reasons.items())[:NAMED])
    if len(reasons) > NAMED:
        return _("Not computable: %(what)s; and %(more)d others.") % {"what": shown, "more": len(reasons) - NAMED}
    return _("Not computable: %(what)s.") % {"what": shown}


def rated(sides):
    """Return the groups of a rate from (key, (now, in both, before)), the highest first."""
    groups = []
    for key, (now, both, before) in sides:
        change = moved(both, before)
        value = percent(now.part, now.whole)
        groups.append(
            Group(key, value, change["compared"], change["base"], change["change"], None, change["change_state"])
        )
    return tuple(sorted(groups, key=lambda group: (-(group.value if group.value is not None else -1), group.key)))
