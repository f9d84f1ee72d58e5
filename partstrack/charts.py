"""Charts as plain Vega-Lite dictionaries, and their drawing as SVG.

One dictionary serves the page without script, the page with script, and every file. It names colours as
the style sheet does, `var(--accent)`: the page resolves them, light or dark; a file gets their values by
`svg(spec, theme="light")`. Counts stay Decimal until the moment they become a length: Vega measures in floats.

Right to left: the categories run from the right, the axis of values stands on the right, and texts that
begin with a digit or a sign carry U+200F. Month names are passed in: Vega's Arabic ones are Levantine.
"""

import json
import re
from functools import cache, lru_cache
from itertools import pairwise

from django.conf import settings

from partstrack.numbers import growth, isolate, show, show_percent_signed, show_points, show_signed

VEGA_LITE = "6.4"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "FiraGO"
RLM = "\u200f"
NARROW = 340  # pixels: a phone
WIDTHS = {3: 240, 4: 330, 5: 420, 6: 520, 7: 620, 8: 710, 9: 800, 12: 1100}  # by the card's columns of twelve
SIZE = 12  # pixels: letters are as large on a phone
ROW = {False: 26, True: 30}

# The light values of static/partstrack.css; a test keeps the two the same.
LIGHT = {
    "ink": "#1B2733",
    "muted": "#566675",
    "line": "#E3E8EB",
    "card": "#FFFFFF",
    "accent": "#0E6274",
    "base": "#7E8E9B",
    "up": "#147A6B",
    "down": "#B5432B",
}
_MARKS = {"fr": ("\u00a0", ","), "ar": (".", ","), "en": (",", ".")}
_NAMED = re.compile(r"var\(--([a-z]+)\)")
_STYLE = re.compile(r'\sstyle="[^"]*"')
_DECOR = re.compile(r' (?:aria-roledescription|class|role|pointer-events|aria-hidden|xmlns:xlink|version)="[^"]*"')
_EMPTY = re.compile(r'<path d="[^"]*" display="none"/>|<path d="M0,0h0v0h0Z"/>|<g></g>')


def colour(name):
    """Return the style sheet's variable for a colour of LIGHT. KeyError: no such colour."""
    LIGHT[name]
    return f"var(--{name})"


def pair(make, *data, **options):
    """Return {"wide", "narrow"}: the same chart for a desk and for a phone."""
    return {"wide": make(*data, **options), "narrow": make(*data, narrow=True, **options)}


def line_years(months, years, values, base, language="fr", direction="ltr", narrow=False, span=8):
    """Return twelve months of a year, solid, over the same months of its base year, dashed grey.

    `months`: short names in order; `years`: (this, base) as text; `values`, `base`: Decimals, None where nothing
    is declared: there the line has a gap and only the grey one remains.
    """
    rows = [
        {"at": name, "value": _length(value), "base": _length(old)}
        | {"tip": _tip_of_years(name, years, value, old, language, direction)}
        for name, value, old in zip(months, values, base, strict=True)
    ]
    line = {"field": "value", "type": "quantitative", "stack": None}
    before = [_over("base", {"type": "line", "color": colour("base"), "strokeWidth": 1.8, "strokeDash": [4, 3]})]
    now = [
        _layer({"type": "area", "color": colour("accent"), "opacity": 0.09, "tooltip": None}, y=line),
        _layer({"type": "line", "color": colour("accent"), "strokeWidth": 2.6, "tooltip": None}, y=line),
        _over("value", {"type": "point", "filled": True, "size": 38, "opacity": 1, "color": colour("accent")}),
    ]
    # A year of which nothing is known has no scale: Vega would complain of it in the browser.
    layers = [unseen_columns(), *(before if _any_known(base) else []), *(now if _any_known(values) else [])]
    x = {"field": "at", "type": "ordinal", "sort": None, "axis": _months_axis(months, narrow or span < 6)}
    x["scale"] = {"type": "band", "reverse": direction == "rtl"}
    y = {"type": "quantitative", "title": None, "axis": values_axis(direction, _format(values, base))}
    return chart(rows, language, narrow, span, 240, encoding={"x": x, "y": y}, layer=layers)


def _any_known(values):
    return any(value is not None for value in values)


def contributions(rows, total, total_label, language="fr", direction="ltr", narrow=False, span=4):
    """Return floating bars: what each group adds to a growth, in points, and the total at the foot.

    `rows`: (label, points as Decimal) in the order shown; they add up to `total`.
    """
    data, reached = [], 0
    for label, points in rows:
        start, reached = reached, reached + points
        data.append(_bar(label, start, reached, points, "up" if points >= 0 else "down", language, direction))
    data.append(_bar(total_label, 0, total, total, "total", language, direction))
    return _floating(data, language, direction, narrow, span)


