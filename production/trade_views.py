"""The pages of imports: beside local production, lines and a line, a file that is sent."""

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from accounts.models import Firm
from intake.sending import SendPage
from office.entry import EntryPage
from office.question import Precise, Question
from partstrack import charts, downloads, registry
from partstrack.pages import ListPage, Page
from partstrack.periods import span_label
from production import beside, pictures, policy, trade, trade_proof
from production.comparison import ZERO
from production.models import Source, TradeLine
from production.trade_filters import TradeFilters
from production.trade_forms import ImporterForm, TradeUploadForm
from production.trade_tables import BesideTable, TradeTable

FILTERS = ("family", "unit", "source", "perimeter")
YEARS = 3  # side by side
YEARS_BACK = 4
SHOWN = 8  # families of the chart
GROWTH_IS_WORSE = {"imports", "imports_value"}


def source_choices(question):
    """Return (label, address, chosen) of the sources; one of them is always asked."""
    chosen = question.filters["source"] or Source.CUSTOMS
    return [(label, question.link(source=value), value == chosen) for value, label in Source.choices]


def perimeter_choices(question):
    """Return (label, address, chosen) of the perimeters."""
    chosen = question.filters["perimeter"] or trade.IMPORTERS
    return [(label, question.link(perimeter=value), value == chosen) for value, label in trade.PERIMETERS.items()]


def chosen(choices):
    """Return the label of what is chosen."""
    return next(label for label, _url, current in choices if current)


class Imports(Page):
    """Imports beside local production of a year and those before it; the table is also a file."""

    right = "see_all"

    def get(self, request):
        """Show the page, or its table as csv or xlsx."""
        question = Question(request, FILTERS)
        asked = question.of()
        year = asked.year or asked.last.year
        years = beside.beside(asked, range(year - YEARS + 1, year + 1))
        table = self._table(request, question, years)
        table.ask = asked
        sources, perimeters = source_choices(question), perimeter_choices(question)
        if request.GET.get("format") in downloads.FORMATS:
            return self._file(request, question, table, year, chosen(sources), chosen(perimeters))
        context = {
            "question": question,
            "asked": asked,
            "years": [
                (str(each), question.link(year=each), each == year)
                for each in range(request.moment.today.year, request.moment.today.year - YEARS_BACK, -1)
            ],
            "year": year,
            "sources": sources,
            "source": chosen(sources),
            "perimeters": perimeters,
            "perimeter": chosen(perimeters),
            "chips": pictures.chips(question),
            "figures": _figures(asked, question),
            "chart": _chart(years[-1], table),
            "table": table,
            "windows": [(str(each.year), each.window) for each in years],
            "shares": [each.year for each in years if each.share],
            "watched": policy.check(asked.but(filters=_only(asked, "family", "source"))),
            "precise": Precise(question),
            "kept": [(name, value) for name, value in question.filters.items() if value],
            "may_enter": request.user.may("enter"),
            "downloads": request.user.may("download"),
        }
        return render(request, "production/imports.html", context)

    def _table(self, request, question, years):
        codes = beside.families(years)
        names = pictures.names("family", codes)
        rows = [_beside_row(question, code, names.get(code, code), years) for code in codes]
        table = BesideTable(rows, years=[each.year for each in reversed(years)], request=request)
        RequestConfig(request, paginate=False).configure(table)
        totals = [
            (f"{side}_{each.year}", total)
            for each in years
            for side, total in zip(("local", "imported"), each.total, strict=True)
        ]
        table.totals = {name: total for name, total in totals if total is not None}
        return table

    def _file(self, request, question, table, year, source, perimeter):
        if not request.user.may("download"):
            raise PermissionDenied
        said = [
            *pictures.chips(question),
            (gettext("Year"), str(year), ""),
            (gettext("Source"), str(source), ""),
            (gettext("Perimeter"), str(perimeter), ""),
        ]
        title = gettext("Imports beside local production")
        return downloads.answer(request, table, request.GET["format"], title, said, lambda: table.totals)


def _only(asked, *names):
    return {name: code for name, code in asked.filters.items() if name in names}


def _beside_row(question, code, label, years):
    row = {"label": label, "url": reverse("imports") + question.link(family=code)}
    for each in years:
        row |= {
            f"local_{each.year}": each.local.get(code),
            f"imported_{each.year}": each.imported.get(code),
            f"share_{each.year}": each.share.get(code),
        }
    return row


def _figures(asked, question):
    """Return (figure, answer, address of its page, whether a rise is bad) of the four numbers at the head of the page."""
    keep = {
        "imports": FILTERS,
        "imports_value": ("family", "source", "perimeter"),
        "local_sourcing": ("family", "unit", "source"),
        "imports_avoided": ("family", "unit", "source"),
    }
    found = []
    for name, names in keep.items():
        figure = registry.figure(name)
        link = question.link(**{other: None for other in FILTERS if other not in names})
        answer = figure.compute(asked.but(filters=_only(asked, *names)))
        found.append((figure, answer, reverse("figure", args=[name]) + link, name in GROWTH_IS_WORSE))
    return found


