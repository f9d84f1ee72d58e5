"""A report as it stands on paper: every value in words, charts drawn, long tables cut to what two pages hold.

What a table leaves out is added up in one row of its own, so that it still comes to its total.
"""

from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack import charts
from partstrack.figures import text
from partstrack.numbers import growth
from reports.wording import Wording

MOST_FAMILIES, MOST_SUPPLIERS, MOST_BARS, MOST_QUOTES = 10, 15, 7, 4
# Pixels of the charts on paper: their letters come out as small as those of the tables.
WIDE_CHART, NARROW_CHART = {"width": 800, "height": 240}, {"width": 480}
LONGEST_LABEL = 210  # pixels
SUMMED = ("value", "compared", "base", "contribution")
STATES = {
    "final": gettext_lazy("final"),
    "provisional": gettext_lazy("provisional"),
    "none": gettext_lazy("no data"),
}
CHANGES = {
    "new": gettext_lazy("new: nothing to compare with"),
    "not_comparable": gettext_lazy("not comparable"),
    "none": gettext_lazy("nothing to compare"),
}


def lay_out(report):
    """Return everything that the template prints, as texts and SVG; nothing is left to compute."""
    with translation.override(report["language"]):
        words = Wording(report["language"])
        return {
            "language": report["language"],
            "direction": words.direction,
            "title": f"{report['title']} – {report['subtitle']}",
            "mark": report["mark"],
            "sentence": report["sentence"],
            "why": report["why"],
            "situation": report["situation"],
            "version": _("Data version %(version)s") % {"version": words.isolate(f"v{report['version']}")},
            "checksum": _("Content %(checksum)s") % {"checksum": words.isolate(report["checksum"])},
            "page": _("Page %(page)s of %(pages)s")
            % {"page": words.isolate("{page}"), "pages": words.isolate("{pages}")},
            "figures": [_figure(figure, words) for figure in report["figures"]],
            "months": _months(report, words),
            "growth": _growth(report, words),
            "tables": [_families(report, words), _suppliers(report, words)],
            "quotes": [_quote(quote, words) for quote in report["published"][:MOST_QUOTES]],
            "notes": _notes(report, words),
            "defined": _("How it is counted"),
            "definitions": _definitions(report),
        }


def _figure(figure, words):
    rate, coverage = figure["unit"] == "percent", figure["coverage"]
    received = _("%(declared)s of %(expected)s declarations received")
    return {
        "title": figure["title"],
        "state": figure["state"],
        "state_name": str(STATES[figure["state"]]),
        "value": words.rate(figure["value"]) if rate else words.number(figure["value"]),
        "trend": trend(figure["change"]),
        "change": _change(figure, words),
        "against": _against(figure, words) if figure["change"] is not None else "",
        "coverage": received % {key: words.number(str(coverage[key])) for key in ("declared", "expected")},
        "complete": coverage["expected"] > 0 and coverage["missing"] == 0,
        "basis": figure["basis"],
    }


def trend(change):
    """Return "up", "down", "flat", or nothing when there is no change to show."""
    if change is None:
        return ""
    value = Decimal(change)
    return "flat" if value == 0 else "up" if value > 0 else "down"


def _change(figure, words):
    if figure["change"] is None:
        return str(CHANGES.get(figure["change_state"], ""))
    shown = words.change(figure["change"], figure["change_unit"])
    return _("%(points)s points") % {"points": shown} if figure["change_unit"] == "points" else shown


def _against(figure, words):
    base = words.rate(figure["base"]) if figure["unit"] == "percent" else words.number(figure["base"])
    return _("compared with %(base)s (%(span)s)") % {"base": base, "span": words.span(figure["base_window"], "short")}


def _months(report, words):
    months, rows = report["months"], report["months"]["rows"]
    years = (str(months["year"]), str(months["base_year"]))
    names = [words.month(row["month"]) for row in rows]
    spec = charts.line_years(
        names, years, _decimals(rows, "value"), _decimals(rows, "base"), report["language"], words.direction
    )
    return {
        "title": _("Production by month"),
        "note": _("pieces, %(year)s beside the same months of %(base)s") % {"year": years[0], "base": years[1]},
        "svg": charts.svg(spec | WIDE_CHART, theme="light"),
        "alt": _("Line of the months of %(year)s over those of %(base)s; the table below has its numbers.")
        % {"year": years[0], "base": years[1]},
        "years": years,
        "heads": names,
        "rows": [[words.number(row[key]) for row in rows] for key in ("value", "base")],
        "after": _after(report, words),
    }


def _after(report, words):
    """Say which months came too late to be compared: shown in the chart, in no total."""
    later = _("%(month)s: %(value)s pieces from %(declared)s of %(expected)s declarations")
    said = [later % _later(row, words) for row in report["after_cut"]]
    return _("Not counted yet, too few declarations: %(months)s.") % {"months": "; ".join(said)} if said else ""