def bridge(start, steps, end, language="fr", direction="ltr", narrow=False, span=8):
    """Return floating bars from one volume to another: `start` and `end` (label, Decimal), `steps` what lies between.

    `steps`: (label, difference) in the order shown; start and steps add up to the end.
    """
    data, reached = [_total(*start, language, direction)], start[1]
    for label, amount in steps:
        before, reached = reached, reached + amount
        kind, said = "up" if amount >= 0 else "down", show_signed(amount, language, 0)
        data.append(_bar(label, before, reached, amount, kind, language, direction, said))
    return _floating([*data, _total(*end, language, direction)], language, direction, narrow, span)


def _total(label, amount, language, direction):
    return _bar(label, 0, amount, amount, "total", language, direction, show(amount, language, 0))


def _floating(data, language, direction, narrow, span):
    """Draw bars that begin where the one before ended."""
    for row, after in pairwise(_told_apart(data)):
        row["next"] = after["label"]
    x = _length_of("start") | {"scale": _reach(data, direction, _width(narrow, span))}
    step = _layer({"type": "rule", "color": colour("base"), "tooltip": None}, x=_length_of("end"), y2={"field": "next"})
    hues = {"domain": ["up", "down", "total"], "range": [colour("up"), colour("down"), colour("ink")]}
    hue = {"field": "kind", "type": "nominal", "scale": hues, "legend": None}
    layers = [
        step | {"transform": [{"filter": "isValid(datum.next)"}]},
        _layer(_bar_mark(0.58), x=x, x2={"field": "end"}, color=hue, tooltip=_text_of("tip")),
        _layer(_at_end(direction), x=_length_of("far"), text=_text_of("said")),
    ]
    return _rows_chart(data, layers, language, direction, narrow, span)


def bars(rows, language="fr", direction="ltr", narrow=False, span=4, places=0):
    """Return one horizontal bar a group, over a wider grey one for the same months of the base year.

    `rows`: (label, value, base or None) as Decimals, in the order shown.
    """
    data = _told_apart([_group(*row, language, direction, places) for row in rows])
    x = _length_of("end") | {"scale": _reach(data, direction, _width(narrow, span))}
    layers = [
        _layer(
            _bar_mark(0.8) | {"color": colour("base"), "opacity": 0.35}, x=_length_of("base"), tooltip=_text_of("tip")
        ),
        _layer(_bar_mark(0.46) | {"color": colour("accent")}, x=x, tooltip=_text_of("tip")),
        _layer(_at_end(direction), x=_length_of("far"), text=_text_of("said")),
    ]
    return _rows_chart(data, layers, language, direction, narrow, span)


def svg(spec, theme="page"):
    """Return the chart as SVG text, without style attributes.

    theme "page": colours are variables of the style sheet, to be put inline; "light": their values, for files.
    """
    drawn = _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False))
    return drawn if theme == "page" else _NAMED.sub(lambda name: LIGHT[name[1]], drawn)


@lru_cache(maxsize=256)
def _drawn(text):
    import vl_convert

    _fonts()
    raw = vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[])
    return _lean(raw)


@cache
def _fonts():
    import vl_convert

    folder = settings.BUILD_DIR / "fonts"
    if folder.is_dir():  # without set-up the chart is drawn in the system's own face
        vl_convert.register_font_directory(str(folder))


def _lean(raw):
    """Take out what a drawing that is one image to a screen reader does not need, and every style attribute."""
    text = _DECOR.sub("", _STYLE.sub("", raw))
    while (less := _EMPTY.sub("", text)) != text:
        text = less
    return text.replace("<svg ", '<svg direction="ltr" ', 1)


def chart(rows, language, narrow, span, height, **parts):
    """Return the chart of rows with the house's size, letters and colours."""
    return {
        "$schema": SCHEMA,
        "width": _width(narrow, span),
        "height": height,
        "padding": 2,
        # The whole picture keeps this size whatever the labels: the drawing with script covers the one without.
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "data": {"values": rows},
        "config": _config(language),
        **parts,
    }


def _width(narrow, span):
    return NARROW if narrow else WIDTHS[span]


def _config(language):
    thousands, decimal = _MARKS.get(language[:2], _MARKS["fr"])
    number = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""], "minus": "\u2212"}
    axis = {"labelColor": colour("muted"), "labelFontSize": SIZE, "labelPadding": 7, "labelLimit": 150}
    axis |= {
        "gridColor": colour("line"),
        "domainColor": colour("line"),
        "tickColor": colour("line"),
        "titleColor": colour("muted"),
    }
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"fontSize": SIZE, "color": colour("ink")},
        "locale": {"number": number},
    }


