"""The pages of growth: a trend, who and what grows, months over years, the bridge. Each chart with its table and a file."""

from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from office.question import Precise
from partstrack import downloads, registry
from partstrack.pages import Page
from partstrack.periods import month_range, shift
from partstrack.templatetags.show import in_unit
from production import bridge, growth, growth_pictures, growth_rows, pictures, proof, series
from production.growth_tables import BridgeTable, GrowthTable, HeatTable, TrendTable, UnitTable, heat_column

DIMENSIONS = {
    "family": _("Families"),
    "part": _("References"),
    "supplier": _("Suppliers"),
    "site": _("Sites"),
    "wilaya": _("Wilayas"),
    "brand": _("Brands"),
    "range": _("Ranges"),
}
HEADINGS = {
    "family": _("Family"),
    "part": _("Reference"),
    "supplier": _("Supplier"),
    "site": _("Site"),
    "wilaya": _("Wilaya"),
    "brand": _("Brand"),
    "range": _("Range"),
}
BRIDGES = {
    "movement": _("Suppliers: new, lost, existing"),
    "family": _("Families"),
    "supplier": _("Suppliers"),
    "brand": _("Brands"),
    "range": _("Ranges"),
    "wilaya": _("Wilayas"),
}
PER_PAGE = 50
MONTHS_OF_SPARK = 24
YEARS_OF_HEAT = 5


class TrendPage(Page):
    """A measure month by month over the year before, with its target, the calendar and notes; other spans behind it."""

    def get(self, request):
        """Show the page, or its table as a file."""
        question, measure = (
            growth_pictures.question(request),
            _chosen(request, "measure", growth_pictures.MEASURES, "produced"),
        )
        asked, answer = _asked(question, measure, "month")
        windows = growth.windows_of(asked)
        months = month_range(windows.first, windows.last)
        read = series.series(measure, asked, [*months, *growth_pictures.bases(windows)])
        around = growth_pictures.beside(request.user, windows, question.filters["supplier"])
        table = TrendTable(growth_rows.trend_rows(request, question, windows, read, answer, around), request=request)
        if file := _file(request, question, table, asked, answer, measure, _("Trend")):
            return file
        pace = growth_rows.target(measure, asked, answer)
        context = {
            **_frame(request, question, "growth", measure, growth_pictures.MEASURES),
            "asked": asked,
            "answer": answer,
            "table": table,
            "known": bool(read.total),
            "trend": growth_pictures.trend(windows, read, around, pace and pace.target / 12),
            "pace": pace,
            "targets_url": reverse("target_list") + question.link(),
            **growth_pictures.other_spans(measure, asked, answer, question),
            "note_url": growth_pictures.note_url(growth_rows.note_month(answer, windows), question.filters["supplier"]),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "production/growth.html", context)


class GroupsPage(Page):
    """Who and what grows: groups with sparks, growth, contribution and target; each leads further in."""

    def get(self, request):
        """Show the page, or its table as a file."""
        question, measure = (
            growth_pictures.question(request),
            _chosen(request, "measure", growth_pictures.MEASURES, "produced"),
        )
        by = _chosen(request, "by", DIMENSIONS, "family")
        asked, answer = _asked(question, measure, by)
        last = answer.window[1] if answer.window else growth.windows_of(asked).last
        months = month_range(shift(last, 1 - MONTHS_OF_SPARK), last)
        read = series.series(measure, asked, months, by)
        table = GrowthTable(
            growth_rows.group_rows(measure, answer, asked),
            request=request,
            read=read,
            inside=partial(growth_pictures.inside_url, answer, question, measure),
            lines=partial(proof.group_url, answer, question),
        )
        table.columns["label"].column.verbose_name = str(HEADINGS[by])
        if file := _file(request, question, table, asked, answer, measure, DIMENSIONS[by]):
            return file
        up, down = bridge.movers(answer.groups) if measure in growth.VOLUMES else ((), ())
        names = {group.key: label for group, label in pictures.labelled(answer)}
        context = {
            **_frame(request, question, "growth_by", measure, growth_pictures.MEASURES, by=by),
            "asked": asked,
            "answer": answer,
            "table": table,
            "by_range": by == "range",
            "dimensions": [
                (label, question.link(measure=measure, by=key), key == by) for key, label in DIMENSIONS.items()
            ],
            "movers": [
                (title, [(names[each.key], each, each.compared - each.base) for each in moved])
                for title, moved in ((_("Largest rises"), up), (_("Largest falls"), down))
                if moved
            ],
        }
        return render(request, "production/growth_by.html", context)


