"""The chart of a rate that is foreseen: as expected, as planned, and the minimum that is asked for, month by month."""

from dataclasses import dataclass
from decimal import Decimal

from partstrack import charts


@dataclass(frozen=True)
class Month:
    """A month of the chart: its name, its rates in percent, the minimum that is due by then (None: none), what its tip says."""

    name: str
    expected: Decimal
    planned: Decimal
    minimum: Decimal | None
    tip: str


def forecast(rows, language="fr", direction="ltr", narrow=False, span=12):
    """Return the rates as steps over the months, the minimum as a red line above which they have to be."""
    data = [
        {
            "at": row.name,
            "value": float(row.expected),
            "base": float(row.planned),
            "least": None if row.minimum is None else float(row.minimum),
            "tip": row.tip,
        }
        for row in rows
    ]
    step = {"type": "line", "interpolate": "step-after", "tooltip": None}
    layers = [
        charts.unseen_columns(),
        _line("base", step | {"color": charts.colour("base"), "strokeWidth": 1.8, "strokeDash": [4, 3]}),
        _line("least", step | {"color": charts.colour("down"), "strokeWidth": 1.6}),
        _line("value", step | {"color": charts.colour("accent"), "strokeWidth": 2.6}),
    ]
    every = -(-len(rows) // (4 if narrow else 9))
    axis = {
        "title": None,
        "labelAngle": 0,
        "ticks": False,
        "grid": False,
        "values": [row.name for row in rows][::every],
    }
    x = {"field": "at", "type": "ordinal", "sort": None, "axis": axis}
    x["scale"] = {"type": "band", "reverse": direction == "rtl"}
    y = {"type": "quantitative", "title": None, "axis": charts.values_axis(direction, ".0f")}
    return charts.chart(data, language, narrow, span, 240, encoding={"x": x, "y": y}, layer=layers)


def _line(field, mark):
    return {"mark": mark, "encoding": {"y": {"field": field, "type": "quantitative"}}}
