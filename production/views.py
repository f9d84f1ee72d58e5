"""The pages of production: the overview, the lines, a line and its cells, a declaration and its decision."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, FilteredRelation, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from catalogue.models import Unit
from office.asking import ask
from office.attachments import attach
from office.door import Refused, Replayed, write
from office.question import Precise, Question
from partstrack import downloads, paging, registry
from partstrack.pages import PAGE_SIZE, ListPage, Page
from production import actions, balance, grid, line_totals, matrix, pictures, proof, site_months, volumes
from production.filters import LineFilters
from production.forms import NilForm
from production.models import MEASURE_NAMES, SOLD, Declaration, OutputLine, Standing
from production.site_months import DECLARED
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
YEARS_BACK = 4
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
        if request.GET.get("format") in downloads.FORMATS:
            return self._file(request, question, table, name, by)
        context = {
            "question": question,
            "asked": asked,
            "answer": answer,
            "figure": registry.figure(name),
            "since_url": reverse("since") + question.link(measure=name),
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
            "other_units": _other_units(answer, question, measure=name, by=by),
            "years": _years(request, question, measure=name, by=by),
            "precise": Precise(question),
            "kept": [
                (key, value)
                for key, value in {
                    "year": question.words["year"],
                    **question.filters,
                    "measure": name,
                    "by": by,
                }.items()
                if value
            ],
            "downloads": request.user.may("download"),
        }
        return render(request, "production/overview.html", context)

    def _table(self, request, question, answer, name):
        rows = [
            {
                "label": label,
                "key": group.key,
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
        return {"value": answer.value, "compared": answer.compared, "base": answer.base}

    def _file(self, request, question, table, name, by):
        if not request.user.may("download"):
            raise PermissionDenied
        title = f"{MEASURES[name]} – {DIMENSIONS[by]}"
        said = [*pictures.chips(question), (gettext("Year"), question.words["year"] or str(question.of().year), "")]
        return downloads.answer(request, table, request.GET["format"], title, said, lambda: table.totals)


def _tab(question, **words):
    return question.link(**words)


def _years(request, question, **words):
    """Return (year, address, chosen) of the years that may be asked; the asked one is always among them."""
    this, chosen = request.moment.today.year, question.of().year
    years = sorted({*range(this, this - YEARS_BACK, -1), *([chosen] if chosen else [])}, reverse=True)
    return [
        (str(year), question.link(**{"from": None, "to": None}, year=year, **words), year == chosen) for year in years
    ]


def _other_units(answer, question, **words):
    """Return what was declared in other units, each with its name and the address that asks for it."""
    names = {unit.pk: unit.name_in(get_language()) for unit in Unit.objects.order_by("pk")}
    return [
        {"value": row["value"], "label": names[row["unit"]], "url": question.link(unit=row["unit"], **words)}
        for row in answer.other_units
    ]


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
        if request.GET.get("perimeter"):
            lines = lines.filter(*volumes.inside_perimeter(request.asked))
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
        if narrowed is None:
            return None
        starts = volumes.joined(asked.version) if self.request.GET.get("perimeter") else None
        return line_totals.totals(asked.version, replace(narrowed, starts=starts))

    def context(self, request):
        """Say at which version the lines are shown."""
        return {
            "asked": request.asked,
            "untold": self.untold,
            "kept": [(key, request.GET[key]) for key in ("as-of", "on", "perimeter") if request.GET.get(key)],
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
        context = {
            "line": line,
            "asked": asked,
            "stood": stood.values_list("declaration", flat=True).first(),
            "cells": cells,
            "repairs": proof.repairs(cells),
            "gaps": [gap for gap in _gaps(request, line.declaration_id) if gap.line == line.pk],
            "may_enter": request.user.may("enter"),
            "revisions": proof.revisions(line),
            "user_may_see_files": request.user.may("upload"),
        }
        return render(request, "production/line.html", context)


class DeclarationPage(Page):
    """A declaration: its lines beside what it is based on, its state, and the decision that it waits for."""

    def get(self, request, number):
        """Show the declaration, or 404 when it is not theirs."""
        declaration = _declaration(request, number)
        came = _came(request, declaration)
        mine = declaration.submitted_by_id == request.user.pk
        waiting = declaration.state == Declaration.State.SUBMITTED
        needed = "approve" if declaration.four_eyes else "enter"
        context = {
            "declaration": declaration,
            "changes": list(_changes(declaration)),
            "came": came,
            "punctual": matrix.punctuality(came) if came else None,
            "gaps": _gaps(request, declaration.pk),
            "may_enter": request.user.may("enter"),
            "may_decide": waiting and request.user.may(needed) and not (declaration.four_eyes and mine),
            "correct_url": _correct_url(request.user, declaration),
            "own": waiting and declaration.four_eyes and mine,
        }
        return render(request, "production/declaration.html", context)


class Decide(Page):
    """Accept a declaration, or return it with a comment."""

    right = "enter"

    def post(self, request, number):
        """Decide once; a refusal says why. Approving one's own change of a closed month is forbidden."""
        declaration = _declaration(request, number)
        if declaration.four_eyes and (
            declaration.submitted_by_id == request.user.pk or not request.user.may("approve")
        ):
            raise PermissionDenied
        try:
            with write(request.user, request.POST.get("reason", "")[:400], request.POST.get("key") or None) as door:
                if request.POST.get("decision") == "return":
                    actions.send_back(door, request.user, declaration, request.POST.get("reason", ""))
                else:
                    actions.approve(door, request.user, declaration)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
        except Replayed:
            messages.info(request, gettext("This was already done."))
        else:
            messages.success(request, gettext("Decided."))
        return redirect("declaration", number)


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
        return render(request, "production/nil.html", {"form": form})


