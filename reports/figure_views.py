"""The page of a figure: what it means, the formula with its numbers, and the way to its rows; and all figures."""

from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partstrack import registry
from partstrack.figures import WrongCall
from partstrack.pages import Page
from production import growth, pictures, proof
from production.restatements import MEASURED
from reports import asked as asking

# Figures that are a volume over months: lines stand behind them, and their groups add up.
VOLUMES = {*growth.VOLUMES, "month_change", "rolling_12", "growth_since", "bridge"}
ROWS_SHOWN = 100


class FigureList(Page):
    """Every number the product can give, with its definition."""

    def get(self, request):
        """List the figures."""
        return render(
            request,
            "reports/figures.html",
            {
                "figures": [figure for figure in registry.all_of("figures") if request.user.may(figure.right)],
                "oversees": request.user.may("oversee"),
            },
        )


class FigurePage(Page):
    """One figure, asked by its address: definition, formula with numbers, groups, rows."""

    marked = True

    def get(self, request, name):
        """Show the figure; an unknown name is 404, an unknown code too and it is said, a wrong word is said."""
        figure = asking.figure_of(request.user, name)
        question = asking.question_of(request, figure)
        by = request.GET.get("by")
        by = by if by in figure.dims else asking.first_dimension(figure, question)
        try:
            asked = question.of(by)
            answer = figure.compute(asked)
        except WrongCall as error:
            question.wrong = str(error)
            return render(request, "reports/figure.html", {"figure": figure, "question": question}, status=404)
        groups, lists = _groups(figure, answer, question), _lists(figure, answer, question)
        context = {
            "figure": figure,
            "title": pictures.title(figure, answer.unit),
            "unit_label": pictures.unit_label(answer.unit),
            "counted_unit": pictures.unit_label(answer.counted_unit),
            "answer": answer,
            "asked": asked,
            "question": question,
            "chips": asking.chips(question),
            "pills": asking.pills(figure, question, asked, answer),
            "lists": lists,
            "value_url": lists[0]["url"] if lists and answer.value is not None else "",
            "dimensions": [(asking.DIMENSIONS.get(dim, dim), question.link(by=dim), dim == by) for dim in figure.dims],
            "dimension": asking.DIMENSIONS.get(by, by),
            "groups": groups,
            "columns": _columns(figure, answer),
            "more": max(0, len(answer.groups or ()) - ROWS_SHOWN),
            "other_units": pictures.other_units(answer, question, by=by),
            "lines_url": _lines_url(figure, answer, question),
            "volume": name in VOLUMES,
            "compares": name in VOLUMES or bool(figure.rows_url and answer.compared is not None),
            "sayable": name in MEASURED,
            "since_url": reverse("since") + question.link(measure=name),
            "kept": question.kept(by=by),
        }
        return render(request, "reports/figure.html", context)


def _lines_url(figure, answer, question):
    """Return the address of the lines behind a figure, "" when there is none."""
    if figure.rows_url:
        return figure.rows_url(answer, question.filters, question.situation)
    return proof.lines_url(answer, question) if figure.name in VOLUMES else ""


def _groups(figure, answer, question):
    """Return (name, group, address of its lines, address of the figure narrowed to it) of the groups that are shown."""
    volume, narrows = figure.name in VOLUMES, answer.by in figure.filters
    shown = replace(answer, groups=answer.groups[:ROWS_SHOWN]) if answer.groups else None
    return [
        (
            label,
            group,
            proof.group_url(answer, question, group.key) if volume else "",
            question.link(**{answer.by: group.key}) if narrows and not volume and group.key != "-" else "",
        )
        for group, label in (pictures.labelled(shown) if shown else ())
    ]


def _columns(figure, answer):
    """Return which columns the groups have something to say in, and what their values are called."""
    groups, whole = answer.groups or (), not answer.group_unit
    return {
        "value": _unit_heading(answer.unit_of_groups),
        "share": any(group.denominator is not None for group in groups),
        "compared": figure.name in VOLUMES or any(group.compared not in (None, group.value) for group in groups),
        "base": any(group.base is not None for group in groups),
        "change": any(group.change is not None or group.change_state == "new" for group in groups),
        "contribution": whole and any(group.contribution is not None for group in groups),
        "total": whole and answer.value is not None and _adds_up(figure, answer.by),
    }


def _unit_heading(unit):
    label = pictures.unit_label(unit)
    return label[:1].upper() + label[1:] or _("Value")


def _adds_up(figure, by):
    """Say whether the groups by a dimension add up to the figure: volumes, and sums of one programme's parts."""
    if figure.name in VOLUMES:
        return by != "unit"
    return by not in figure.filters and any(each.of == "value" and each.sums for each in registry.counted(figure.name))


def _lists(figure, answer, question):
    """Return the lists of what is counted: {"title", "of", "number", "url"}; `number` is theirs, None where it is not said."""
    return [
        {
            "title": each.title,
            "of": each.of,
            "number": getattr(answer, each.of) if each.of else None,
            "sums": each.sums,
            "url": reverse("figure_rows", args=[figure.name, each.name]) + question.link(),
        }
        for each in registry.counted(figure.name)
    ]
