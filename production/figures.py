"""The numbers of production: volumes, rates and prices, their growth over every span. Functions of an Ask; no request, no clock."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from partstrack.registry import Figure
from production import bridge, completeness, growth, perimeters, ratios, spans, targets
from production.definitions import CHANGE, DEFINITIONS, FORMULAS


def _figure(name, title, compute, formula=CHANGE, unit="piece", dims=growth.DIMS, filters=perimeters.FILTERS):
    return Figure(name, title, DEFINITIONS[name], formula, "", compute, unit, dims, filters)


def _volume(name, title):
    unit = growth.VOLUMES[name].unit or "piece"
    return _figure(name, title, partial(growth.volume, name), unit=unit, dims=growth.dims_of(name))


def _ratio(name, title, formula, unit):
    compute = partial(ratios.ratio, name)
    return _figure(name, title, compute, FORMULAS[formula], unit, ratios.DIMS)


def _span(name, title, compute, formula=CHANGE, unit="piece", dims=growth.DIMS, filters=spans.FILTERS):
    return _figure(name, title, compute, formula, unit, dims, filters)


def _mean(name, title, compute, formula):
    return replace(_span(name, title, compute, formula, "percent", ()), period="years")


FIGURES = [
    _volume("produced", _("Parts produced")),
    _volume("sold", _("Parts sold")),
    _volume("sold_after_market", _("Parts sold after-market")),
    _volume("sold_first_fit", _("Parts sold for first fit")),
    _volume("scrapped", _("Parts scrapped")),
    _volume("value_produced", _("Value produced")),
    _volume("value_sold", _("Value sold")),
    _ratio("scrap_rate", _("Scrap rate"), "scrap_rate", "percent"),
    _ratio("price_produced", _("Average price of production"), "price", "DZD/piece"),
    _ratio("price_sold", _("Average selling price"), "price", "DZD/piece"),
    _figure(
        "coverage",
        _("Completeness of declarations"),
        completeness.coverage,
        FORMULAS["coverage"],
        "percent",
        completeness.DIMS,
    ),
    _span("month_change", _("Month against the same month"), spans.month_change),
    _span("rolling_12", _("Rolling twelve months"), spans.rolling_12),
    _span("growth_since", _("Growth since a start year"), spans.growth_since),
    _mean("cagr", _("Average yearly growth (CAGR)"), spans.cagr, FORMULAS["cagr"]),
    _span(
        "mark_passed",
        _("A mark passed"),
        spans.mark_passed,
        FORMULAS["mark_passed"],
        dims=(),
        filters=(*spans.FILTERS, "mark"),
    ),
    _span(
        "target_attainment",
        _("Progress towards the target"),
        targets.target_attainment,
        FORMULAS["target_attainment"],
        "percent",
        targets.DIMS,
        targets.FILTERS,
    ),
    _span("bridge", _("Bridge of a volume"), bridge.bridge, FORMULAS["bridge"], dims=bridge.BRIDGE_DIMS),
]
