"""Growth that compares only what can be compared (design: "Comparison, exactly"). Pure: no database, no clock.

The words: a *pair* is (site, month) of the asked window beside the same site and month one base earlier.
E(m) sites expected or declared in m; D(m) those that declared. A month is *covered* when at least two thirds
of E declared. L is the last covered month asked for; C are the months up to L covered in both windows.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

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
    """

    expected: set = field(default_factory=set)
    declared: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    starts: dict = field(default_factory=dict)
    other_units: dict = field(default_factory=dict)

    def __post_init__(self):
        self.expected = {pair for pair in self.expected if self.inside(pair)}
        self.declared = {pair: final for pair, final in self.declared.items() if self.inside(pair)}
        self.values = {pair: groups for pair, groups in self.values.items() if pair in self.declared}
        self.other_units = {pair: groups for pair, groups in self.other_units.items() if pair in self.declared}
        self.expecting, self.declaring = _by_month(self.expected | set(self.declared)), _by_month(self.declared)

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

    def said(self, pair):
        """Say whether a site-month was declared."""
        return pair in self.declared

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
    """The result: windows, months C, the headline pairs and the like-for-like pairs, and the sums over them."""

    window: tuple | None
    base_window: tuple | None
    months: tuple
    pairs: tuple
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


def compare(world, windows):
    """Compare the asked window with its base. Returns a Comparison."""
    asked = month_range(windows.first, windows.last)
    covered = [month for month in asked if world.covered(month)]
    last = windows.last if windows.fixed else (covered[-1] if covered else None)
    inside = [month for month in asked if last is not None and month <= last]
    months = tuple(month for month in inside if month in covered and world.covered(windows.base(month)))
    pairs, alike = _pairs(world, windows, months)
    compared = sum((world.value(pair) for pair, _ in pairs), ZERO)
    base = sum((world.value(before) for _, before in pairs), ZERO)
    value = sum((world.value(pair) for pair in world.declared if pair[1] in set(inside)), ZERO) if inside else None
    seen = Seen(tuple(inside or asked), months, pairs)
    state = change_state(world, windows, seen, (value or ZERO, compared, base))
    if state == "new":
        compared, base = value or ZERO, ZERO
    return Comparison(
        window=(inside[0], inside[-1]) if inside else None,
        base_window=(windows.base(inside[0]), windows.base(inside[-1])) if inside else None,
        months=months,
        pairs=pairs,
        alike=alike,
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


def _pairs(world, windows, months):
    """Return the headline pairs (neither side missing) and those where both sides declared."""
    headline, alike = [], []
    for month in months:
        before = windows.base(month)
        for site in sorted(world.expecting.get(month, set()) | world.expecting.get(before, set())):
            pair = ((site, month), (site, before))
            if world.missing(pair[0]) or world.missing(pair[1]):
                continue
            headline.append(pair)
            if world.said(pair[0]) and world.said(pair[1]):
                alike.append(pair)
    return tuple(headline), tuple(alike)


@dataclass(frozen=True)
class Seen:
    """What decides whether a change may be stated, of the total or of a group of it.

    `asked`: its months of the window; `compared`: those of C; `pairs`: its headline pairs; `sites` and `keys`: the
    sites and the keys of values that are its own, None for all.
    """

    asked: tuple
    compared: tuple
    pairs: tuple
    sites: frozenset | None = None
    keys: frozenset | None = None

    def part(self, sites=None, keys=None, months=None):
        """Return what is seen of a group: of its sites, its keys of values or its months."""
        if sites is None and months is None:
            return replace(self, keys=keys)  # of thousands of parts: all of them share the pairs
        return Seen(
            asked=tuple(month for month in self.asked if months is None or month in months),
            compared=tuple(month for month in self.compared if months is None or month in months),
            pairs=tuple(
                pair
                for pair in self.pairs
                if (sites is None or pair[0][0] in sites) and (months is None or pair[0][1] in months)
            ),
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
    if not seen.pairs or only_missing or _units_differ(world, seen):
        return "not_comparable"
    return "ok" if base else new


def _units_differ(world, seen):
    """Say whether one side counts in the asked unit and the other in other units only."""
    if not world.other_units:
        return False

    def units(side):
        mine = other = False
        for pair in seen.pairs:
            values = world.values.get(pair[side], {})
            mine = mine or any(map(values.get, values.keys() if seen.keys is None else seen.keys))
            others = world.other_units.get(pair[side], set())
            other = other or bool(others if seen.keys is None else others & seen.keys)
        return mine, other

    (now, now_other), (then, then_other) = units(0), units(1)
    return (now and not then and then_other) or (then and not now and now_other)


def confidence(world, windows, inside):
    """Return none, provisional or final: final when every expected site-month of both windows is closed."""
    months = [*inside, *(windows.base(month) for month in inside)]
    everything = [(site, month) for month in months for site in world.expecting.get(month, ())]
    if not any((site, month) in world.declared for site, month in everything if month in set(inside)):
        return "none"
    return "final" if all(world.declared.get(pair) for pair in everything) else "provisional"


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
            "value": sum((world.value((site, month)) for site in world.declaring[month]), ZERO),
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
    sums = {}
    inside = set(month_range(*comparison.window)) if comparison.window else set()

    def add(pair, named_as, place):
        for key, value in world.values.get(pair, {}).items():
            sums.setdefault(key_of(named_as, key), [ZERO, ZERO, ZERO])[place] += value

    for pair in world.values:
        if pair[1] in inside:
            add(pair, pair, 0)
    for pair, before in comparison.pairs:
        add(pair, pair, 1)
        add(before, pair, 2)
    return sums