def _came(request, declaration):
    """Return the SiteMonth that this declaration is the reception of; None for a later revision or one that waits."""
    asked = ask(request.user, request.moment, {}, {"site": declaration.head.site.code})
    cell = site_months.grid(asked, [declaration.head.month]).cells.get(
        (declaration.head.site_id, declaration.head.month)
    )
    return cell if cell and cell.declaration == declaration.pk and cell.state in DECLARED else None


def _correct_url(user, declaration):
    """Return where a returned declaration is corrected, "" when there is nothing to correct."""
    if declaration.state != Declaration.State.RETURNED or not user.may("upload"):
        return ""
    return grid.url(declaration.head.site, declaration.head.month)


def _gaps(request, declaration):
    return balance.gaps_of(request.moment.version, [declaration], balance.SHOWN)


def _declaration(request, number):
    rows = Declaration.objects.visible_to(request.user).select_related(
        "head__site__firm", "author", "submitted_by", "decided_by", "batch", "based_on", "proof"
    )
    return get_object_or_404(rows, pk=number)


def _changes(declaration, most=500):
    """Yield what a declaration changes against the one it is based on: part, measure, old, new."""
    if declaration.kind == Declaration.Kind.NIL:
        return
    stood = OutputLine.objects.filter(declaration=declaration.based_on_id).select_related("part")
    before = {(line.part_id, line.brand_id): line for line in stood.order_by("part__reference", "pk")}
    lines = {
        (line.part_id, line.brand_id): line
        for line in declaration.lines.select_related("part").order_by("part__reference", "pk")
    }
    count = 0
    for key in [*lines, *(key for key in before if key not in lines)]:
        old, new = before.get(key), lines.get(key)
        for measure, label in MEASURE_NAMES.items():
            was, now = getattr(old, measure, None), getattr(new, measure, None)
            if was != now and count < most:
                count += 1
                part = (new or old).part.reference
                yield {"part": part, "month": declaration.head.month, "measure_label": label, "old": was, "new": now}
