"""The chart of spans of days: what was planned, what happened, what is late and what is expected, with today's line."""

from dataclasses import dataclass
from datetime import date

from partstrack import charts, periods

PLANNED, DONE, LATE, AHEAD = "planned", "done", "late", "ahead"
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two ticks
TICKS = {False: 10, True: 4}  # at most so many, narrow or not
LABELS = {False: 230, True: 110}  # pixels of a label
HUES = {DONE: ("accent", 1), LATE: ("down", 1), AHEAD: ("accent", 0.32)}


@dataclass(frozen=True)
class Row:
    """A row of the chart. `spans`: (kind, first day, last day); `days`: those on which something was planned;
    `reached`: those on which it happened; `end`: the day of the diamond, None where there is none.
    """

    label: str
    tip: str
    spans: tuple[tuple[str, date, date], ...]
    days: tuple[date, ...] = ()
    reached: tuple[date, ...] = ()
    end: date | None = None


def timeline(rows, today, language="fr", direction="ltr", narrow=False, span=12):
    """Return the rows under one another on a scale of days, in the order given, with a line for `today`."""
    known = {day for row in rows for day in _days_of(row)} | {today}
    first, last = periods.month_of(min(known)), periods.shift(periods.month_of(max(known)), 1)
    data = charts.told_apart([{"label": charts.written(row.label, direction), "tip": row.tip} for row in rows])
    spans, marks = [], []
    for row, own in zip(rows, data, strict=True):
        spans += [
            own | {"kind": kind, "start": (start - first).days, "end": (end - first).days}
            for kind, start, end in row.spans
        ]
        marks += [own | {"mark": name, "at": (day - first).days} for name, day in _marks(row)]
    ticks = _ticks(first, last, language, narrow)
    scale = {"domain": [0, (last - first).days], "nice": False, "zero": False, "reverse": direction == "rtl"}
    x = {"field": "start", "type": "quantitative", "title": None, "scale": scale, "axis": _axis(ticks, first)}
    at = {"field": "at", "type": "quantitative", "title": None}
    layers = [
        _bars(PLANNED, ("base", 0.35), 0.8, x),
        *(_bars(kind, hue, 0.4, x) for kind, hue in HUES.items()),
        _points("planned", {"type": "tick", "color": charts.colour("muted"), "thickness": 1.6, "bandSize": 20}, at),
        _points("reached", {"type": "point", "shape": "circle", "size": 34, "color": charts.colour("ink")}, at),
        _points("end", {"type": "point", "shape": "diamond", "size": 90, "color": charts.colour("ink")}, at),
        {
            "data": {"values": [{"at": (today - first).days}]},
            "mark": {"type": "rule", "color": charts.colour("down"), "strokeWidth": 1.4, "strokeDash": [4, 3]},
            "encoding": {"x": at, "y": {"value": 0}, "y2": {"value": "height"}},
        },
    ]
    spec = charts.rows_chart(data, layers, language, direction, narrow, span)
    spec["data"] = {"values": [*spans, *marks]}
    spec["encoding"]["y"]["axis"]["labelLimit"] = LABELS[narrow]
    spec["encoding"]["y"]["scale"] = {"domain": [row["label"] for row in data]}
    return spec


def _days_of(row):
    return {day for _kind, *days in row.spans for day in days} | {day for _name, day in _marks(row)}


def _marks(row):
    ends = [("end", row.end)] if row.end else []
    return [*(("planned", day) for day in row.days), *(("reached", day) for day in row.reached), *ends]


def _bars(kind, hue, thickness, x):
    name, opacity = hue
    mark = {"type": "bar", "cornerRadius": 2, "height": {"band": thickness}, "opacity": opacity}
    return {
        "mark": mark | {"color": charts.colour(name)},
        "encoding": {"x": x, "x2": {"field": "end"}, "tooltip": {"field": "tip", "type": "nominal"}},
        "transform": [{"filter": f"datum.kind === '{kind}'"}],
    }


def _points(name, mark, at):
    return {
        "mark": mark | {"filled": True, "opacity": 1, "tooltip": None},
        "encoding": {"x": at},
        "transform": [{"filter": f"datum.mark === '{name}'"}],
    }


def _ticks(first, last, language, narrow):
    """Return {first day of a month: its name} so that they have room, each a whole step from January."""
    months = periods.month_range(first, last)
    step = next((step for step in STEPS if len(months) / step <= TICKS[narrow]), STEPS[-1])
    return {
        month: periods.month_name(month, language, "short")
        for month in months
        if (month.year * 12 + month.month - 1) % step == 0
    }


def _axis(ticks, first):
    """Return the axis that says months: vega knows their names in no language of the house."""
    named = {f"{(month - first).days}": name for month, name in ticks.items()}
    words = ", ".join(f"'{at}': '{name}'" for at, name in named.items())
    axis = {"values": [int(at) for at in named], "labelExpr": f"{{{words}}}[datum.value]", "labelFlush": True}
    return axis | {"domain": False, "ticks": False, "grid": True, "labelAngle": 0, "labelOverlap": True}
