"""Say this figure: true wordings of a declared figure in three languages, and the check of a wording."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.question import Question
from partstrack import registry
from partstrack.pages import Page
from production import pictures
from production.restatements import MEASURED
from reports.forms import SayingForm
from reports.wording_of_figures import refusal, wordings

WHAT = {"value": _("The volume"), "change": _("Its growth")}


class SayPage(Page):
    """The wordings of a volume or of its growth, at a rounding that the person chooses."""

    def get(self, request, name):
        """Show the wordings; a figure that is no volume and an unknown code are 404, a wrong word is said."""
        if name not in MEASURED:
            raise Http404
        figure, question = registry.figure(name), Question(request)
        what = request.GET.get("what") if request.GET.get("what") in WHAT else "value"
        context = {"figure": figure, "question": question, "what": what}
        asked = question.of()
        answer = figure.compute(asked)
        form = SayingForm(request.GET, what == "change")
        context |= {
            "asked": asked,
            "answer": answer,
            "title": pictures.title(figure, answer.unit),
            "unit_label": pictures.unit_label(answer.unit),
            "chips": pictures.chips(question),
            "form": form,
            "whats": [(label, question.link(what=key), key == what) for key, label in WHAT.items()],
            "kept": [
                (key, value) for key, value in {**question.words, **question.filters, "what": what}.items() if value
            ],
        }
        value = answer.value if what == "value" else answer.change
        if value is not None and form.is_valid():
            context |= _said(form.cleaned_data, value, what == "change")
        return render(request, "reports/say.html", context)


def _said(data, value, percent):
    """Return the wordings by language and, when one was typed, what is to be said of it."""
    step, tolerance = data["step"], data["tolerance"]
    languages = [
        {"code": code, "name": name, "wordings": wordings(value, step, code, percent, tolerance)}
        for code, name in settings.LANGUAGES
    ]
    found = {"languages": languages, "checked": bool(data["qualifier"] and data["amount"] is not None)}
    if found["checked"]:
        found["refusal"] = refusal(data["qualifier"], data["amount"], value, get_language(), percent, tolerance)
    return found
