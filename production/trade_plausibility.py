"""Rows of imports that do not fit the importer's own history: about ten or a thousand times too much or too little.

A row is compared with the lines of the same goods of the same importer and source that stand in the twelve months
before it, at least three of them; what is unchanged is never questioned. Imports come in lots, so that only what is far
from all of them is asked back. The reasons are those of volumes.
"""

from partstrack.numbers import plain
from partstrack.periods import months_between
from production.models import TradeLine, TradeStanding
from production.plausibility import REASONS

KNOWN, RECENT, TIMES = 3, 12, 8
GOODS = ("flow", "firm_id", "range_id", "family_id", "part_id", "unit_id")
MEASURES = ("quantity", "value")


def suspicions(batch, staged, standing, head_of):
    """Return (staged row, measure, public suspicion without its column) of the values that do not fit.

    `standing`: {(head key, line key): TradeLine}; `head_of(row)`: the key of the head that a row belongs to.
    """
    history, found = _history(batch, staged), []
    for row in staged:
        line = standing.get((head_of(row), row.key))
        for measure in MEASURES:
            value = getattr(row, measure)
            if value is None or (line and getattr(line, measure) == value):
                continue
            known = [amount for month, amount in history.get(_key(row, measure), ()) if _is_before(month, row.month)]
            if len(known) >= KNOWN and (verdict := _verdict(value, known)):
                found.append((row, measure, _said(row, measure, value, _middle(known), verdict)))
    return found


def _key(row, measure):
    goods = tuple(getattr(row, name) for name in GOODS)
    return measure, goods, row.currency if measure == "value" else ""


def _history(batch, staged):
    """Return {(measure, goods, currency): [(month, amount above zero)]} of what stands for these importers and families."""
    source = batch.options.get("source") or "customs"
    heads = {"head__source": source, "head__firm__isnull": bool(batch.options.get("national"))}
    returns = TradeStanding.objects.filter(to_v=None, **heads).values("trade_return")
    rows = TradeLine.objects.filter(trade_return__in=returns, family__in={row.family_id for row in staged})
    history = {}
    for line in rows.select_related("trade_return__head"):
        for measure in MEASURES:
            if amount := getattr(line, measure):
                history.setdefault(_key(line, measure), []).append((line.trade_return.head.month, amount))
    return history


def _is_before(month, asked):
    return 0 < months_between(month, asked) <= RECENT


def _middle(amounts):
    """Return the median."""
    ordered, half = sorted(amounts), len(amounts) // 2
    return ordered[half] if len(amounts) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _verdict(value, known):
    """Return the name of a reason, None for what fits; a zero is a fact: nothing came in."""
    middle = _middle(known)
    if value > 2 * max(known) and value >= TIMES * middle:
        return (
            "times_10"
            if value <= 20 * middle
            else "times_1000"
            if 500 * middle <= value <= 2000 * middle
            else "far_above"
        )
    if 0 < 2 * value < min(known) and TIMES * value <= middle:
        return (
            "divided_10"
            if 20 * value >= middle
            else "divided_1000"
            if middle <= 2000 * value <= 4 * middle
            else "far_below"
        )
    return None


def _said(row, measure, value, middle, verdict):
    goods = row.part.reference if row.part_id else row.range.code if row.range_id else ""
    return {
        "sheet": row.sheet,
        "row": row.row,
        "part": goods,
        "month": f"{row.month:%Y-%m}",
        "measure": measure,
        "value": plain(value),
        "expected": plain(middle),
        "reason": REASONS[verdict],
    }