def _later(row, words):
    counts = {key: words.number(str(row[key])) for key in ("value", "declared", "expected")}
    return counts | {"month": words.month(row["month"], "long")}


def _decimals(rows, key):
    return [None if row[key] is None else Decimal(row[key]) for row in rows]


def _growth(report, words):
    """Return the chart of contributions, or nothing when the growth cannot be stated."""
    total = report["families"]["total"]
    if total["contribution"] is None:
        return None
    rows = cut(report["families"]["rows"], MOST_BARS, _("Other families"), key=lambda row: -abs(_points(row)))
    ordered = sorted(rows, key=lambda row: (row["key"] == "", -_points(row), row["key"]))
    spec = charts.contributions(
        [(row["label"], _points(row)) for row in ordered],
        Decimal(total["contribution"]),
        _("Total"),
        report["language"],
        words.direction,
    )
    spec["encoding"]["y"]["axis"]["labelLimit"] = LONGEST_LABEL
    note = _("contribution of each family in points; together %(total)s")
    return {
        "title": _("Where the growth comes from"),
        "note": note % {"total": words.change(total["contribution"], "points")},
        "svg": charts.svg(spec | NARROW_CHART, theme="light"),
        "alt": _("Bars of what each family adds to the growth, in points; the table by family has its numbers."),
    }


def _points(row):
    return Decimal(row["contribution"] or 0)


def cut(rows, most, label, key=None):
    """Return at most `most` rows and one row, keyed "", that adds up the others; `key` says which come first."""
    ranked = sorted(rows, key=key) if key else list(rows)
    kept, others = ranked[:most], ranked[most:]
    return kept if not others else [*kept, rest_of(others, label)]


def rest_of(rows, label):
    """Return one row that adds up rows; a growth is said only when each of them has one."""
    sums = {name: _sum(row[name] for row in rows) for name in SUMMED}
    known = all(row["change_state"] == "ok" for row in rows)
    change = growth(sums["compared"], sums["base"]) if known else None
    shown = {name: text(value) for name, value in sums.items()}
    return shown | {
        "key": "",
        "label": f"{label} ({len(rows)})",
        "change": text(change),
        "change_state": "ok" if known else "none",
    }


def _sum(texts):
    known = [Decimal(one) for one in texts if one is not None]
    return sum(known, Decimal(0)) if known else None


def _families(report, words):
    rows = cut(report["families"]["rows"], MOST_FAMILIES, _("Other families"))
    return _table(_("By family"), _("Family"), rows, report["families"]["total"], report, words)


def _suppliers(report, words):
    rows = cut(report["suppliers"]["rows"], MOST_SUPPLIERS, _("Other suppliers"))
    return _table(_("By supplier"), _("Supplier"), rows, report["suppliers"]["total"], report, words)


def _table(title, name, rows, total, report, words):
    return {
        "title": title,
        "note": report["figures"][0]["basis"],
        "heads": [name, _("Produced"), _("Compared"), _("Base"), _("Growth"), _("Points")],
        "rows": [[row["label"], *_cells(row, words)] for row in rows],
        "total": [_("Total"), *_cells(total, words)],
    }


def _cells(row, words):
    change = words.change(row["change"])
    if row["change"] is None and row["change_state"] == "new":
        change = _("new")
    counts = [words.number(row[key]) for key in ("value", "compared", "base")]
    return [*counts, change, words.change(row["contribution"], "points")]


def _quote(quote, words):
    """Return a published figure as its source says it, and what was declared beside it."""
    unit = quote["unit_name"] if quote["unit"] not in ("piece", "percent") else ""
    said = " ".join(filter(None, [quote["said"], unit]))
    declared = _declared(quote, words) if quote["declared"] is not None else ""
    day = words.day(quote["published_on"]) if quote["published_on"] else ""
    disputed = _("disputed") if quote["disputed"] else ""
    return {
        "measure": quote["measure"],
        "said": " · ".join(filter(None, [said, quote["period"], disputed])),
        "source": ", ".join(filter(None, [quote["source"], day])),
        "declared": declared,
    }


def _declared(quote, words):
    shown = words.change(quote["declared"]) if quote["unit"] == "percent" else words.number(quote["declared"])
    return _("Declared: %(value)s") % {"value": shown}


def _notes(report, words):
    """Return what stands beside the total and is never added to it: volumes in other units."""
    other = _("Other units, never added: %(volumes)s.")
    volumes = "; ".join(f"{words.number(row['value'])} {row['name']}" for row in report["other_units"])
    return [other % {"volumes": volumes}] if volumes else []


def _definitions(report):
    defined = [{"term": figure["title"], "text": figure["definition"]} for figure in report["figures"]]
    return [*defined, {"term": _("Growth and points"), "text": report["figures"][0]["formula"]}]
