"""From a line of imports back to its cells: the file, sheet, row and column in which each value has stood ever since."""

from production.models import TradeLine, TradeReturn, TradeStanding
from production.models.trade import KEY
from production.trade_rows import MEASURE_NAMES


def cells(line):
    """Return [(measure name, value, batch, sheet, row, column letters)] of what a line says."""
    chain = _chain(line)
    return [
        (name, getattr(line, measure), *_cell(_origin(chain, measure), measure))
        for measure, name in MEASURE_NAMES.items()
        if getattr(line, measure) is not None
    ]


def _chain(line):
    """Return the lines of the same goods, from this return back through those it is based on."""
    chain, based_on = [line], line.trade_return.based_on_id
    goods = {
        f"{name}__isnull" if value is None else name: value is None or value
        for name, value in zip(KEY, line.key, strict=True)
    }
    while based_on:
        made = TradeReturn.objects.get(pk=based_on)
        before = TradeLine.objects.filter(trade_return=made, **goods).select_related("batch").first()
        if before is None:
            break
        chain.append(before)
        based_on = made.based_on_id
    return chain


def _origin(chain, measure):
    """Return the oldest line in which the value has stood ever since."""
    origin = chain[0]
    for before in chain[1:]:
        if getattr(before, measure) != getattr(origin, measure):
            break
        origin = before
    return origin


def _cell(line, measure):
    layout = line.batch.layout.get(line.source_sheet, {}) if line.batch else {}
    return line.batch, line.source_sheet, line.source_row, layout.get("columns", {}).get(measure, "")


def revisions(line, version):
    """Return [(return, line or None, whether it stood at the version)] of the month's revisions, the latest first."""
    head = line.trade_return.head
    stood = set(TradeStanding.objects.standing(version).filter(head=head).values_list("trade_return", flat=True))
    lines = {
        each.trade_return_id: each for each in TradeLine.objects.filter(trade_return__head=head) if each.key == line.key
    }
    returns = head.returns.select_related("author", "batch").order_by("-revision", "-pk")
    return [(made, lines.get(made.pk), made.pk in stood) for made in returns]
