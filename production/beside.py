"""Imports beside local production, by family and year: the same months on both sides of a year."""

from dataclasses import dataclass, field
from datetime import date

from production.comparison import ZERO
from production.growth import volume
from production.local_share import local_market_share
from production.trade_figures import imports


@dataclass
class Year:
    """One year by family code: what was made here, what was imported, the local share where it can be computed.

    `window`: the months that both sides count, None when one of them has none.
    """

    year: int
    window: tuple | None
    local: dict = field(default_factory=dict)
    imported: dict = field(default_factory=dict)
    share: dict = field(default_factory=dict)
    total: tuple = (None, None)


def beside(ask, years):
    """Return a Year for each of some years. `ask`: its filters family, unit, source and perimeter count."""
    return [_year(ask.but(first=None, last=None, base_year=None, parts=False), year) for year in years]


def _year(ask, year):
    local = _keeping(ask, ("family", "unit")).but(by="family", year=year)
    foreign = _keeping(ask, ("family", "unit", "source", "perimeter")).but(by="family", year=year)
    made, came = volume("produced", local), imports(foreign)
    if made.window is None or came.window is None:
        return Year(year, None, _by_code(made), _by_code(came), {}, (made.value, came.value))
    window = (date(year, 1, 1), min(made.window[1], came.window[1]))
    if made.window != window:
        made = volume("produced", local.but(year=None, first=window[0], last=window[1]))
    if came.window != window:
        came = imports(foreign.but(year=None, first=window[0], last=window[1]))
    shares = local_market_share(local.but(year=None, first=window[0], last=window[1]))
    return Year(year, window, _by_code(made), _by_code(came), _by_code(shares), (made.value, came.value))


def _by_code(answer):
    return {group.key: group.value for group in answer.groups or ()}


def _keeping(ask, names):
    return ask.but(filters={name: code for name, code in ask.filters.items() if name in names})


def families(found):
    """Return the codes of all families of some Years, the most local production of the last year first."""
    codes = {code for year in found for code in (*year.local, *year.imported)}
    last = found[-1]
    return sorted(codes, key=lambda code: (-(last.local.get(code) or ZERO), -(last.imported.get(code) or ZERO), code))