def _chart(year, table):
    """Return bars of local production over grey ones of imports, the largest families first; None without any."""
    known = [row for row in table.data.data if row[f"local_{year.year}"] or row[f"imported_{year.year}"]][:SHOWN]
    if not known:
        return None
    rows = [(row["label"], row[f"local_{year.year}"] or ZERO, row[f"imported_{year.year}"] or ZERO) for row in known]
    spec = charts.pair(charts.bars, rows, language=get_language(), direction=pictures.direction(), span=12)
    headings = [gettext("Family"), gettext("Local production"), gettext("Imports")]
    label = span_label(*year.window, get_language()) if year.window else str(year.year)
    return {
        "spec": spec,
        "table": {"headings": headings, "rows": [list(row) for row in rows]},
        "legend": [("solid-bar", headings[1]), ("band", headings[2])],
        "note": label,
    }


class TradeList(ListPage):
    """The lines of one source that stand at a data version: what every number of imports is the sum of."""

    right = "see_all"
    title = _("Lines of imports")
    table_class = TradeTable
    filter_class = TradeFilters
    template = "production/trade_list.html"

    def rows(self, request):
        """Return the standing lines of the asked source, with their value in DZD beside them."""
        question = Question(request, FILTERS)
        request.asked = question.of()
        where = trade.area(request.asked.but(filters=_only(request.asked, "source", "perimeter")))
        lines = TradeLine.objects.visible_to(request.user).filter(
            trade_return__in=trade.standing(request.asked.version, where.source, where.national).values("trade_return")
        )
        related = ("trade_return__head", "firm", "range__brand", "range__family", "family", "part", "country", "unit")
        return lines.select_related(*related).annotate(dinars=trade.IN_DINARS)

    def totals(self, rows):
        """Sum quantities of one unit, and values in DZD, over all pages; goods that came in and went out are not added."""
        flows = set(rows.order_by().values_list("flow", flat=True).distinct())
        units = set(rows.order_by().values_list("unit", flat=True).distinct())
        if len(flows) > 1:
            return {}
        sums = rows.order_by().aggregate(
            all_dinars=Sum(trade.IN_DINARS, output_field=trade.EXACT), all_quantity=Sum("quantity")
        )
        named = {"dinars": sums["all_dinars"], "quantity": sums["all_quantity"] if len(units) == 1 else None}
        return {name: total for name, total in named.items() if total is not None}

    def context(self, request):
        """Say the situation, the source and the perimeter; the ways to the others keep the filters."""
        question = Question(request, (*FILTERS, "range", "importer", "origin", "brand", "month_from", "month_to", "q"))
        sources, perimeters = source_choices(question), perimeter_choices(question)
        kept = [(name, request.GET[name]) for name in ("as-of", "source", "perimeter") if request.GET.get(name)]
        return {
            "asked": request.asked,
            "sources": sources,
            "source": chosen(sources),
            "perimeters": perimeters,
            "perimeter": chosen(perimeters),
            "kept": kept,
        }


class TradeLinePage(Page):
    """A line of imports: each value with the file, sheet, row and column it came from, and its month's revisions."""

    right = "see_all"

    def get(self, request, number):
        """Show the line, or 404."""
        related = (
            "trade_return__head",
            "firm",
            "range__brand",
            "range__family",
            "family",
            "part",
            "country",
            "unit",
            "batch",
        )
        line = get_object_or_404(TradeLine.objects.visible_to(request.user).select_related(*related), pk=number)
        asked = Question(request, FILTERS).of()
        context = {
            "line": line,
            "head": line.trade_return.head,
            "asked": asked,
            "cells": trade_proof.cells(line),
            "revisions": trade_proof.revisions(line, asked.version),
            "user_may_see_files": request.user.may("upload"),
            "trail": [(str(line.pk), "")],
        }
        return render(request, "production/trade_line.html", context)


class TradeUpload(SendPage):
    """Send a file of imports."""

    kind, form_class, back = "trade", TradeUploadForm, "imports"
    title = _("Upload a file of imports")
    doors = (("importer_new", _("Enter an importer that is not in the list")), ("range_new", _("New range")))
    steps = (
        _("One row for each month and goods: a range, a family or a reference."),
        _("Importer, country of origin, number of the document, quantity with its unit."),
        _(
            "The value in its currency. Outside DZD it needs the exchange rate, its day and its source: they are kept with the line for good."
        ),
        _("A blank cell says nothing and erases nothing; a 0 is a 0."),
    )


class ImporterEntry(EntryPage):
    """Enter a firm that imports."""

    form_class = ImporterForm
    title_new = title_edit = _("New importer")

    def row(self, request):
        """Return a fresh firm."""
        return Firm()

    def address(self, row):
        """Lead to the form where its file is sent."""
        return reverse("trade_upload")
