"""Publishing a rate, and the page of a published one."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from integration.assessing import publish, recounted
from integration.component_tables import WHY
from integration.figures import rule_of
from integration.models import Assessment, Component, Policy
from integration.rates import read
from integration.views import programme_of
from office.door import Replayed, write
from office.question import Question
from partstrack.numbers import plain
from partstrack.pages import Page


class AssessmentPublish(Page):
    """Freeze the rate of a programme on a day, under a rule. Nothing is frozen but what was shown."""

    right = "report"

    def post(self, request, code):
        """Publish and lead to it; when the rate has moved since it was shown, say so and publish nothing."""
        programme = programme_of(request.user, code)
        question = Question(request, filters=("rule",), yearly=False)
        asked = question.of()
        key, shown = request.POST.get("key"), request.POST.get("shown")
        if not key or shown is None:
            raise BadRequest("The form came without its key or its rate.")
        back = f"{reverse('programme', args=[code])}{question.link()}"
        try:
            with write(request.user, request.POST.get("reason", ""), key) as door:
                reading = read(programme, asked.on, rule_of(asked))
                if reading.value is None or plain(reading.value) != shown:
                    raise _Moved
                title = request.POST.get("reason", "").strip()[:160]
                made = publish(door, request.user, reading, request.moment.version, title)
                door.result = reverse("assessment", args=[code, made.number])
        except Replayed as sent:
            return redirect(sent.result)
        except _Moved:
            messages.error(
                request, _("The rate has moved since this page was shown. Nothing was published: look again.")
            )
            return redirect(back)
        messages.success(request, _("Published. It stays as it is, whatever changes."))
        return redirect(door.result)


class _Moved(Exception):
    """The rate is not the one that was shown."""


class AssessmentPage(Page):
    """A published assessment, drawn from what it froze alone, with what was counted anew from it."""

    def get(self, request, code, number):
        """Show it, or 404 when it is not theirs."""
        programme = programme_of(request.user, code)
        rows = Assessment.objects.visible_to(request.user).filter(programme=programme).select_related("published_by")
        assessment = get_object_or_404(rows, number=number)
        kept = assessment.inputs
        again = recounted(assessment)
        rule = kept["rule"]
        items = sorted(kept["items"], key=lambda each: (-Decimal(each["low"]), -Decimal(each["high"]), each["code"]))
        context = {
            "programme": programme,
            "assessment": assessment,
            "rule": rule,
            "method": dict(Policy.Method.choices).get(rule["method"], rule["method"]),
            "items": [self._item(each, assessment) for each in items],
            "same": (again.low, again.high, again.denominator)
            == (assessment.low, assessment.high, assessment.denominator),
            "steps": [{**step, "minimum": Decimal(step["minimum"])} for step in rule["steps"]],
            "exposed": sum((Decimal(each["low"]) for each in items if _exposed(each)), Decimal(0))
            / assessment.denominator
            * 100,
            "trail": [
                (programme.name_in(get_language()), reverse("programme", args=[code])),
                (_("Assessment no. %(number)d") % {"number": number}, ""),
            ],
        }
        return render(request, "integration/assessment.html", context)

    def _item(self, each, assessment):
        language = get_language()
        evidence, supply = dict(Component.Evidence.choices), dict(Component.Supply.choices)
        return {
            **each,
            "name": each["name"].get(language) or each["name"]["fr"],
            "said": evidence[each["evidence"]],
            "supplied": supply[each["supply"]],
            "reason": WHY[each["why"]],
            "brought": Decimal(each["low"]) / assessment.denominator * 100,
            "amount": Decimal(each["amount"]) if each["amount"] else None,
            "exposed": _exposed(each),
        }


def _exposed(each):
    return any(cover["exposed"] for cover in each["covers"])