class MonthsPage(Page):
    """Months down, years across: a shaded table of numbers."""

    def get(self, request):
        """Show the page, or its table as a file."""
        question, measure = (
            growth_pictures.question(request),
            _chosen(request, "measure", growth_pictures.MEASURES, "produced"),
        )
        asked = question.of()
        year = asked.year or asked.last.year
        years = range(year - YEARS_OF_HEAT + 1, year + 1)
        read = series.series(measure, asked, month_range(date(years[0], 1, 1), date(year, 12, 1)))
        years = [each for each in years if any(month.year == each for month in read.total)]
        shade, steps = growth_pictures.shades(list(read.total.values()))
        rows = growth_rows.heat_rows(read, years, question) if years else []
        table = HeatTable(
            rows, request=request, extra_columns=[(f"y{each}", heat_column(each, shade)) for each in years]
        )
        unit = growth_rows.unit_of(measure, question)
        table.unit, figure = unit, registry.figure(measure)
        if file := _file(request, question, table, asked, None, measure, _("Months × years")):
            return file
        context = {
            **_frame(request, question, "growth_months", measure, growth_pictures.MEASURES),
            "asked": asked,
            "table": table,
            "figure": figure,
            "years_label": str(year),
            "steps": [(step.shade, in_unit(step.low, unit), in_unit(step.high, unit)) for step in steps],
        }
        return render(request, "production/growth_months.html", context)


class BridgePage(Page):
    """What led from the base to what is compared: movements of suppliers, or families and so on; it adds up exactly."""

    def get(self, request):
        """Show the page, or its table as a file."""
        question, measure = growth_pictures.question(request), _chosen(request, "measure", growth.VOLUMES, "produced")
        by = _chosen(request, "by", BRIDGES, "movement")
        question_asked = question.of(by)
        asked = question_asked.but(filters={**question_asked.filters, "measure": measure})
        answer = registry.figure("bridge").compute(asked)
        table = BridgeTable(growth_rows.bridge_rows(answer, question, measure), request=request)
        table.totals = {"base": answer.base, "compared": answer.compared, "difference": answer.compared - answer.base}
        if answer.change_state == "ok":
            table.totals["contribution"] = answer.change
        if file := _file(request, question, table, asked, answer, measure, _("Bridge")):
            return file
        context = {
            **_frame(request, question, "growth_bridge", measure, growth.VOLUMES, by=by),
            "asked": asked,
            "answer": answer,
            "table": table,
            "chart": growth_pictures.bridge_chart(answer),
            "left_out": next((group.value for group in answer.groups if group.key == bridge.MISSING), None)
            if by == "movement"
            else None,
            "dimensions": [
                (label, question.link(measure=measure, by=key), key == by) for key, label in BRIDGES.items()
            ],
        }
        return render(request, "production/growth_bridge.html", context)


# What the pages share -----------------------------------------------------------------------------------
def _chosen(request, word, known, default):
    """Return what the address says, if there is such a thing."""
    said = request.GET.get(word)
    return said if said in known else default


def _asked(question, measure, by):
    """Return (the question, its answer) of a measure by a dimension."""
    asked = question.of(by)
    return asked, registry.figure(measure).compute(asked)


def _frame(request, question, section, measure, measures, **words):
    """Return what every page of growth shows around its own content."""
    link = {"measure": measure, **words}
    choice = [(key, growth_pictures.MEASURES[key], question.link(**{**link, "measure": key})) for key in measures]
    kept = {"year": question.words["year"], **question.filters, **link}
    return {
        "question": question,
        "measure": measure,
        "title": growth_pictures.MEASURES[measure],
        "worse_up": measure in growth_pictures.WORSE_UP,
        "growth_pages": growth_pictures.sections(question, section, measure=measure),
        "measures": [(label, url, key == measure) for key, label, url in choice if key in growth_pictures.MAIN],
        "others": [(label, url, key == measure) for key, label, url in choice if key not in growth_pictures.MAIN],
        "other_chosen": measure not in growth_pictures.MAIN,
        "years": growth_pictures.years(request, question, **link),
        "precise": Precise(question),
        "kept": [(key, value) for key, value in kept.items() if value],
        "chips": _chips(question, link),
        "figure_url": reverse("figure", args=[measure]) + question.link(),
        "downloads": request.user.may("download"),
    }


def _chips(question, words):
    """Return the chips; taking one off keeps the measure and the dimension."""
    said = "".join(f"&{key}={value}" for key, value in words.items())
    return [(label, value, url + said) for label, value, url in pictures.chips(question)]


def _file(request, question, table, asked, answer, measure, what):
    """Return the table as the file that the address asks for, None when it asks for the page."""
    table.ask = asked
    if isinstance(table, UnitTable):
        table.of(answer)
    wanted = request.GET.get("format")
    RequestConfig(request, paginate=False if wanted else {"per_page": PER_PAGE}).configure(table)
    if wanted not in downloads.FORMATS:
        return None
    if not request.user.may("download"):
        raise PermissionDenied
    said = [*pictures.chips(question), (gettext("Year"), question.words["year"] or str(question.of().year or ""), "")]
    title = f"{growth_pictures.MEASURES[measure]} – {what}"
    return downloads.answer(request, table, wanted, title, said, lambda: table.totals)
