"""The numbers of production: produced, sold, coverage. Functions of an Ask; no request, no clock."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Brand, Family, Part
from partstrack.figures import Answer, Group, WrongCall, percent, points
from partstrack.periods import month_range
from partstrack.registry import Figure
from production import volumes
from production.comparison import CUT_SHARE, ZERO, Windows, change_state, compare, group_sums
from production.models import SOLD

DIMS = ("supplier", "site", "family", "part", "month", "year", "wilaya", "brand", "unit")
SITE_DIMS = ("supplier", "site", "wilaya")
# Dimensions that cut a site's month: the column of the sums that tells the groups apart.
COLUMNS = {"family": "family_id", "part": "part_id", "brand": "brand_id"}
TO_BE_COMPLETED = "-"


def windows_of(ask):
    """Return the Windows of a question; --base-year moves the base so that its end falls in that year."""
    first, last, fixed = volumes.months_of(ask)
    base_year = ask.base_year if ask.base_year is not None else last.year - 1
    if base_year >= last.year:
        raise WrongCall(_("The base year must come before the asked one."))
    return Windows(first, last, 12 * (last.year - base_year), fixed)


def produced(ask):
    """Good parts produced."""
    return volume("produced", ("produced",), ask)


def sold(ask):
    """Sold = after-market + first fit + unsplit, never exported."""
    return volume("sold", SOLD, ask)


def volume(name, measures, ask):
    """Answer a question about a volume: the sum of `measures`, with its growth."""
    if ask.by and ask.by not in DIMS:
        raise WrongCall(
            _("There is no dimension '%(name)s'. There are: %(known)s.") % {"name": ask.by, "known": ", ".join(DIMS)}
        )
    area, windows = volumes.perimeter(ask), windows_of(ask)
    world, facts = volumes.world(ask, area, volumes.both_windows(windows), measures, COLUMNS.get(ask.by))
    result = compare(world, windows)
    inside = set(month_range(*result.window)) if result.window else set()
    return Answer(
        name=name,
        value=result.value,
        unit=area.unit,
        state=result.state,
        version=ask.version,
        definition=DEFINITIONS.get(name, ""),
        compared=result.compared,
        base=result.base,
        change=result.change,
        change_state=result.change_state,
        like_for_like=_like_for_like(world, result, ask, area, measures),
        window=result.window,
        base_window=result.base_window,
        after_cut=result.after_cut,
        coverage=result.coverage,
        basis=basis(result),
        rows=sum(count for pair, count in facts["lines"].items() if pair in world.declared and pair[1] in inside),
        other_units=_other_units(world, facts, inside),
        groups=_groups(ask, area, world, result, windows, facts, measures) if ask.by else None,
        by=ask.by,
        compared_months=result.months,
        queryset=volumes.standing_lines(ask, area, result.window, facts["left_out"]) if result.window else None,
    )


def _like_for_like(world, result, ask, area, measures):
    compared = sum((world.value(pair) for pair, _before in result.alike), ZERO)
    base = sum((world.value(before) for _pair, before in result.alike), ZERO)
    change = percent(compared - base, base) if base else None
    parts = _like_for_like_parts(result, ask, area, measures) if ask.parts else None
    return {"compared": compared, "base": base, "change": change, "parts": parts}


def _like_for_like_parts(result, ask, area, measures):
    """Compare only the parts that both sides of a like-for-like pair said; a nil declaration says 0 of every part."""
    months = {month for pairs in result.alike for _site, month in pairs}
    world, _facts = volumes.world(ask, area, months, measures, "part_id")
    nil = set(volumes.nil_pairs(ask.version, months))
    compared = base = ZERO
    for pair, before in result.alike:
        now, then = world.values.get(pair, {}), world.values.get(before, {})
        said_now, said_then = then if pair in nil else now, now if before in nil else then
        both = said_now.keys() & said_then.keys()
        compared += sum((now.get(part, ZERO) for part in both), ZERO)
        base += sum((then.get(part, ZERO) for part in both), ZERO)
    return {"compared": compared, "base": base, "change": percent(compared - base, base) if base else None}


def _other_units(world, facts, inside):
    """List the volumes in other units: shown beside the number, never added to it."""
    rows = []
    for unit, pairs in sorted(facts["units"].items()):
        value = sum((amount for pair, amount in pairs.items() if pair in world.declared and pair[1] in inside), ZERO)
        if value:
            rows.append({"unit": unit, "value": value})
    return tuple(rows)


def basis(result):
    """Say in one sentence what was compared."""
    if result.window is None:
        return _("No month has enough declarations.")
    if not result.months:
        return _("No month has enough declarations in both windows.")
    share, whole = CUT_SHARE
    return _(
        "%(months)d compared months, each with at least %(share)d/%(whole)d of the expected declarations in both years; "
        "%(pairs)d site-months compared."
    ) % {"months": len(result.months), "share": share, "whole": whole, "pairs": len(result.pairs)}


# Groups ---------------------------------------------------------------------------------------------


def _groups(ask, area, world, result, windows, facts, measures):
    if ask.by == "unit":
        return _unit_groups(ask, measures, {area.unit, *facts["units"]})
    key_of = _namer(ask.by, area, world)
    whose, own = _own(ask.by, key_of, area, world, result)
    rows = []
    for key, sums in group_sums(world, result, windows, key_of).items():
        seen = result.seen.part(**{whose: frozenset(own.get(key, ()))})
        rows.append(_group(key, sums, change_state(world, windows, seen, sums), result))
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def _own(by, key_of, area, world, result):
    """Return what tells the groups apart, "sites", "keys" (of values) or "months", and {key: those that are its own}."""
    if by in SITE_DIMS:
        whose, named = "sites", ((pk, key_of((pk, None), None)) for pk in area.sites)
    elif by in COLUMNS:
        ids = {group for pairs in world.values.values() for group in pairs}
        whose, named = "keys", ((group, key_of(None, group)) for group in ids)
    else:
        whose, named = "months", ((month, key_of((None, month), None)) for month in result.seen.asked)
    own = {}
    for member, key in named:
        own.setdefault(key, []).append(member)
    return whose, own


def _group(key, sums, state, result):
    value, compared, base = sums
    if result.change_state == "new":
        compared, base = value, ZERO
    return Group(
        key=key,
        value=value,
        compared=compared,
        base=base,
        change=percent(compared - base, base) if state == "ok" else None,
        contribution=percent(compared - base, result.base) if result.change_state == "ok" else None,
        change_state=state,
    )


def _unit_groups(ask, measures, units):
    """One row a unit, each asked by itself: units are never added together."""
    rows = []
    for unit in sorted(units):
        answer = volume("unit", measures, ask.but(by=None, parts=False, filters={**ask.filters, "unit": unit}))
        if answer.value or answer.base:
            rows.append(
                Group(unit, answer.value, answer.compared, answer.base, answer.change, None, answer.change_state)
            )
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def _namer(by, area, world):
    """Return key(pair, group) that names a value's group by its public code."""
    sites = area.sites
    if by in COLUMNS:
        codes = _codes(by, {key for groups in world.values.values() for key in groups})
        return lambda pair, key: codes[key]
    return {
        "supplier": lambda pair, key: sites[pair[0]].firm.code,
        "site": lambda pair, key: sites[pair[0]].code,
        "wilaya": lambda pair, key: sites[pair[0]].wilaya_code or TO_BE_COMPLETED,
        "month": lambda pair, key: f"{pair[1]:%Y-%m}",
        "year": lambda pair, key: f"{pair[1]:%Y}",
    }[by]


