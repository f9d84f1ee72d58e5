"""Completeness of declarations: received as a share of expected or received, its changes in points."""

from decimal import Decimal

from partstrack.figures import Answer, Group, checked, percent, points
from partstrack.periods import month_range
from production import perimeters, volumes
from production.comparison import ZERO, compare
from production.definitions import DEFINITIONS
from production.groups import SITE_DIMS, namer
from production.growth import basis, windows_of

DIMS = ("supplier", "site", "wilaya", "month", "year")


def coverage(ask):
    """Declared site-months as a share of those expected or declared, up to the last covered month."""
    checked(ask, DIMS, perimeters.FILTERS)
    area, windows = perimeters.perimeter(ask), windows_of(ask)
    world, _facts = volumes.declarations(ask, area, perimeters.both_windows(windows))
    result = compare(world, windows)
    inside = month_range(*result.window) if result.window else []
    now = result.coverage
    then = _share(world, [windows.base(month) for month in inside])
    share = (Decimal(now["declared"]), Decimal(now["expected"]))
    value, base = percent(*share), percent(*then)
    return Answer(
        name="coverage",
        value=value,
        unit="percent",
        state=result.state,
        version=ask.version,
        definition=DEFINITIONS["coverage"],
        compared=value,
        base=base,
        change=points(share, then),
        change_unit="points",
        change_state=_rate_state(value, base),
        window=result.window,
        base_window=result.base_window,
        after_cut=result.after_cut,
        coverage=now,
        basis=basis(result),
        numerator=Decimal(now["declared"]),
        denominator=Decimal(now["expected"]),
        rows=now["declared"],
        groups=_coverage_groups(ask, area, world, windows, inside) if ask.by else None,
        by=ask.by,
        compared_months=result.months,
    )


def _rate_state(value, base):
    if value is not None and base is not None:
        return "ok"
    return "new" if value else "none"


def _share(world, months, sites=None):
    """Return (declared, expected) site-months as Decimals."""

    months = list(months)

    def count(by_month):
        return Decimal(
            sum(len(by_month.get(m, set()) if sites is None else by_month.get(m, set()) & sites) for m in months)
        )

    return count(world.declaring), count(world.expecting)


def _coverage_groups(ask, area, world, windows, inside):
    key_of = namer(ask.by, area, world)
    pairs = [(site, month) for month in inside for site in world.expecting.get(month, ())]
    rows = [
        _coverage_group(ask.by, key, key_of, area, world, windows, inside) for key in {key_of(p, None) for p in pairs}
    ]
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def _coverage_group(by, key, key_of, area, world, windows, inside):
    months, sites = inside, None
    if by in SITE_DIMS:
        sites = {pk for pk in area.sites if key_of((pk, None), None) == key}
    else:
        months = [month for month in inside if key_of((None, month), None) == key]
    now, then = _share(world, months, sites), _share(world, map(windows.base, months), sites)
    value, base = percent(*now), percent(*then)
    share = {"numerator": now[0], "denominator": now[1]}
    return Group(key, value, value, base, points(now, then), None, _rate_state(value, base), **share)
