"""The numbers of imports: quantity and value, with growth as volumes have it. Functions of an Ask; no request, no clock."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Firm
from catalogue.models import Family
from partstrack.figures import Answer, Group, checked, percent
from partstrack.periods import month_range, to_iso
from partstrack.registry import Figure
from places.models import Country
from production import avoided, local_share, policy, sourcing, trade
from production.comparison import CUT_SHARE, ZERO, change_state, compare, group_sums
from production.growth import windows_of
from production.models import Range
from production.models.trade import MONEY

DIMS = ("range", "family", "importer", "origin", "month", "year")
NOBODY = "-"
COLUMNS = {
    "range": ("range_id", Range),
    "family": ("family_id", Family),
    "importer": ("firm_id", Firm),
    "origin": ("country_id", Country),
}
VALUE_FILTERS = tuple(name for name in trade.FILTERS if name != "unit")


def imports(ask):
    """Goods imported, in one unit."""
    return _answer("imports", "quantity", checked(ask, DIMS, trade.FILTERS))


def imports_value(ask):
    """Goods imported, in DZD at the rates frozen with their lines."""
    return _answer("imports_value", "dinars", checked(ask, DIMS, VALUE_FILTERS))


def _answer(name, measure, ask):
    where, windows = trade.area(ask), windows_of(ask)
    asked = month_range(windows.first, windows.last)
    months = [*asked, *map(windows.base, asked)]
    world, facts = trade.world(ask, where, months, measure, _column(ask.by, where))
    result = compare(world, windows)
    inside = set(month_range(*result.window)) if result.window else set()
    return Answer(
        name=name,
        value=result.value,
        unit=MONEY if measure == "dinars" else where.unit,
        state=result.state,
        version=ask.version,
        definition=DEFINITIONS[name],
        compared=result.compared,
        base=result.base,
        change=result.change,
        change_state=result.change_state,
        like_for_like=_like_for_like(result),
        window=result.window,
        base_window=result.base_window,
        after_cut=result.after_cut,
        coverage=result.coverage,
        basis=f"{trade.words(where)} {basis(result)}",
        rows=sum(count for pair, count in facts["lines"].items() if pair in world.declared and pair[1] in inside),
        other_units=_other_units(world, facts, inside),
        groups=_groups(ask, where, world, result, windows) if ask.by else None,
        by=ask.by,
        compared_months=result.months,
        queryset=_rows(ask, where, result.window),
    )


def _like_for_like(result):
    compared, base = result.alike
    change = percent(compared - base, base) if base else None
    return {"compared": compared, "base": base, "change": change, "parts": None}


def _other_units(world, facts, inside):
    sums = {
        unit: sum((value for pair, value in pairs.items() if pair in world.declared and pair[1] in inside), ZERO)
        for unit, pairs in sorted(facts["units"].items())
    }
    return tuple({"unit": unit, "value": value} for unit, value in sums.items() if value)


def _rows(ask, where, window):
    """Return the lines behind the answer; None when no month counts."""
    if window is None:
        return None
    lines = trade.lines_of(ask.version, where).filter(where.rows)
    months = {"trade_return__head__month__gte": window[0], "trade_return__head__month__lte": window[1]}
    return lines.filter(**months)


def lines_url(answer, filters, situation):
    """Return the address of the lines behind an answer, at the same data version; "" when there are none."""
    if answer.window is None:
        return ""
    months = {"month_from": to_iso(answer.window[0]), "month_to": to_iso(answer.window[1])}
    unit = {} if answer.unit == MONEY else {"unit": answer.unit}
    said = {**filters, **unit, **months, **situation}
    return f"{reverse('trade_list')}?{urlencode({name: value for name, value in said.items() if value})}"


def basis(result):
    """Say in one sentence what was compared."""
    if result.window is None:
        return _("No month has enough returns.")
    if not result.months:
        return _("No month has enough returns in both windows.")
    share, whole = CUT_SHARE
    return _(
        "%(months)d compared months, each with at least %(share)d/%(whole)d of the expected returns in both years; "
        "%(pairs)d importer-months compared."
    ) % {"months": len(result.months), "share": share, "whole": whole, "pairs": sum(map(len, result.sites.values()))}


def _column(by, where):
    """Return the column of lines that tells groups apart; importers of their own returns are told apart by sender."""
    return COLUMNS[by][0] if by in COLUMNS and not _by_sender(by, where) else None


def _by_sender(by, where):
    return by == "importer" and not where.national


def _groups(ask, where, world, result, windows):
    key_of = _namer(ask.by, where, world)
    whose, own = _own(ask.by, where, key_of, world, result)
    rows = []
    for key, sums in group_sums(world, result, windows, key_of).items():
        seen = result.seen.part(**{whose: frozenset(own.get(key, ()))})
        rows.append(_group(key, sums, change_state(world, windows, seen, sums), result))
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


def _own(by, where, key_of, world, result):
    """Return what tells the groups apart, "sites" (senders), "keys" (of values) or "months", and {key: its own}."""
    if _by_sender(by, where):
        whose, named = "sites", ((pair[0], key_of(pair, None)) for pair in world.declared)
    elif by in COLUMNS:
        whose, named = "keys", ((group, key_of(None, group)) for pairs in world.values.values() for group in pairs)
    else:
        whose, named = "months", ((month, key_of((None, month), None)) for month in result.seen.asked)
    own = {}
    for member, key in named:
        own.setdefault(key, set()).add(member)
    return whose, own


def _group(key, sums, state, result):
    value, compared, base = sums
    if result.change_state == "new":
        compared, base = value, ZERO
    change = percent(compared - base, base) if state == "ok" else None
    contribution = percent(compared - base, result.base) if result.change_state == "ok" else None
    return Group(key, value, compared, base, change, contribution, state)


def _namer(by, where, world):
    """Return key(pair, group) that names a value's group by its public code."""
    if by not in COLUMNS:
        style = "%Y-%m" if by == "month" else "%Y"
        return lambda pair, group: format(pair[1], style)
    sender = _by_sender(by, where)
    ids = (
        {pair[0] for pair in world.declared}
        if sender
        else {each for groups in world.values.values() for each in groups}
    )
    codes = dict(COLUMNS[by][1].objects.filter(pk__in=ids - {None}).values_list("pk", "code"))
    return lambda pair, group: codes.get(pair[0] if sender else group, NOBODY)


DEFINITIONS = {
    "imports": gettext_lazy(
        "Goods that importers returned as imported, from one source (customs unless another is asked for), in one unit; "
        "importers' own returns, or national ones when they are asked for, never both."
    ),
    "imports_value": gettext_lazy(
        "Value of the goods that importers returned as imported, in DZD, each line at the exchange rate frozen with it."
    ),
}
GROWTH = gettext_lazy(
    "Change = compared / base − 1, summed over the same importers and months of both windows; an importer's month "
    "without a return is missing, never zero."
)

FIGURES = [
    Figure(
        "imports",
        gettext_lazy("Imports"),
        DEFINITIONS["imports"],
        GROWTH,
        "",
        imports,
        "piece",
        DIMS,
        trade.FILTERS,
        rows_url=lines_url,
        right="see_all",
    ),
    Figure(
        "imports_value",
        gettext_lazy("Value of imports"),
        DEFINITIONS["imports_value"],
        GROWTH,
        "",
        imports_value,
        MONEY,
        DIMS,
        VALUE_FILTERS,
        rows_url=lines_url,
        right="see_all",
    ),
    *sourcing.FIGURES,
    *local_share.FIGURES,
    *avoided.FIGURES,
    *policy.FIGURES,
]
