"""What a figure counts, as a list and as a file: its rows are the figure's number, or add up to it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partstrack import downloads, registry
from partstrack.pages import Page, arrange
from production import pictures
from reports import asked as asking

PARTS = {
    "value": (_("Value"), _("These rows are the value of “%(figure)s”.")),
    "numerator": (_("Numerator"), _("These rows are the numerator of “%(figure)s”.")),
    "denominator": (_("Denominator"), _("These rows are the denominator of “%(figure)s”.")),
}


class CountedRows(Page):
    """The rows of one list of a figure, in the situation and with the filters of the figure's address."""

    def get(self, request, name, what):
        """Show the list, or give it as csv or xlsx; an unknown figure, list or code is 404."""
        figure = asking.figure_of(request.user, name)
        lists = {each.name: each for each in registry.counted(name)}
        if what not in lists:
            raise Http404
        question = asking.question_of(request, figure)
        asked = question.of()
        if question.wrong:
            raise Http404(question.wrong)
        answer, counted = figure.compute(asked), lists[what]
        table = _table(request, counted, asked, answer)
        if request.GET.get("format") in downloads.FORMATS:
            return _file(request, table, figure, counted, question)
        context = {
            "figure": figure,
            "figure_url": reverse("figure", args=[name]) + question.link(),
            "title": counted.title,
            "answer": answer,
            "asked": asked,
            "chips": asking.chips(question),
            "lists": [
                (PARTS[each.of][0] if each.of else each.title, _address(figure, each, question), each is counted)
                for each in lists.values()
            ],
            "said": _said(figure, counted, answer),
            "table": table,
            "downloads": request.user.may("download"),
        }
        return render(request, "reports/counted.html", context)


def _address(figure, counted, question):
    return reverse("figure_rows", args=[figure.name, counted.name]) + question.link()


def _table(request, counted, asked, answer):
    """Return the table of a list; its sum is the figure's own number, which its rows add up to."""
    table = counted.table(counted.rows(asked), request=request)
    table.ask = asked
    arrange(request, table)
    number = getattr(answer, counted.of) if counted.of else None
    table.totals = {counted.sums: number} if counted.sums and number is not None else {}
    return table


def _file(request, table, figure, counted, question):
    if not request.user.may("download"):
        raise PermissionDenied
    name = f"{figure.title} – {counted.title}"
    return downloads.answer(request, table, request.GET["format"], name, asking.chips(question), lambda: table.totals)


def _said(figure, counted, answer):
    """Say which number of the figure these rows are."""
    if not counted.of or getattr(answer, counted.of) is None:
        return ""
    return PARTS[counted.of][1] % {"figure": pictures.title(figure, answer.unit)}
