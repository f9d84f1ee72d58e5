"""The rows of the tables of growth, from answers and series."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext

from partstrack import registry
from partstrack.periods import month_name, month_range, to_iso
from production import growth, growth_pictures, pictures, targets
from production.comparison import ZERO
from production.models import Target


# Trend ------------------------------------------------------------------------------------------------
def trend_rows(request, question, windows, read, answer, around):
    """Return the rows of the months; notes get the address of their form for who may change them."""
    groups, may_enter = {group.key: group for group in answer.groups}, request.user.may("enter")
    rows = []
    for month in month_range(windows.first, windows.last):
        base, beside = windows.base(month), around[month]
        declared, expected = read.declared[month]
        for note in beside["notes"]:
            note.url = reverse("month_note_edit", args=[note.pk]) if may_enter else ""
        rows.append(
            {
                "month": month,
                "url": lines_of(question, month),
                "value": read.total.get(month),
                "base": read.total.get(base),
                "group": groups.get(to_iso(month)),
                "declared": f"{declared}/{expected}" if expected else None,
                "days": beside["days"],
                "days_before": beside["days_before"],
                "seasons": [growth_pictures.season_words(beside["seasons"]), _before(base, beside)],
                "notes": beside["notes"],
            }
        )
    return rows


def _before(base, beside):
    """Say which seasons fell into the month of the base: 2025: Ramadan, 30 days."""
    words = growth_pictures.season_words(beside["seasons_before"])
    return words and gettext("%(year)d: %(seasons)s") % {"year": base.year, "seasons": words}


def note_month(answer, windows):
    """Return the month that a new note is offered for: L, else the first asked one."""
    return answer.window[1] if answer.window else windows.first


def target(measure, asked, answer):
    """Return the Pace towards the target of exactly what is asked; None when there is none, or months of two years are asked."""
    if measure not in Target.Measure.values or {"site", "part", "wilaya", "brand"} & set(asked.filters):
        return None
    amount = targets.of_question(measure, asked)
    months = month_range(*answer.window) if answer.window else ()
    return targets.Pace(amount, len(months), answer.value or ZERO) if amount else None


# Groups -----------------------------------------------------------------------------------------------
def group_rows(measure, answer, asked):
    """Return the rows of the groups, those with a target with their progress."""
    paces = targets.paces(measure, asked) if answer.by in targets.DIMS else {}
    return [
        {
            "label": label,
            "group": group,
            "value": group.value,
            "compared": group.compared,
            "base": group.base,
            "change": group.change,
            "contribution": group.contribution,
            "attainment": paces[group.key].attainment if group.key in paces and paces[group.key].months else None,
            "state": group.change_state,
        }
        for group, label in pictures.labelled(answer)
    ]


# Months x years -----------------------------------------------------------------------------------------
def heat_rows(read, years, question):
    """Return twelve rows: a month's value in each year, how many declared, and the address of its lines."""
    rows = []
    for number in range(1, 13):
        months = {year: date(year, number, 1) for year in years}
        rows.append(
            {
                "label": month_name(date(2000, number, 1), get_language(), "name"),
                "values": {year: read.total.get(month) for year, month in months.items()},
                "declared": {year: read.declared[month] for year, month in months.items()},
                "urls": {year: lines_of(question, month) for year, month in months.items()},
            }
        )
    return rows


def lines_of(question, month):
    """Return the address of the lines of a month, in the situation and filters of the question."""
    said = {name: value for name, value in question.filters.items() if value}
    words = {"month_from": to_iso(month), "month_to": to_iso(month), **question.situation, "perimeter": "1"}
    return f"{reverse('line_list')}?{urlencode({**said, **words})}"


def unit_of(measure, question):
    """Return the unit that a figure counts in, as its answer would say it."""
    unit = registry.figure(measure).unit
    return unit if unit == "percent" or unit.startswith(growth.MONEY) else question.filters["unit"] or unit


# Bridge -----------------------------------------------------------------------------------------------
def bridge_rows(answer, question, measure):
    """Return the rows of a bridge; what is missing on one side has its own sentence under the table."""
    return [
        {
            "label": label,
            "base": group.base,
            "compared": group.compared,
            "difference": group.compared - group.base,
            "contribution": group.contribution,
            "url": growth_pictures.inside_url(answer, question, measure, group.key) if answer.by != "movement" else "",
        }
        for label, group in growth_pictures.steps(answer)
    ]
