"""Growth that compares only what can be compared (design: "Comparison, exactly"). Pure: no database, no clock.

The words: a *pair* is (site, month) of the asked window beside the same site and month one base earlier.
E(m) sites expected or declared in m; D(m) those that declared. A month is *covered* when at least two thirds
of E declared. L is the last covered month asked for; C are the months up to L covered in both windows.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from partstrack.figures import percent
from partstrack.periods import month_range, shift

# A month counts as covered when this share of those expected or declared has declared: 2 of 3.
CUT_SHARE = (2, 3)
ZERO = Decimal(0)


@dataclass
class World:
    """What is known at one data version, for the sites of the perimeter.

    `expected`: (site, month) a site is to declare; `declared`: (site, month) -> True when final;
    `values`: (site, month) -> {group key: Decimal}; `starts`: site -> confirmed joining month (nothing of a
    site counts before it); `other_units`: (site, month) -> group keys with volumes in units other than the asked one.
    `plants`: site -> the first site of its plant, of those that changed hands inside the perimeter: one plant, paired as one.
    """

    expected: set = field(default_factory=set)
    declared: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    starts: dict = field(default_factory=dict)
    other_units: dict = field(default_factory=dict)
    plants: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.starts:
            self.expected = {pair for pair in self.expected if self.inside(pair)}
            self.declared = {pair: final for pair, final in self.declared.items() if self.inside(pair)}
        self.values = {pair: groups for pair, groups in self.values.items() if pair in self.declared}
        self.other_units = {pair: groups for pair, groups in self.other_units.items() if pair in self.declared}
        self.expecting, self.declaring = _by_month(self.expected | self.declared.keys()), _by_month(self.declared)

    def inside(self, pair):
        """Say whether a site-month lies in the perimeter: not before the site's confirmed joining month."""
        start = self.starts.get(pair[0])
        return start is None or pair[1] >= start

    def covered(self, month):
        """Say whether at least two thirds of those expected or declared in a month did declare."""
        share, whole = CUT_SHARE
        everyone = len(self.expecting.get(month, ()))
        return everyone > 0 and whole * len(self.declaring.get(month, ())) >= share * everyone

    def value(self, pair):
        """Return the total of one site-month; 0 when nothing was declared."""
        return sum(self.values.get(pair, {}).values(), ZERO)

    @cached_property
    def by_month(self):
        """The values by month: month -> {site: total}."""
        months = {}
        for (site, month), groups in self.values.items():
            months.setdefault(month, {})[site] = sum(groups.values(), ZERO)
        return months

    def total(self, month, sites):
        """Return the total of some sites in a month."""
        values = self.by_month.get(month, {})
        return sum(values.values() if values.keys() <= sites else map(values.__getitem__, values.keys() & sites), ZERO)

    def said(self, pair):
        """Say whether a site-month was declared."""
        return pair in self.declared

    def whole(self, sites):
        """Return some sites with all other sites of their plants."""
        if not self.plants:
            return sites
        plants = {self.plants[site] for site in sites if site in self.plants}
        return sites | {site for site, plant in self.plants.items() if plant in plants}

    def missing(self, pair):
        """Say whether a site-month was expected and not declared."""
        return pair in self.expected and pair not in self.declared


def _by_month(pairs):
    months = {}
    for site, month in pairs:
        months.setdefault(month, set()).add(site)
    return months


@dataclass(frozen=True)
class Windows:
    """The asked months (first..last, cut at L unless fixed) and how many months earlier the base lies."""

    first: date
    last: date
    back: int
    fixed: bool

    @classmethod
    def of_year(cls, year, base_year):
        """A calendar year; L decides where it ends."""
        return cls(date(year, 1, 1), date(year, 12, 1), 12 * (year - base_year), fixed=False)

    def base(self, month):
        """Return the month that a month is compared with."""
        return shift(month, -self.back)


