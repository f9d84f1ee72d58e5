"""Charts and tables of volumes as plain data: home, the pages of production and the report draw the same ones."""

from datetime import date

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import PIECE, Brand, Family, Unit
from catalogue.names import many, one
from partstrack import charts
from partstrack.numbers import show_points
from partstrack.periods import from_iso, month_name
from partstrack.templatetags.show import is_money
from places.models import Country, Wilaya
from production.models import Range
from production.series import totals
from suppliers.models import Site

MAIN_FAMILIES = 6
# What a volume is called when it is not counted in pieces.
VOLUMES = {"produced": _("Production"), "sold": _("Sales")}
# What figures count that is no unit of goods.
COUNTED = {
    "workshop": _("workshops"),
    "supplier": _("suppliers"),
    "line": _("lines"),
    **dict.fromkeys(("percent", "agreement", "paper", "complaint", "project"), ""),  # their titles name what is counted
    "piece/million": _("pieces per million"),
}
NAMED = {
    "supplier": Firm,
    "family": Family,
    "brand": Brand,
    "site": Site,
    "wilaya": Wilaya,
    "unit": Unit,
    "range": Range,
    "importer": Firm,
    "origin": Country,
}


def direction():
    """Return the direction of the reader's language."""
    return "rtl" if get_language() == "ar" else "ltr"


def title(figure, unit):
    """Return the title of a figure; a volume in another unit than pieces is named by that unit."""
    if unit == PIECE or unit in COUNTED or not unit or is_money(unit):
        return str(figure.title)
    return gettext("%(volume)s (%(unit)s)") % {"volume": VOLUMES.get(figure.name, figure.title), "unit": many(unit)}


def unit_label(unit):
    """Return a unit in the plural, dinars in their symbol, "" for a rate or for none."""
    if unit and is_money(unit):
        each = unit.partition("/")[2]
        return gettext("DA") + (f" / {one(each)}" if each else "")
    return str(COUNTED[unit]) if unit in COUNTED else many(unit) if unit else ""


def other_units(answer, question, **words):
    """Return what was declared in other units: {"value", "label", "url"}, the address that asks for it."""
    return [
        {"value": row["value"], "label": many(row["unit"]), "url": question.link(unit=row["unit"], **words)}
        for row in answer.other_units
    ]


def names(by, codes):
    """Return {code: name in the reader's language} of reference data, firms and sites."""
    model = NAMED.get(by)
    if model is None:
        return {}
    rows = model.objects.filter(code__in=codes).order_by("pk")
    rows = rows.select_related("brand", "family") if by == "range" else rows
    found = {row.code: row.name_in(get_language()) for row in rows}
    if by == "range":
        return {**found, "-": gettext("in no range"), "*": gettext("in several ranges")}
    return {**found, "-": gettext("to be completed")}


def chips(question, more=None):
    """Return the chips of a question, with names in place of the codes of what the person may see.

    `more`: {(filter, code): name} of filters that are not of volumes.
    """
    known, user = dict(more or {}), question.request.user
    for by, model in NAMED.items():
        code = question.filters.get(by)
        rows = model.objects.visible_to(user) if hasattr(model.objects, "visible_to") else model.objects
        row = rows.filter(code=code).first() if code else None
        if row is not None:
            known[(by, code)] = row.name_in(get_language())
    return question.chips(known)


def labelled(answer):
    """Return [(group, its name)] of an answer by a dimension: months in their order, others in the answer's."""
    if answer.by == "month":
        groups = sorted(answer.groups, key=lambda group: group.key)
        return [(group, month_name(from_iso(group.key), get_language())) for group in groups]
    known = names(answer.by, [group.key for group in answer.groups])
    return [(group, known.get(group.key) or group.label or group.key) for group in answer.groups]


def monthly(name, ask):
    """Return twelve months of the asked year beside the base year: chart, table, legend.

    A month in which nobody declared is a gap, never a zero.
    """
    year = ask.year or ask.last.year
    base = ask.base_year or year - 1
    known = totals(name, ask, [*_year(base), *_year(year)])
    months = [month_name(day, get_language(), "short").split(" ")[0] for day in _year(year)]
    values, bases = (list(map(known.get, _year(each))) for each in (year, base))
    spec = charts.pair(
        charts.line_years, months, (str(year), str(base)), values, bases, language=get_language(), direction=direction()
    )
    rows = [[month, value, old] for month, value, old in zip(months, values, bases, strict=True)]
    return {
        "spec": spec,
        "table": {"headings": [gettext("Month"), str(year), str(base)], "rows": rows},
        "legend": [("solid", str(year)), ("dashed", str(base))],
        "unit": unit_label(unit_of(ask)),
        "values": values,
        "year": year,
        "base": base,
    }


def unit_of(ask):
    """Return the unit that a question about a volume counts in."""
    return ask.filters.get("unit") or PIECE


def course(name, ask):
    """Return the twelve months of the asked year of a volume, None where nobody declared: for a spark."""
    year = ask.year or ask.last.year
    known = totals(name, ask, [*_year(year - 1), *_year(year)])  # as its growth is read
    return list(map(known.get, _year(year)))


def _year(year):
    return [date(year, number, 1) for number in range(1, 13)]


def contributions(answer, span=4):
    """Return where growth comes from: points by group, the smaller ones together. None when growth may not be said."""
    if answer.change_state != "ok" or not answer.groups:
        return None
    rows = [(label, group.contribution) for group, label in labelled(answer) if group.contribution]
    rows.sort(key=lambda row: -abs(row[1]))
    main, rest = sorted(rows[:MAIN_FAMILIES], key=lambda row: -row[1]), rows[MAIN_FAMILIES:]
    if rest:
        main.append((gettext("Others"), sum(points for _label, points in rest)))
    language = get_language()
    spec = charts.pair(
        charts.contributions, main, answer.change, gettext("Total"), language=language, direction=direction(), span=span
    )
    return {
        "spec": spec,
        "table": {
            "headings": [gettext("Family"), gettext("Points")],
            "rows": [
                [label, show_points(points, language)] for label, points in (*main, (gettext("Total"), answer.change))
            ],
        },
    }
