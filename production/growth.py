"""A volume and its growth: the sum of some measures, compared as the design says. Functions of an Ask; no request, no clock."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partstrack.figures import Answer, Group, WrongCall, checked, percent
from partstrack.periods import month_range
from production import groups, perimeters, standings, volumes
from production.comparison import CUT_SHARE, ZERO, Windows, compare
from production.definitions import DEFINITIONS
from production.models import SOLD

DIMS = ("supplier", "site", "family", "part", "month", "year", "wilaya", "brand", "range", "unit")
MONEY = "DZD"


@dataclass(frozen=True)
class Measured:
    """What a volume sums: columns of the lines, and its unit where that is not the unit of the lines."""

    columns: tuple[str, ...]
    unit: str = ""


VOLUMES = {
    "produced": Measured(("produced",)),
    "sold": Measured(SOLD),
    "sold_after_market": Measured(("sold_after_market",)),
    "sold_first_fit": Measured(("sold_first_fit",)),
    "scrapped": Measured(("scrapped",)),
    "value_produced": Measured(("value_produced",), MONEY),
    "value_sold": Measured(("value_sold",), MONEY),
}


def windows_of(ask):
    """Return the Windows of a question; --base-year moves the base so that its end falls in that year."""
    first, last, fixed = perimeters.months_of(ask)
    base_year = ask.base_year if ask.base_year is not None else last.year - 1
    if base_year >= last.year:
        raise WrongCall(_("The base year must come before the asked one."))
    return Windows(first, last, 12 * (last.year - base_year), fixed)


@dataclass(frozen=True)
class Study:
    """A volume that was read and compared: the question, its perimeter and windows, what is known, the result."""

    name: str
    ask: object
    area: perimeters.Perimeter
    windows: Windows
    world: object
    facts: dict
    result: object

    @property
    def columns(self):
        """The columns of the lines that are summed."""
        return VOLUMES[self.name].columns

    @property
    def unit(self):
        """What is counted: the asked unit of the lines, or money."""
        return VOLUMES[self.name].unit or self.area.unit

    @property
    def inside(self):
        """The months of the window, up to L."""
        return month_range(*self.result.window) if self.result.window else []


def study(name, ask, together=False):
    """Read and compare a volume; `ask.by` decides by what its values are kept apart.

    `together`: nobody asks the study for single sites, so that their values need not be told apart.
    """
    area, windows = perimeters.perimeter(ask, None if VOLUMES[name].unit else "piece"), windows_of(ask)
    months, by = perimeters.both_windows(windows), groups.COLUMNS.get(ask.by)
    back = windows.back if together else None
    world, facts = volumes.world(ask, area, months, VOLUMES[name].columns, by, back=back)
    return Study(name, ask, area, windows, world, facts, compare(world, windows))


def volume(name, ask):
    """Answer a question about a volume of VOLUMES, with its growth and its groups."""
    checked(ask, dims_of(name), perimeters.FILTERS)
    found = study(name, ask, groups.sites_together(ask.by))
    rows = None
    if ask.by:
        rows = _unit_groups(found) if ask.by == "unit" else groups.groups(ask.by, found.area, found)
    return answer(found, rows)


def dims_of(name):
    """Return the dimensions of a volume; money is one unit already."""
    return DIMS if not VOLUMES[name].unit else tuple(dim for dim in DIMS if dim != "unit")


def answer(found, rows=None, **more):
    """Return the Answer of a Study with its groups; `more` replaces what a figure says otherwise."""
    result, inside = found.result, set(found.inside)
    counted = (n for pair, n in found.facts["lines"].items() if pair in found.world.declared and pair[1] in inside)
    left_out = found.facts["left_out"]
    said = {
        "name": found.name,
        "value": result.value,
        "unit": found.unit,
        "state": result.state,
        "version": found.ask.version,
        "definition": DEFINITIONS[found.name],
        "compared": result.compared,
        "base": result.base,
        "change": result.change,
        "change_state": result.change_state,
        "like_for_like": _like_for_like(found),
        "window": result.window,
        "base_window": result.base_window,
        "after_cut": result.after_cut,
        "coverage": result.coverage,
        "basis": basis(result),
        "rows": sum(counted),
        "other_units": _other_units(found.world, found.facts, inside),
        "groups": rows,
        "by": found.ask.by,
        "compared_months": result.months,
        "queryset": standings.standing_lines(found.ask, found.area, result.window, left_out) if result.window else None,
    }
    return Answer(**{**said, **more})


def _like_for_like(found):
    compared, base = found.result.alike
    change = percent(compared - base, base) if base else None
    parts = _like_for_like_parts(found) if found.ask.parts else None
    return {"compared": compared, "base": base, "change": change, "parts": parts}


def _like_for_like_parts(found):
    """Compare only the parts that both sides of a like-for-like pair said; a nil declaration says 0 of every part."""
    result, ask = found.result, found.ask
    months = {month for pairs in result.alike_pairs for _site, month in pairs}
    world, _facts = volumes.world(ask, found.area, months, found.columns, "part_id")
    nil = set(standings.nil_pairs(ask.version, months))
    compared = base = ZERO
    for pair, before in result.alike_pairs:
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
    ) % {"months": len(result.months), "share": share, "whole": whole, "pairs": sum(map(len, result.sites.values()))}


def _unit_groups(found):
    """One row a unit, each asked by itself: units are never added together."""
    ask, rows = found.ask.but(by=None, parts=False), []
    for unit in sorted({found.area.unit, *found.facts["units"]}):
        said = study(found.name, ask.but(filters={**ask.filters, "unit": unit})).result
        if said.value or said.base:
            rows.append(Group(unit, said.value, said.compared, said.base, said.change, None, said.change_state))
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))