@dataclass(frozen=True)
class Comparison:
    """The result: windows, months C, the sites of the headline and of like for like by month, and the sums over them."""

    window: tuple | None
    base_window: tuple | None
    months: tuple
    sites: dict
    alike_sites: dict
    alike: tuple
    seen: "Seen"
    value: Decimal | None
    compared: Decimal
    base: Decimal
    change: Decimal | None
    change_state: str
    state: str
    coverage: dict
    after_cut: tuple
    back: int

    @cached_property
    def pairs(self):
        """The headline pairs: ((site, month), (site, base month)), by month and site."""
        return self._pairs(self.sites)

    @cached_property
    def alike_pairs(self):
        """The like-for-like pairs."""
        return self._pairs(self.alike_sites)

    def _pairs(self, sites):
        return tuple(
            ((site, month), (site, before))
            for month in self.months
            for before in [shift(month, -self.back)]
            for site in sorted(sites[month])
        )


def compare(world, windows):
    """Compare the asked window with its base. Returns a Comparison."""
    asked = month_range(windows.first, windows.last)
    covered = [month for month in asked if world.covered(month)]
    last = windows.last if windows.fixed else (covered[-1] if covered else None)
    inside = [month for month in asked if last is not None and month <= last]
    months = tuple(month for month in inside if month in covered and world.covered(windows.base(month)))
    sites = {month: _not_missing(world, month, windows.base(month)) for month in months}
    alike = {month: sites[month] & _alike(world, month, windows.base(month)) for month in months}
    compared, base = side_sums(world, windows, sites)
    value = sum((world.total(month, _declaring(world, month)) for month in inside), ZERO) if inside else None
    seen = Seen(tuple(inside or asked), months, sites)
    state = change_state(world, windows, seen, (value or ZERO, compared, base))
    if state == "new":
        compared, base = value or ZERO, ZERO
    return Comparison(
        window=(inside[0], inside[-1]) if inside else None,
        base_window=(windows.base(inside[0]), windows.base(inside[-1])) if inside else None,
        months=months,
        sites=sites,
        alike_sites=alike,
        alike=side_sums(world, windows, alike),
        seen=seen,
        value=value,
        compared=compared,
        base=base,
        change=percent(compared - base, base) if state == "ok" else None,
        change_state=state,
        state=confidence(world, windows, inside),
        coverage=coverage(world, inside),
        after_cut=_after_cut(world, asked, last),
        back=windows.back,
    )


def _declaring(world, month):
    return world.declaring.get(month, frozenset())


def _alike(world, month, before):
    """Return the sites whose plant declared on both sides."""
    return world.whole(_declaring(world, month)) & world.whole(_declaring(world, before))


def _not_missing(world, month, before):
    """Return the sites of a compared month: expected or declared on a side, and their plant missing on neither."""
    now, then = world.expecting.get(month, frozenset()), world.expecting.get(before, frozenset())
    missing = (now - _declaring(world, month)) | (then - _declaring(world, before))
    return (now | then) - world.whole(missing)


def side_sums(world, windows, sites):
    """Return (sum of the asked side, sum of the base side) over some sites of each month."""
    return (
        sum((world.total(month, own) for month, own in sites.items()), ZERO),
        sum((world.total(windows.base(month), own) for month, own in sites.items()), ZERO),
    )


@dataclass(frozen=True)
class Seen:
    """What decides whether a change may be stated, of the total or of a group of it.

    `asked`: its months of the window; `compared`: those of C; `paired`: month of C -> its sites of the headline;
    `sites` and `keys`: the sites and the keys of values that are its own, None for all.
    """

    asked: tuple
    compared: tuple
    paired: dict
    sites: frozenset | None = None
    keys: frozenset | None = None

    def part(self, sites=None, keys=None, months=None):
        """Return what is seen of a group: of its sites, its keys of values or its months."""
        if sites is None and months is None:
            return replace(self, keys=keys)  # of thousands of parts: all of them share the pairs
        return Seen(
            asked=tuple(month for month in self.asked if months is None or month in months),
            compared=tuple(month for month in self.compared if months is None or month in months),
            paired={
                month: own if sites is None else own & sites
                for month, own in self.paired.items()
                if months is None or month in months
            },
            sites=sites,
            keys=keys,
        )

    def own(self, sites):
        """Return those of some sites that are seen."""
        return sites if self.sites is None else sites & self.sites


