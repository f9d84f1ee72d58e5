"""The pages of production: the overview, the lines, a line and its cells, a month without production."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import Case, Count, F, FilteredRelation, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from office.attachments import attach
from office.door import Refused, Replayed, write
from office.question import Precise, Question
from partstrack import paging, registry
from partstrack.pages import PAGE_SIZE, ListPage, Page, as_file
from production import actions, balance, line_totals, pictures, proof, standings
from production.filters import LineFilters
from production.forms import NilForm
from production.models import SOLD, OutputLine, Standing
from production.tables import GroupTable, LineTable

MEASURES = {"produced": _("Produced"), "sold": _("Sold")}
DIMENSIONS = {
    "family": _("By family"),
    "supplier": _("By supplier"),
    "brand": _("By brand"),
    "wilaya": _("By wilaya"),
    "month": _("By month"),
}
HEADINGS = {
    "family": _("Family"),
    "supplier": _("Supplier"),
    "brand": _("Brand"),
    "wilaya": _("Wilaya"),
    "month": _("Month"),
}
SEVERAL_UNITS = _("These lines are in several units: choose one unit to see a total. Units are never added together.")
TOO_MANY = _("These lines are too many to be added up one by one: set a further filter to see a total.")


class Overview(Page):
    """Production of a year by family, supplier and so on, with growth; the table is also a file."""

    marked = True

    def get(self, request):
        """Show the page, or its table as csv or xlsx."""
        question = Question(request)
        name = request.GET.get("measure") if request.GET.get("measure") in MEASURES else "produced"
        by = request.GET.get("by") if request.GET.get("by") in DIMENSIONS else "family"
        asked = question.of(by)
        answer = registry.figure(name).compute(asked)
        table = self._table(request, question, answer, name)
        table.ask = asked
        said = [*pictures.chips(question), (gettext("Year"), question.words["year"] or str(asked.year), "")]
        title = f"{pictures.title(registry.figure(name), answer.unit)} – {DIMENSIONS[by]}"
        if file := as_file(request, table, title, said, lambda: table.totals):
            return file
        context = {
            "question": question,
            "asked": asked,
            "answer": answer,
            "title": pictures.title(registry.figure(name), answer.unit),
            "unit_label": pictures.unit_label(answer.unit),
            "since_url": reverse("since") + question.link(measure=name),
            "growth_url": reverse("growth") + question.link(measure=name),
            "measure": name,
            "by": by,
            "table": table,
            "chips": pictures.chips(question),
            "monthly": pictures.monthly(name, asked),
            "contributions": pictures.contributions(answer, span=4),
            "figure_url": reverse("figure", args=[name]) + question.link(),
            "measures": [(label, _tab(question, measure=key, by=by), key == name) for key, label in MEASURES.items()],
            "dimensions": [
                (label, _tab(question, measure=name, by=key), key == by) for key, label in DIMENSIONS.items()
            ],
            "other_units": pictures.other_units(answer, question, measure=name, by=by),
            "years": question.years(asked, measure=name, by=by),
            "precise": Precise(question),
            "kept": question.kept(measure=name, by=by),
            "downloads": request.user.may("download"),
            "may_upload": request.user.may("upload"),
        }
        return render(request, "production/overview.html", context)

    def _table(self, request, question, answer, name):
        rows = [
            {
                "label": label,
                "sort": group.key if answer.by == "month" else label,
                "value": group.value,
                "compared": group.compared,
                "base": group.base,
                "change": group.change,
                "contribution": group.contribution,
                "url": proof.group_url(answer, question, group.key),
            }
            for group, label in pictures.labelled(answer)
        ]
        table = GroupTable(rows, request=request)
        RequestConfig(request, paginate={"per_page": PAGE_SIZE}).configure(table)
        table.columns["label"].column.verbose_name = str(HEADINGS.get(answer.by, ""))
        table.totals = self._totals(answer)
        return table

    def _totals(self, answer):
        """Return the totals of the answer: its growth, and the points of all groups together, which are the growth."""
        totals = {"value": answer.value, "compared": answer.compared, "base": answer.base}
        return (
            totals | {"change": answer.change, "contribution": answer.change} if answer.change_state == "ok" else totals
        )


def _tab(question, **words):
    return question.link(**words)


class LineList(ListPage):
    """The lines that stand, at a data version: what every number of production is the sum of."""

    title = _("Lines")
    table_class = LineTable
    filter_class = LineFilters
    template = "production/line_list.html"
    untold = ""  # why there is no total

    def rows(self, request):
        """Return the standing lines this person may see, with family and sold beside them."""
        request.asked = Question(request).of()
        version = request.asked.version
        lines = OutputLine.objects.visible_to(request.user).filter(
            declaration__in=Standing.objects.standing(version).values("declaration")
        )
        language = get_language() if get_language() in ("ar", "en") else "fr"
        lines = lines.select_related("part", "site__firm", "brand", "unit").annotate(
            in_family=FilteredRelation("part__families", condition=_stood(version)),
            family_name=F(f"in_family__family__name_{language}"),
            sold=_sold(),
        )
        return lines.order_by("-month", "site_id", "part_id", "pk")  # by index: names are in other tables

    def known(self):
        """Count by the sums, unless the lines of single parts are asked for."""
        return self._summed.lines if self._summed else None

    def totals(self, rows):
        """Sum every measure over all pages; units are never added, and neither are the stocks of several months."""
        found = self._summed or _added_up(rows)
        if found is None or found.units > 1:
            self.untold = TOO_MANY if found is None else SEVERAL_UNITS
            return {}
        return {name: total for name, total in found.sums.items() if name != "closing" or found.months == 1}

    @cached_property
    def _summed(self):
        narrowed, asked = self.filters.narrowed(), self.request.asked
        if narrowed is None or self.conditions:
            return None
        starts = standings.joined(asked.version) if self.request.GET.get("perimeter") else None
        return line_totals.totals(asked.version, replace(narrowed, starts=starts))

    def context(self, request):
        """Say at which version the lines are shown."""
        return {
            "asked": request.asked,
            "untold": self.untold,
            "kept": [(key, request.GET[key]) for key in ("as-of", "on") if request.GET.get(key)],
            "clear_url": Question(request).keep or request.path,
        }


def _stood(version):
    """Return the condition that a part was in a family at a data version: it is in one at a time."""
    ended = Q(part__families__to_v=None) | Q(part__families__to_v__gt=version)
    return Q(ended, part__families__from_v__lte=version)


def _sold():
    """Return what a line says was sold, NULL when it says nothing of sales."""
    quantity = OutputLine._meta.get_field(SOLD[0])
    said = [Coalesce(F(name), Value(0), output_field=quantity) for name in SOLD]
    silent = When(**{f"{name}__isnull": True for name in SOLD}, then=Value(None))
    return Case(silent, default=sum(said[1:], said[0]), output_field=quantity)


def _added_up(rows):
    """Return the Totals of lines of single parts, line by line; None when they are too many for that."""
    keys = rows.order_by()
    if keys.values("pk")[: paging.COUNTED + 1].count() > paging.COUNTED:
        return None
    sums = keys.aggregate(
        lines=Count("pk"),
        units=Count("unit", distinct=True),
        months=Count("month", distinct=True),
        **{f"sum_{name}": Sum(name) for name in line_totals.COLUMNS},
    )
    named = {name: sums.pop(f"sum_{name}") for name in line_totals.COLUMNS}
    return line_totals.Totals(**sums, sums={name: total for name, total in named.items() if total is not None})


class LinePage(Page):
    """A line: each value with the file, sheet, row and column it came from, and the revisions of its month."""

    def get(self, request, number):
        """Show the line, or 404 when it is not theirs."""
        lines = OutputLine.objects.visible_to(request.user).select_related(
            "part", "site__firm", "unit", "brand", "declaration__head"
        )
        line = get_object_or_404(lines, pk=number)
        asked = Question(request).of()
        stood = Standing.objects.standing(asked.version).filter(head=line.declaration.head_id)
        cells = proof.cells(line)
        gaps = balance.gaps_of(request.moment.version, [line.declaration_id], balance.SHOWN)
        context = {
            "line": line,
            "asked": asked,
            "stood": stood.values_list("declaration", flat=True).first(),
            "cells": cells,
            "repairs": proof.repairs(cells),
            "gaps": [gap for gap in gaps if gap.line == line.pk],
            "may_enter": request.user.may("enter"),
            "revisions": proof.revisions(line),
            "user_may_see_files": request.user.may("upload"),
            "trail": [(line.part.reference, "")],
        }
        return render(request, "production/line.html", context)


class NilPage(Page):
    """Declare that a site made nothing in a month."""

    right = "upload"

    def get(self, request):
        """Show the form; ?site=CODE&month=YYYY-MM fills it in."""
        initial = {name: request.GET.get(name, "") for name in ("site", "month")}
        return self._show(request, NilForm(user=request.user, today=request.moment.today, initial=initial))

    def post(self, request):
        """Write the nil declaration with its proof and lead to it."""
        form = NilForm(request.POST, request.FILES, user=request.user, today=request.moment.today)
        if not form.is_valid():
            return self._show(request, form)
        data = form.cleaned_data
        try:
            with write(request.user, data["reason"], data["key"]) as door:
                made = self._declare(door, request.user, data, form.how())
                door.result = str(made.pk)
        except Replayed as sent:
            return redirect("declaration", int(sent.result))
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.reasons))
            return self._show(request, form)
        messages.success(request, gettext("Saved."))
        return redirect("declaration", made.pk)

    def _declare(self, door, user, data, how):
        site, paper = data["site"], data["proof"]
        if paper:
            how["proof"] = attach(door, user, site.firm, paper)
        return actions.declare_nil(door, user, site, data["month"], data["reason"], data.get("received_on"), **how)

    def _show(self, request, form):
        return render(request, "production/nil.html", {"form": form, "trail": [(gettext("Nothing was made"), "")]})
