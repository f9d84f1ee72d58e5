"""Groups of an answer: value, compared and base by a dimension, over the months and pairs of the total, adding up to it."""

from catalogue.models import Brand, Family, Part
from partstrack.figures import Group, percent
from production.comparison import ZERO, change_state, group_sums
from production.models import Range
from production.volumes import IN_NO_RANGE, IN_SEVERAL_RANGES, RANGE

SITE_DIMS = ("supplier", "site", "wilaya")
# Dimensions that cut a site's month: the column of the sums that tells the groups apart.
COLUMNS = {"family": "family_id", "part": "part_id", "brand": "brand_id", "range": RANGE}
TO_BE_COMPLETED = "-"
OUTSIDE = {IN_NO_RANGE: TO_BE_COMPLETED, IN_SEVERAL_RANGES: "*"}  # no code of a range is one of these


def sites_together(by):
    """Say whether groups by this dimension never tell sites apart; of parts there are too many to gain by it."""
    return by not in (*SITE_DIMS, "part")


def groups(by, area, found):
    """Return the Groups of what was studied, by value descending, then key. `found`: its world, windows and result."""
    world, windows, result = found.world, found.windows, found.result
    key_of = namer(by, area, world)
    part_of = parts_seen(by, key_of, area, world, result)
    rows = [
        _group(key, sums, change_state(world, windows, part_of(key), sums), result)
        for key, sums in group_sums(world, result, windows, key_of).items()
    ]
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def parts_seen(by, key_of, area, world, result):
    """Return seen(key): what decides whether the change of a group may be stated."""
    whose, own = _own(by, key_of, area, world, result)
    return lambda key: result.seen.part(**{whose: frozenset(own.get(key, ()))})


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


def namer(by, area, world):
    """Return key(pair, group) that names a value's group by its public code."""
    sites = area.sites
    if by in COLUMNS:
        codes = _codes(by, {key for groups in world.values.values() for key in groups})
        return lambda pair, key: codes[key]
    return {
        "supplier": lambda pair, key: sites[pair[0]].firm.code,
        "site": lambda pair, key: sites[pair[0]].code,
        "wilaya": lambda pair, key: sites[pair[0]].wilaya_code or TO_BE_COMPLETED,
        "month": lambda pair, key: pair[1].isoformat()[:7],
        "year": lambda pair, key: pair[1].isoformat()[:4],
    }[by]


def _codes(by, ids):
    """Return {id: public code} of families, brands or parts; a reference of two firms is told apart by firm."""
    if by == "range":
        return {**OUTSIDE, **dict(Range.objects.filter(pk__in=ids).values_list("pk", "code"))}
    if by != "part":
        model = Family if by == "family" else Brand
        return {None: TO_BE_COMPLETED, **dict(model.objects.filter(pk__in=ids - {None}).values_list("pk", "code"))}
    parts = list(Part.objects.filter(pk__in=ids).values_list("pk", "reference", "firm__code"))
    seen = {}
    for _pk, reference, _firm in parts:
        seen[reference] = seen.get(reference, 0) + 1
    return {pk: reference if seen[reference] == 1 else f"{firm}:{reference}" for pk, reference, firm in parts}
