"""The page of a figure: what it means, the formula with its numbers, and the way to its rows; and all figures."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.question import Precise, Question
from partstrack import registry
from partstrack.figures import WrongCall
from partstrack.pages import Page
from production import pictures, proof

VOLUMES = {"produced", "sold"}
MONTHLY = VOLUMES | {"coverage"}
DIMENSIONS = {
    "supplier": _("supplier"),
    "site": _("site"),
    "family": _("family"),
    "part": _("part"),
    "month": _("month"),
    "year": _("year"),
    "wilaya": _("wilaya"),
    "brand": _("brand"),
    "unit": _("unit"),
    "agreement": _("agreement"),
    "programme": _("programme"),
    "component": _("component"),
    "policy": _("rule"),
    "evidence": _("evidence"),
}
ROWS_SHOWN = 100


class FigureList(Page):
    """Every number the product can give, with its definition."""

    def get(self, request):
        """List the figures."""
        return render(request, "reports/figures.html", {"figures": registry.all_of("figures")})


class FigurePage(Page):
    """One figure, asked by its address: definition, formula with numbers, groups, rows."""

    marked = True

    def get(self, request, name):
        """Show the figure; an unknown name is 404, a wrong word is said."""
        try:
            figure = registry.figure(name)
        except registry.Unknown:
            raise Http404 from None
        question = Question(request, figure.filters, yearly=name in MONTHLY)
        by = request.GET.get("by") if request.GET.get("by") in figure.dims else _first_dim(figure)
        try:
            asked = question.of(by)
            answer = figure.compute(asked)
        except WrongCall as error:
            question.wrong = str(error)
            return render(request, "reports/figure.html", {"figure": figure, "question": question}, status=400)
        volume = name in VOLUMES
        context = {
            "figure": figure,
            "answer": answer,
            "asked": asked,
            "question": question,
            "chips": pictures.chips(question),
            "by": by,
            "dimensions": [(DIMENSIONS.get(dim, dim), question.link(by=dim), dim == by) for dim in figure.dims],
            "groups": _groups(answer, question, volume) if answer.groups else [],
            "more": max(0, len(answer.groups or ()) - ROWS_SHOWN),
            "lines_url": proof.lines_url(answer, question) if volume else "",
            "volume": volume,
            "since_url": reverse("since") + question.link(measure=name),
            "precise": Precise(question),
            "kept": [
                (key, value)
                for key, value in {"year": question.words["year"], **question.filters, "by": by}.items()
                if value
            ],
        }
        return render(request, "reports/figure.html", context)


def _first_dim(figure):
    return "family" if "family" in figure.dims else (figure.dims[0] if figure.dims else None)


def _groups(answer, question, volume):
    """Return (name, group, address of its lines) of the groups that are shown."""
    shown = replace(answer, groups=answer.groups[:ROWS_SHOWN])
    return [
        (label, group, proof.group_url(answer, question, group.key) if volume else "")
        for group, label in pictures.labelled(shown)
    ]
