"""The scorecard of the suppliers: all of them beside one another, and the card of one on its page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django_tables2 import RequestConfig

from office.question import Question
from partstrack import downloads
from partstrack.pages import Page
from partstrack.registry import Panel
from production import growth_pictures, pictures, scorecard
from production.scorecard import CRITERIA
from production.scorecard_tables import ScorecardTable, divided
from suppliers.models import Supplier


class Scorecard(Page):
    """The active suppliers under every criterion, in the months and at the situation that are asked for."""

    def get(self, request):
        """Show them, or give them as a file."""
        question = growth_pictures.question(request, filters=())
        asked = question.of()
        table = ScorecardTable(_rows(request.user, asked, question.words), request=request)
        RequestConfig(request, paginate={"per_page": 100}).configure(table)
        table.ask = asked
        if request.GET.get("format") in downloads.FORMATS:
            if not request.user.may("download"):
                raise PermissionDenied
            said = [(gettext("Year"), str(asked.year or asked.today.year), "")]
            return downloads.answer(request, table, request.GET["format"], gettext("Scorecard"), said)
        context = {
            "question": question,
            "asked": asked,
            "years": growth_pictures.years(request, question),
            "year": asked.year or asked.today.year,
            "table": table,
            "criteria": [criterion.figure for criterion in CRITERIA],
            "downloads": request.user.may("download"),
        }
        return render(request, "production/scorecard.html", context)


def _rows(user, asked, words):
    """Return a row each active supplier that this person may see: the value of each criterion, and what it is."""
    found, language = scorecard.of_all(asked), get_language()
    suppliers = Supplier.objects.visible_to(user).at_work_on(asked.on).select_related("firm")
    return [
        _row(supplier.firm.code, supplier.firm.name_in(language), found, words)
        for supplier in suppliers.order_by("firm__name", "pk")
    ]


def _row(code, name, found, words):
    groups = {each: (groups[code], answer) for each, (answer, groups) in found.items() if code in groups}
    row = {
        "supplier": name,
        "url": reverse("supplier", args=[code]),
        "groups": groups,
        "urls": {each.name: scorecard.address(each, words, code) for each in CRITERIA},
        "nothing": {
            each.name: each.silence(found[each.name][0]) if each.name in found else scorecard.UNASKED
            for each in CRITERIA
        },
    }
    for each in CRITERIA:
        group = groups[each.name][0] if each.name in groups else None
        row |= {
            each.name: group and group.value,
            f"{each.name}_over": group and group.numerator,
            f"{each.name}_under": group and group.denominator,
        }
    return row


def _card(request, subject):
    """Return the criteria of one supplier with what is divided by what, in the year of the address."""
    question = Question(request, ())
    code = subject.firm.code
    rows = [
        {
            "figure": criterion.figure,
            "answer": answer,
            "nothing": criterion.silence(answer),
            "divided": divided(answer) if criterion.ratio and answer.denominator else "",
            "unit": pictures.unit_label(answer.unit),
            "url": scorecard.address(criterion, question.words, code),
        }
        for criterion, answer in scorecard.of_one(question.of(), code)
    ]
    return {"rows": rows, "all_url": reverse("scorecard") + question.link()}


PANELS = [Panel("supplier", "production/scorecard_panel.html", _card, order=45)]