def change_state(world, windows, seen, sums):
    """Say whether a change may be stated: none, new, not_comparable or ok, in the order of the rules.

    `sums`: value, compared and base of what is seen.
    """
    value, _compared, base = sums
    new = "new" if value > 0 else "none"

    def anybody(by_month, months):
        return any(seen.own(by_month.get(month, set())) for month in months)

    if not anybody(world.expecting, map(windows.base, seen.asked)):
        return new
    if not anybody(world.expecting, seen.asked):
        return "none"
    earlier = [windows.base(month) for month in seen.compared]
    only_missing = anybody(world.expecting, earlier) and not anybody(world.declaring, earlier)
    if not any(seen.paired.values()) or only_missing or _units_differ(world, windows, seen):
        return "not_comparable"
    return "ok" if base else new


def _units_differ(world, windows, seen):
    """Say whether one side counts in the asked unit and the other in other units only."""
    if not world.other_units:
        return False

    def units(moved):
        mine = other = False
        for pair in ((site, moved(month)) for month, sites in seen.paired.items() for site in sites):
            values = world.values.get(pair, {})
            mine = mine or any(map(values.get, values.keys() if seen.keys is None else seen.keys))
            others = world.other_units.get(pair, set())
            other = other or bool(others if seen.keys is None else others & seen.keys)
        return mine, other

    (now, now_other), (then, then_other) = units(lambda month: month), units(windows.base)
    return (now and not then and then_other) or (then and not now and now_other)


def confidence(world, windows, inside):
    """Return none, provisional or final: final when every expected site-month of both windows is closed."""
    months = [*inside, *(windows.base(month) for month in inside)]
    if not any(world.declaring.get(month) for month in inside):
        return "none"
    everything = ((site, month) for month in months for site in world.expecting.get(month, ()))
    return "final" if all(map(world.declared.get, everything)) else "provisional"


def coverage(world, inside):
    """Count the site-months of the window: declared, expected (or declared), missing."""
    declared = sum(len(world.declaring.get(month, ())) for month in inside)
    everyone = sum(len(world.expecting.get(month, ())) for month in inside)
    return {"declared": declared, "expected": everyone, "missing": everyone - declared}


def _after_cut(world, asked, last):
    """Return the later months in which somebody declared: shown, never compared."""
    return tuple(
        {
            "month": month,
            "value": world.total(month, world.declaring[month]),
            "declared": len(world.declaring[month]),
            "expected": len(world.expecting[month]),
        }
        for month in asked
        if (last is None or month > last) and world.declaring.get(month)
    )


def group_sums(world, comparison, windows, key_of):
    """Sum value, compared and base by group over the months and pairs of the total.

    `key_of(pair, key)` names the group of a value of a site-month; a base value is asked under the asked
    month, so that months pair with months. Returns {key: [value, compared, base]}.
    """
    sums, sites = {}, comparison.sites
    inside = set(month_range(*comparison.window)) if comparison.window else set()
    asked = {windows.base(month): month for month in sites}  # what a base month is compared with

    def add(groups, pair, places):
        for key, value in groups.items():
            name = key_of(pair, key)
            if name not in sums:
                sums[name] = [ZERO, ZERO, ZERO]
            for place in places:
                sums[name][place] += value

    for (site, month), groups in world.values.items():
        if month in inside:
            add(groups, (site, month), (0, 1) if site in sites.get(month, ()) else (0,))
        if site in sites.get(asked.get(month), ()):
            add(groups, (site, asked[month]), (2,))
    return sums
