"""The chart of growth over time: a year over its base year, with its target, its seasons and what people noted."""

from partstrack import charts
from partstrack.numbers import show


def trend(months, years, values, base, target=None, marks=(), language="fr", **options):
    """Return charts.line_years with more: `target` a month (Decimal or None), `marks` one (season, note) a month.

    `season`: its name where it falls into the month, else ""; `note`: what people wrote, else "".
    """
    spec = charts.line_years(months, years, values, base, language=language, **options)
    rows = spec["data"]["values"]
    for row, (season, note) in zip(rows, marks, strict=False):
        row |= {"season": season, "note": note}
        row["tip"] = "\n".join(text for text in (row["tip"], season, note) if text)
    unseen, *others = spec["layer"]
    spec["encoding"]["x"]["scale"]["domain"] = list(months)  # else the layer of seasons would put its months first
    spec["layer"] = [*([_season()] if _any(rows, "season") else []), unseen, *others]
    if target is not None and others:
        for row in rows:
            row |= {"target": float(target), "tip": f"{row['tip']}\n◇ {show(target, language, 0)}"}
        spec["layer"].append(_target())
    if _any(rows, "note"):
        spec["layer"].append(_note())
    return spec


def _any(rows, key):
    return any(row.get(key) for row in rows)


def _season():
    mark = {"type": "rect", "color": charts.colour("base"), "opacity": 0.16, "width": {"band": 1}, "tooltip": None}
    return {
        "mark": mark,
        "encoding": {"y": {"value": 0}, "y2": {"value": "height"}},
        "transform": [{"filter": "datum.season"}],
    }


def _target():
    mark = {"type": "line", "color": charts.colour("ink"), "strokeWidth": 1.6, "strokeDash": [2, 3], "tooltip": None}
    return {"mark": mark, "encoding": {"y": {"field": "target", "type": "quantitative"}}}


def _note():
    mark = {"type": "point", "shape": "triangle-down", "filled": True, "opacity": 1, "size": 70, "tooltip": None}
    return {
        "mark": mark | {"color": charts.colour("down")},
        "encoding": {"y": {"value": 7}},
        "transform": [{"filter": "datum.note"}],
    }
