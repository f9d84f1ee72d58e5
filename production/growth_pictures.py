"""What the pages of growth show, as plain data: charts, tiles of months, sparks in words, and the ways between pages."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, gettext, npgettext, pgettext
from django.utils.translation import gettext_lazy as _

from office.question import FILTERS, Question
from partstrack import charts, charts_growth, registry, tiles
from partstrack.figures import WrongCall
from partstrack.numbers import show, show_percent
from partstrack.periods import month_name, month_range, shift, span_label, to_iso
from partstrack.templatetags.show import change
from production import bridge, calendar, growth, pictures, proof, spans
from production.models import MonthNote, Season

MAIN = {"produced": _("Produced"), "sold": _("Sold")}
OTHERS = {
    "sold_after_market": _("Sold after-market"),
    "sold_first_fit": _("Sold first fit"),
    "scrapped": _("Scrapped"),
    "scrap_rate": _("Scrap rate"),
    "value_produced": _("Value produced"),
    "value_sold": _("Value sold"),
    "price_produced": _("Average price of production"),
    "price_sold": _("Average selling price"),
}
MEASURES = MAIN | OTHERS
WORSE_UP = {"scrapped", "scrap_rate"}
SECTIONS = {
    "growth": _("Trend"),
    "growth_by": _("Who and what grows"),
    "growth_months": _("Months × years"),
    "growth_bridge": _("Bridge"),
    "target_list": _("Targets"),
}
# Movements under a bar.
SHORT = bridge.MOVEMENTS | {
    bridge.ALIKE: _("Like for like"),
    bridge.ONE_SIDED: _("Sites joined or left"),
}
# Where a group leads: the dimension inside it, or the lines behind it.
INSIDE = {"family": "part", "supplier": "site", "wilaya": "supplier", "brand": "family"}
YEARS_BACK = 4


def question(request, filters=FILTERS):
    """Return the Question of an address. Months or a base year that cannot be asked are said, and left out."""
    said = Question(request, filters)
    try:
        growth.windows_of(said.of())
    except WrongCall as error:
        said.words |= {"base-year": "", "from": "", "to": ""}
        said.wrong = str(error)
    return said


def sections(question, current, **words):
    """Return (label, url, current) of the pages of growth; each keeps the question."""
    return [(label, reverse(name) + question.link(**words), name == current) for name, label in SECTIONS.items()]


def years(request, question, **words):
    """Return (year, address, chosen) of the years that may be asked; the asked one is always among them."""
    this, asked = request.moment.today.year, question.of()
    chosen = asked.year or asked.last.year
    listed = sorted({*range(this, this - YEARS_BACK, -1), chosen}, reverse=True)
    off = {"from": None, "to": None}
    return [(str(year), question.link(**off, year=year, **words), year == chosen) for year in listed]


def shown_change(group, unit):
    """Show a change as it may be stated: percent, points, new, not comparable, or a dash."""
    if group.change_state == "new":
        return pgettext("figure", "new")
    if group.change_state == "not_comparable":
        return gettext("not comparable")
    return change(group.change, unit)


# Trend ------------------------------------------------------------------------------------------------
def beside(user, windows, firm):
    """Return {month: {"seasons": [(season, days)], "seasons_before", "notes": [MonthNote], "days", "days_before"}}.

    `days`: working days; what ends in `before` is of the base month. Four queries, whatever the months.
    """
    dates, months = calendar.read(), windows_months(windows)
    after = shift(months[-1], 1)
    seasons = list(Season.objects.filter(first__lt=after, last__gte=windows.base(months[0])).order_by("first", "pk"))
    notes = (
        MonthNote.objects.visible_to(user).filter(month__gte=months[0], month__lte=months[-1]).select_related("firm")
    )
    if firm:
        notes = notes.filter(firm__code=firm) | notes.filter(firm=None)
    found = {
        month: {
            "days": dates.working_days(month),
            "days_before": dates.working_days(windows.base(month)),
            "seasons": _falling(seasons, month),
            "seasons_before": _falling(seasons, windows.base(month)),
            "notes": [],
        }
        for month in months
    }
    for note in notes.order_by("month", "pk"):
        if note.month in found:
            found[note.month]["notes"].append(note)
    return found


def _falling(seasons, month):
    return [(season, days) for season in seasons if (days := season.days_in(month))]


def season_words(falling):
    """Say which seasons fall into a month, and with how many days: Ramadan, 10 days."""
    return ", ".join(
        npgettext("season", "%(name)s, %(days)d day", "%(name)s, %(days)d days", days)
        % {"name": season.name_in(get_language()), "days": days}
        for season, days in falling
    )


def trend(windows, read, around, target=None):
    """Return the chart of the asked months over those of the base: spec, legend. `around`: what beside() found."""
    language, months = get_language(), windows_months(windows)
    names = [month_name(month, language, "short") for month in months]
    if len(months) <= 12:
        names = [name.rpartition(" ")[0] or name for name in names]
    labels = tuple(span_label(side[0], side[-1], language, "short") for side in (months, bases(windows)))
    values, olds = ([read.total.get(month) for month in side] for side in (months, bases(windows)))
    marks = [
        (season_words(around[month]["seasons"]), "; ".join(note.text for note in around[month]["notes"]))
        for month in months
    ]
    spec = charts.pair(
        charts_growth.trend,
        names,
        labels,
        values,
        olds,
        target,
        marks,
        language=language,
        direction=pictures.direction(),
    )
    legend = [("solid", labels[0]), ("dashed", labels[1])]
    legend += [("target", gettext("Target, a month"))] if target is not None else []
    legend += [("band", name) for name in _season_names(around, months)]
    legend += [("note", gettext("Note"))] if any(note for _season, note in marks) else []
    return {"spec": spec, "legend": legend}


def _season_names(around, months):
    language = get_language()
    return sorted({season.name_in(language) for month in months for season, _days in around[month]["seasons"]})


def windows_months(windows):
    """Return the asked months."""
    return month_range(windows.first, windows.last)


def bases(windows):
    """Return the months of the base, in the same order."""
    return [windows.base(month) for month in windows_months(windows)]


# Other spans --------------------------------------------------------------------------------------------
def other_spans(measure, asked, answer, question):
    """Return the context of growth_spans.html: a month, twelve months, since the start year, on average, up to a mark.

    All end at the L of `answer`; nothing before there is one.
    """
    if not answer.window:
        return {}
    last, compute = answer.window[1], registry.figure(measure).compute
    plain = asked.but(by=None, year=None, first=None, last=None, base_year=None)
    start = spans.first_year(plain)
    found = [
        (gettext("Month against the same month"), plain.but(first=last, last=last)),
        (gettext("Rolling twelve months"), plain.but(first=shift(last, -11), last=last)),
    ]
    if start and start < last.year - 1:
        since = plain.but(first=answer.window[0], last=last, base_year=start)
        found.append((gettext("Since the start year %(year)d") % {"year": start}, since))
    rows = [(label, compute(each), _span_url(measure, each, question)) for label, each in found]
    return {"spans": rows} | (_of_volumes(measure, plain, last, question) if measure in growth.VOLUMES else {})


def _span_url(measure, asked, question):
    words = {"year": None, "from": to_iso(asked.first), "to": to_iso(asked.last), "base_year": asked.base_year}
    return reverse("figure", args=[measure]) + question.link(**words)


def _of_volumes(measure, plain, last, question):
    """Return the average yearly growth up to the last complete year, and the mark of the year; both of volumes only."""
    asked = plain.but(filters={**plain.filters, "measure": measure})
    year = last.year if last.month == 12 else last.year - 1
    link = {"measure": measure, "from": None, "to": None, "base_year": None}
    found = {
        "mean": spans.cagr(asked.but(year=year)),
        "mean_url": reverse("figure", args=["cagr"]) + question.link(**{**link, "year": year}),
    }
    if growth.VOLUMES[measure].unit:
        return found
    return found | {
        "mark": spans.mark_passed(asked.but(year=last.year)),
        "mark_url": reverse("figure", args=["mark_passed"]) + question.link(**{**link, "year": last.year}),
    }


# Sparks -----------------------------------------------------------------------------------------------
def spark_words(months, values, unit):
    """Say a line of months in words: from when to when, its least, its most, its last known value."""
    known = [(value, month) for value, month in zip(values, months, strict=True) if value is not None]
    if not known:
        return gettext("Nothing is known of these months.")
    language = get_language()
    return gettext("%(span)s: least %(least)s, most %(most)s, last %(last)s") % {
        "span": span_label(months[0], months[-1], language, "short"),
        "least": _text(min(known)[0], unit, language),
        "most": _text(max(known)[0], unit, language),
        "last": _text(known[-1][0], unit, language),
    }


def _text(value, unit, language):
    if unit == "percent":
        return show_percent(value, language)
    return show(value, language, 2 if "/" in unit else 0)


def inside_url(answer, question, measure, key):
    """Return where a group leads: to what is inside it, else to its lines."""
    way = INSIDE.get(answer.by)
    if way and key != "-":
        return reverse("growth_by") + question.link(**{answer.by: key}, by=way, measure=measure)
    return proof.group_url(answer, question, key)


# Months x years -----------------------------------------------------------------------------------------
def shades(values):
    """Return (shade(value), steps of the legend): 0 for nothing, 1 lightest to 4 darkest, about as many in each."""
    steps = tiles.shades([value for value in values if value])

    def shade(value):
        return next((step.shade for step in steps if value and value <= step.high), 0)

    return shade, steps


# Bridge -----------------------------------------------------------------------------------------------
def steps(answer):
    """Return [(label, Group)] of a bridge, in its order: movements as they are defined, groups by what they add."""
    rows = [(label, group) for group, label in pictures.labelled(answer)]
    if answer.by == "movement":
        return rows
    return sorted(rows, key=lambda row: (row[1].base - row[1].compared, row[1].key))


def bridge_chart(answer):
    """Return the chart of a bridge, the smaller steps together; None when base and compared may not be compared."""
    if answer.change_state not in ("ok", "new"):
        return None
    moved = [
        (str(SHORT.get(group.key, label)) if answer.by == "movement" else label, group.compared - group.base)
        for label, group in steps(answer)
        if group.compared != group.base
    ]
    main = sorted(moved, key=lambda row: -abs(row[1]))[: pictures.MAIN_FAMILIES]
    rest = sum((amount for row in moved if row not in main for amount in row[1:]), Decimal(0))
    rows = [row for row in moved if row in main] + ([(gettext("Others"), rest)] if rest else [])
    language = get_language()
    ends = [
        (str(window[1].year), amount)
        for window, amount in ((answer.base_window, answer.base), (answer.window, answer.compared))
    ]
    spec = charts.pair(charts.bridge, ends[0], rows, ends[1], language=language, direction=pictures.direction())
    return {
        "spec": spec,
        "legend": [("total", gettext("Compared volume")), ("up", gettext("Rises")), ("down", gettext("Falls"))],
    }


def note_url(month, firm):
    """Return the address of the form of a new note."""
    return f"{reverse('month_note_new')}?month={to_iso(month)}" + (f"&supplier={firm}" if firm else "")
