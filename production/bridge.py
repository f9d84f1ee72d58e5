"""The bridge of a volume: what led from the base to what is compared, adding up exactly; and the largest movers."""

from django.utils.translation import gettext_lazy as _

from partstrack.figures import Group, percent
from production.comparison import ZERO, group_sums
from production.definitions import DEFINITIONS
from production.growth import DIMS, answer, study, volume
from production.spans import FILTERS, measured

NEW, LOST, ALIKE, ONE_SIDED, MISSING = "new", "lost", "like_for_like", "one_sided", "missing"
MOVEMENTS = {
    NEW: _("New suppliers"),
    LOST: _("Lost suppliers"),
    ALIKE: _("Existing suppliers, like for like"),
    ONE_SIDED: _("Existing suppliers, sites that joined or left"),
    MISSING: _("Missing declarations"),
}
BRIDGE_DIMS = ("movement", *DIMS)


def bridge(ask):
    """Answer about a volume by movement (the default) or by another dimension; groups add up from base to compared."""
    name, asked = measured(ask.but(by=ask.by or "movement"), BRIDGE_DIMS, FILTERS)
    if asked.by != "movement":
        return volume(name, asked).but(name="bridge", definition=DEFINITIONS["bridge"])
    found = study(name, asked)
    return answer(found, movements(found), name="bridge", definition=DEFINITIONS["bridge"])


def movements(found):
    """Return one Group a movement, in the order of MOVEMENTS.

    new, lost: suppliers that are on one side of the compared pairs only; like_for_like: pairs that existing suppliers
    declared on both sides, and plants that changed hands; one_sided: their other pairs (a site that joined or left);
    missing: what was declared in the window and is not compared, because its counterpart is missing or its month is not covered.
    """
    world, result = found.world, found.result
    kinds = {pair: kind for (pair, _before), kind in _kinds(found).items()}
    left = NEW if result.change_state == "new" else MISSING
    sums = group_sums(world, result, found.windows, lambda pair, _key: kinds.get(pair, left))
    return tuple(_movement(kind, sums.get(kind, (ZERO, ZERO, ZERO)), result) for kind in MOVEMENTS)


def _kinds(found):
    """Return {headline pair: movement}. Neither side of such a pair is missing: a side is declared, or not expected."""
    world, firm_of = found.world, {pk: site.firm_id for pk, site in found.area.sites.items()}
    now, then = set(), set()
    for pair, before in found.result.pairs:
        now |= {firm_of[pair[0]]} if world.said(pair) else set()
        then |= {firm_of[pair[0]]} if world.said(before) else set()

    alike = set(found.result.alike_pairs)

    def kind(pair, before):
        if pair[0] in world.plants and (pair, before) in alike:
            return ALIKE  # a plant that changed hands neither came nor went
        firm = firm_of[pair[0]]
        if firm not in then:
            return NEW
        if firm not in now:
            return LOST
        return ALIKE if world.said(pair) and world.said(before) else ONE_SIDED

    return {each: kind(*each) for each in found.result.pairs}


def _movement(kind, sums, result):
    value, compared, base = sums
    if result.change_state == "new" and kind == NEW:
        compared, base = value, ZERO
    state = "not_comparable" if kind == MISSING else "ok" if base else "new" if compared else "none"
    return Group(
        key=kind,
        value=value,
        compared=compared,
        base=base,
        change=percent(compared - base, base) if state == "ok" else None,
        contribution=percent(compared - base, result.base) if result.change_state == "ok" else None,
        change_state=state,
        label=str(MOVEMENTS[kind]),
    )


def movers(found_groups, most=5):
    """Return (the groups that rose most, those that fell most), by what they add to the total."""
    moved = [group for group in found_groups if group.compared != group.base]
    up = sorted((g for g in moved if g.compared > g.base), key=lambda g: (g.base - g.compared, g.key))
    down = sorted((g for g in moved if g.compared < g.base), key=lambda g: (g.compared - g.base, g.key))
    return up[:most], down[:most]