def _codes(by, ids):
    """Return {id: public code} of families, brands or parts; a reference of two firms is told apart by firm."""
    if by != "part":
        model = Family if by == "family" else Brand
        return {None: TO_BE_COMPLETED, **dict(model.objects.filter(pk__in=ids - {None}).values_list("pk", "code"))}
    parts = list(Part.objects.filter(pk__in=ids).values_list("pk", "reference", "firm__code"))
    seen = {}
    for _pk, reference, _firm in parts:
        seen[reference] = seen.get(reference, 0) + 1
    return {pk: reference if seen[reference] == 1 else f"{firm}:{reference}" for pk, reference, firm in parts}


# Coverage -------------------------------------------------------------------------------------------


def coverage(ask):
    """Declared site-months as a share of those expected or declared, up to the last covered month."""
    known = ("supplier", "site", "wilaya", "month", "year")
    if ask.by and ask.by not in known:
        raise WrongCall(
            _("There is no dimension '%(name)s'. There are: %(known)s.") % {"name": ask.by, "known": ", ".join(known)}
        )
    area, windows = volumes.perimeter(ask), windows_of(ask)
    world, _facts = volumes.declarations(ask, area, volumes.both_windows(windows))
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
    key_of = _namer(ask.by, area, world)
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
    return Group(key, value, value, base, points(now, then), None, _rate_state(value, base))


DEFINITIONS = {
    "produced": gettext_lazy(
        "Good parts that the sites declared as produced, without scrap and without parts made for others."
    ),
    "sold": gettext_lazy(
        "Parts that the sites declared as sold: after-market, first fit and not split; never exports."
    ),
    "coverage": gettext_lazy("Declarations received, nil ones included, as a share of those expected or received."),
}

GROWTH = gettext_lazy(
    "Change = compared / base − 1, summed over the same sites and months of both windows; a missing declaration takes "
    "its site-month out of both sides. Contribution = (compared − base of the group) / base of the total."
)

FIGURES = [
    Figure(
        "produced",
        gettext_lazy("Parts produced"),
        DEFINITIONS["produced"],
        GROWTH,
        "",
        produced,
        "piece",
        DIMS,
        volumes.FILTERS,
    ),
    Figure("sold", gettext_lazy("Parts sold"), DEFINITIONS["sold"], GROWTH, "", sold, "piece", DIMS, volumes.FILTERS),
    Figure(
        "coverage",
        gettext_lazy("Completeness of declarations"),
        DEFINITIONS["coverage"],
        gettext_lazy(
            "Completeness = site-months declared / site-months expected or declared, from January to the last covered month."
        ),
        "",
        coverage,
        "percent",
        ("supplier", "site", "wilaya", "month", "year"),
        volumes.FILTERS,
    ),
]
