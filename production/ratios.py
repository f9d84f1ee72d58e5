"""Rates and prices: a sum over a sum, over the lines that say both. Never a mean of rates."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partstrack.figures import Answer, Group, checked, percent, points
from partstrack.numbers import quotient12
from partstrack.periods import month_range
from production import perimeters, standings, volumes
from production.comparison import ZERO, change_state, compare, group_sums
from production.definitions import DEFINITIONS
from production.groups import COLUMNS, namer, parts_seen
from production.growth import DIMS as VOLUME_DIMS
from production.growth import MONEY, basis, windows_of
from production.models import SOLD

DIMS = tuple(dim for dim in VOLUME_DIMS if dim != "unit")


@dataclass(frozen=True)
class Ratio:
    """What is divided by what: columns of the lines. `both`: of each of these a line must say something to count."""

    over: tuple[str, ...]
    under: tuple[str, ...]
    both: tuple[tuple[str, ...], ...]
    is_rate: bool = False

    def value(self, over, under):
        """Return the quotient, x 100 for a rate, at 12 decimals; None when there is nothing to divide by."""
        if self.is_rate:
            return percent(over, under)
        return quotient12(over, under) if under else None

    def change(self, now, then):
        """Return the change from one (over, under) to another: points of a rate, percent of a price."""
        if self.is_rate:
            return points(now, then)
        (over, under), (over_then, under_then) = now, then
        return percent(over * under_then - over_then * under, over_then * under) if under_then else None


RATIOS = {
    "scrap_rate": Ratio(("scrapped",), ("produced", "scrapped"), (("produced",), ("scrapped",)), is_rate=True),
    "price_produced": Ratio(("value_produced",), ("produced",), (("value_produced",), ("produced",))),
    "price_sold": Ratio(("value_sold",), SOLD, (("value_sold",), SOLD)),
}


def ratio(name, ask):
    """Answer a question about a ratio of RATIOS; numerator, denominator and their groups add up to the total's."""
    checked(ask, DIMS, perimeters.FILTERS)
    kind, area, windows = RATIOS[name], perimeters.perimeter(ask), windows_of(ask)
    months, by = perimeters.both_windows(windows), COLUMNS.get(ask.by)
    over, _facts = volumes.world(ask, area, months, kind.over, by, kind.both)
    under, facts = volumes.world(ask, area, months, kind.under, by, kind.both)
    result = compare(under, windows)
    inside = set(month_range(*result.window)) if result.window else set()
    top = compare(over, windows)  # over the same declarations: the same months and pairs
    sums = ((top.value, result.value), *_sides(result.pairs, over, under))
    said = Group(key="", **_measured(kind, sums, result.change_state))
    lines, counted = (_inside(facts[kept], under, inside) for kept in ("lines", "said"))
    return Answer(
        name=name,
        value=said.value,
        unit="percent" if kind.is_rate else f"{MONEY}/{area.unit}",
        state=result.state,
        version=ask.version,
        definition=DEFINITIONS[name],
        compared=said.compared,
        base=said.base,
        change=said.change,
        change_unit="points" if kind.is_rate else "percent",
        change_state=said.change_state,
        like_for_like=_like_for_like(kind, result, over, under),
        window=result.window,
        base_window=result.base_window,
        coverage=result.coverage,
        basis=_basis(result, counted, lines),
        numerator=top.value,
        denominator=result.value,
        rows=counted,
        groups=_groups(kind, ask.by, area, windows, over, under, result) if ask.by else None,
        by=ask.by,
        compared_months=result.months,
        queryset=_lines(kind, ask, area, result.window, facts["left_out"]) if result.window else None,
    )


def _basis(result, counted, lines):
    """Say what was compared, and how many lines say both."""
    said = _("%(said)d of %(lines)d lines say both.") % {"said": counted, "lines": lines}
    return f"{basis(result)} {said}"


def _sides(pairs, over, under):
    """Return ((over, under) of the asked side of pairs, the same of the base)."""
    return tuple(
        tuple(sum((world.value(pair[side]) for pair in pairs), ZERO) for world in (over, under)) for side in (0, 1)
    )


def _measured(kind, sums, state):
    """Return value, compared, base, change and its state of ((over, under) of the window, of each side of the pairs)."""
    whole, now, then = sums
    values = [None if under is None else kind.value(over, under) for over, under in sums]
    if state == "new":
        now, values = whole, [values[0], values[0], None]
    state = _state(kind, state, now, then)
    return {
        "value": values[0],
        "compared": values[1],
        "base": values[2],
        "change": kind.change(now, then) if state == "ok" else None,
        "contribution": None,
        "change_state": state,
        "numerator": whole[0],
        "denominator": whole[1],
    }


def _state(kind, state, now, then):
    """Return the state of a change of a quotient: its denominators decide, and a price from 0 has no change."""
    if state == "ok" and not now[1]:
        return "none"
    if state == "ok" and not kind.is_rate and not then[0]:
        return "new" if now[0] else "none"
    return state


def _like_for_like(kind, result, over, under):
    now, then = _sides(result.alike_pairs, over, under)
    alike = bool(now[1] and then[1])
    return {
        "compared": kind.value(*now),
        "base": kind.value(*then),
        "change": kind.change(now, then) if alike else None,
        "parts": None,
    }


def _inside(counts, world, months):
    return sum(count for pair, count in counts.items() if pair[1] in months and world.inside(pair))


def _groups(kind, by, area, windows, over, under, result):
    """Return a Group for each key, by value descending, then key."""
    key_of = namer(by, area, under)
    part_of = parts_seen(by, key_of, area, under, result)
    tops, rows = group_sums(over, result, windows, key_of), []
    for key, bottoms in group_sums(under, result, windows, key_of).items():
        state = change_state(under, windows, part_of(key), bottoms)
        if result.change_state == "new":
            bottoms, tops[key] = [bottoms[0], bottoms[0], ZERO], [tops[key][0], tops[key][0], ZERO]
        rows.append(Group(key=key, **_measured(kind, tuple(zip(tops[key], bottoms, strict=True)), state)))
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def _lines(kind, ask, area, window, left_out):
    """Return the lines that stand and say both."""
    rows = standings.standing_lines(ask, area, window, left_out)
    for names in kind.both:
        rows = rows.exclude(**{f"{name}__isnull": True for name in names})
    return rows