def _rows_chart(data, layers, language, direction, narrow, span):
    y = {"field": "label", "type": "nominal", "sort": [row["label"] for row in data], "title": None}
    y["axis"] = {"orient": _side(direction), "domain": False, "ticks": False, "labelColor": colour("ink")}
    y["axis"]["labelLimit"] = 110 if narrow else 150
    height = len(data) * ROW[narrow] + 28
    return chart(data, language, narrow, span, height, encoding={"y": y}, layer=layers)


def _layer(mark, **encoding):
    return {"mark": mark, "encoding": encoding}


def _over(field, mark):
    """Return a layer of the rows that have a value: nothing is drawn where nothing is known."""
    layer = _layer(mark | {"tooltip": None}, y={"field": field, "type": "quantitative"})
    return layer | {"transform": [{"filter": f"isValid(datum.{field})"}]} if mark["type"] == "point" else layer


def unseen_columns():
    """Return an unseen column a month: what the pointer meets, wherever it is in the month."""
    hover = {"name": "over", "select": {"type": "point", "on": "pointerover", "clear": "pointerout"}}
    seen = {"condition": {"param": "over", "empty": False, "value": 0.06}, "value": 0}
    mark = {"type": "rect", "color": colour("ink"), "width": {"band": 1}}
    layer = _layer(
        mark, y={"value": 0}, y2={"value": "height"}, opacity=seen, tooltip={"field": "tip", "type": "nominal"}
    )
    return layer | {"params": [hover]}


def _months_axis(months, few):
    axis = {"title": None, "labelAngle": 0, "ticks": False, "grid": False}
    return axis | {"values": list(months)[::2]} if few else axis


def values_axis(direction, numbers):
    """Return the axis of values: on the reader's side, with lines and no frame."""
    axis = {"orient": _side(direction), "tickCount": 5, "domain": False, "ticks": False, "grid": True}
    return axis | {"format": numbers}


def _reach(data, direction, width):
    """Return the scale of lengths, with room at the far end for the number that is written there."""
    ends = [row[key] for row in data for key in ("start", "end", "far")] + [0]
    low, high = min(ends), max(ends)
    letters = max((len(row["said"]) for row in data), default=0)
    room = (high - low or 1) * 0.046 * letters * WIDTHS[4] / width
    return {"domain": [low, high + room], "nice": False, "zero": True, "reverse": direction == "rtl"}


def _at_end(direction):
    mirrored = direction == "rtl"
    mark = {"type": "text", "align": "right" if mirrored else "left", "dx": -5 if mirrored else 5}
    return mark | {"baseline": "middle", "fontWeight": "bold", "tooltip": None}


def _bar_mark(thickness):
    return {"type": "bar", "cornerRadius": 2, "height": {"band": thickness}}


def _length_of(field):
    return {"field": field, "type": "quantitative", "title": None, "axis": None}


def _text_of(field):
    return {"field": field, "type": "nominal"}


def _bar(label, start, end, points, kind, language, direction, said=""):
    said = said or show_points(points, language)
    row = {"label": _label(label, direction), "start": _length(start), "end": _length(end), "kind": kind, "said": said}
    return row | {"far": max(row["start"], row["end"]), "tip": f"{label}\n{_run(said, direction)}"}


def _group(label, value, old, language, direction, places):
    said = show(value, language, places)
    lines = [label, said] if old is None else [label, said, f"({show(old, language, places)})"]
    row = {"label": _label(label, direction), "start": 0, "end": _length(value), "base": _length(old), "said": said}
    return row | {"far": max(row["end"], row["base"] or 0), "tip": "\n".join(lines)}


def _tip_of_years(name, years, value, old, language, direction):
    mark = "\u00a0:" if language.startswith("fr") else ":"
    lines = [name, f"{years[0]}{mark} {_said(value, language)}", f"{years[1]}{mark} {_said(old, language)}"]
    change = growth(value, old)
    return "\n".join(lines if change is None else [*lines, _run(show_percent_signed(change, language), direction)])


def _said(value, language):
    return "–" if value is None else show(value, language)


def _format(*series):
    """Return whole numbers on the axis unless all values are small."""
    largest = max((abs(value) for values in series for value in values if value is not None), default=0)
    return ",.0f" if largest >= 5 else ",.1f"


def _side(direction):
    return "right" if direction == "rtl" else "left"


def _told_apart(data):
    """Make the labels of two groups of one name different without a visible sign: one label is one row of bars."""
    seen = {}
    for row in data:
        count = seen[row["label"]] = seen.get(row["label"], -1) + 1
        row["label"] += "\u200b" * count
    return data


def _label(text, direction):
    """Return a label that keeps its order right to left when it begins with a digit."""
    return f"{RLM}{text}" if direction == "rtl" and str(text)[:1].isdigit() else str(text)


def _run(text, direction):
    """Return sign, number and % as one left-to-right run for a line of Arabic."""
    return isolate(text) if direction == "rtl" else text


def _length(value):
    return None if value is None else float(value)
