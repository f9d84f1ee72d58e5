"""Local integration on the home page: the regulatory rate of the first programme that has one."""

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from integration.figures import answer_of, basis, in_percent
from integration.models import Component, VehicleProgramme
from integration.rates import kept_reading, months_left
from partstrack.numbers import show
from partstrack.registry import Card


def rate_of(reading, ask):
    """Return what templates/parts/rate.html draws of a Reading: value, steps, what is missing, basis."""
    steps = [rung.minimum for rung in reading.rungs]
    return {
        "title": _("Regulatory rate (A) – %(programme)s") % {"programme": reading.programme.name_in(get_language())},
        "state": answer_of(reading, ask).state,
        "value": reading.value,
        "steps": steps,
        "scale": max([*steps, reading.value or 0], default=0),
        "line": missing(reading),
        "note": basis(reading, to_go=False),
    }


def missing(reading):
    """Say how many points and months lie before the next step; nothing when all steps are reached."""
    rung = reading.following
    if rung is None:
        return ""
    words = {"points": show(rung.missing, get_language()), "rate": in_percent(rung.minimum)}
    if rung.due_on is None:
        return _("%(points)s points missing for the step of %(rate)s") % words
    if rung.overdue:
        return _("%(points)s points missing for the step of %(rate)s, which was due") % words
    words["months"] = months_left(reading.day, rung.due_on)
    if words["months"] == 0:
        return _("%(points)s points missing for the step of %(rate)s, due within a month") % words
    return (
        ngettext(
            "%(points)s points missing for the step of %(rate)s, due in %(months)d month",
            "%(points)s points missing for the step of %(rate)s, due in %(months)d months",
            words["months"],
        )
        % words
    )


def build(request, ask):
    """Return the rate of the first programme this person may see that has one; None when there is none."""
    recorded = Component.objects.valid_on(ask.on).order_by().values("programme")
    programmes = VehicleProgramme.objects.within(ask.scope).filter(pk__in=recorded)
    programme = programmes.select_related("maker").order_by("code", "pk").first()
    if programme is None:
        return None
    reading = kept_reading(ask, programme, ask.on)
    if reading.value is None:
        return None
    return {"rate": rate_of(reading, ask), "url": reverse("programme", args=[programme.code])}


CARDS = [Card("regulatory_rate", "integration/card.html", build, order=40)]
