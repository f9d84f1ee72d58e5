"""Month by month: what a volume, rate or price was, in all and by group. For charts, sparks and tables of months."""

from dataclasses import dataclass, field

from production import perimeters, volumes
from production.comparison import ZERO
from production.groups import COLUMNS, namer, sites_together
from production.growth import VOLUMES, windows_of
from production.ratios import RATIOS


@dataclass(frozen=True)
class Series:
    """`total`: month -> value, None where nobody declared; `groups`: key -> the same; `declared`: month -> (D, E)."""

    months: list
    total: dict
    declared: dict
    groups: dict = field(default_factory=dict)

    def line(self, key):
        """Return the values of a group in the order of the months; all of them None when nothing is known of it."""
        return [self.groups.get(key, {}).get(month) for month in self.months]


def series(name, ask, months, by=None):
    """Return the Series of a volume or ratio over months, at the question's data version. The queries do not grow."""
    months, kind = list(months), RATIOS.get(name)
    area = perimeters.perimeter(ask, None if name in VOLUMES and VOLUMES[name].unit else "piece")
    columns, both = (kind.under, kind.both) if kind else (VOLUMES[name].columns, ())
    world, _facts = volumes.world(ask, area, months, columns, COLUMNS.get(by), both)
    over = volumes.world(ask, area, months, kind.over, COLUMNS.get(by), both)[0] if kind else None
    divided = (lambda top, bottom: kind.value(top, bottom)) if kind else (lambda _top, bottom: bottom)
    total = {
        month: divided(_total(over, month), _total(world, month)) for month in months if world.declaring.get(month)
    }
    declared = {month: (len(world.declaring.get(month, ())), len(world.expecting.get(month, ()))) for month in months}
    groups = _groups(by, area, world, over, divided) if by else {}
    return Series(months, total, declared, groups)


def totals(name, ask, months):
    """Return {month: value} of a volume, without the months in which nobody declared.

    It is read as the figure by the dimension of the question reads it: one reading serves both.
    """
    area = perimeters.perimeter(ask, None if VOLUMES[name].unit else "piece")
    back = windows_of(ask).back if sites_together(ask.by) else None
    world, _facts = volumes.world(ask, area, months, VOLUMES[name].columns, COLUMNS.get(ask.by), back=back)
    return {month: _total(world, month) for month in months if world.declaring.get(month)}


def _total(world, month):
    if world is None:
        return None
    return world.total(month, world.declaring.get(month, frozenset()))


def _groups(by, area, world, over, divided):
    """Return {key: {month: value}}: 0 where somebody declared and said nothing of the group, nothing where nobody did."""
    bottoms, tops = _sums(by, area, world), _sums(by, area, over) if over else {}
    declaring = _declaring(by, area, world)
    return {
        key: {month: divided(tops.get(key, {}).get(month, ZERO), sums.get(month, ZERO)) for month in declaring(key)}
        for key, sums in bottoms.items()
    }


def _sums(by, area, world):
    key_of, found = namer(by, area, world), {}
    for pair, groups in world.values.items():
        for group, value in groups.items():
            sums = found.setdefault(key_of(pair, group), {})
            sums[pair[1]] = sums.get(pair[1], ZERO) + value
    return found


def _declaring(by, area, world):
    """Return months(key): those in which a site of the group declared; any site, where groups cut a site's month."""
    if by in COLUMNS:
        everything = set(world.declaring)
        return lambda _key: everything
    key_of, found = namer(by, area, world), {}
    for pair in world.declared:
        found.setdefault(key_of(pair, None), set()).add(pair[1])
    return lambda key: found.get(key, set())
