"""The question of a figure's page: what it may be asked for, its chips in words, and what its pills offer."""

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exports.models import Agreement
from integration.models import VehicleProgramme
from office.question import Precise, Question
from partstrack import registry, situations
from partstrack.numbers import isolate
from partstrack.periods import span_label
from places.models import Zone
from places.models.wilayas import DECREE_22_301
from places.vintages import VINTAGES
from production import pictures
from workshops.figures import WHOLE_SOUTH, vintage_of

# The words behind "Précisions" of each kind of figure.
PRECISE = {
    "months": ("as-of", "base-year", "from", "to"),
    "years": ("as-of", "base-year"),
    "day": ("on", "base-year"),
    "start": ("as-of",),
}
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
    "movement": _("movement"),
    "agreement": _("agreement"),
    "programme": _("programme"),
    "rule": _("rule"),
    "component": _("component"),
    "evidence": _("evidence"),
    "range": _("range"),
    "importer": _("importer"),
    "origin": _("origin"),
    "kind": _("kind"),
    "stage": _("stage"),
    "standard": _("standard"),
}


def figure_of(user, name):
    """Return the figure of a name; an unknown one, and one that they may not see, is 404."""
    try:
        figure = registry.figure(name)
    except registry.Unknown:
        raise Http404 from None
    if not user.may(figure.right):
        raise Http404
    return figure


def question_of(request, figure):
    """Return the Question of a figure's address: its own filters; months, a day or neither."""
    return Question(request, figure.filters, yearly=figure.period == "months")


def first_dimension(figure, question):
    """Return the dimension that a figure is shown by when none is asked: the first that is not held fixed by a filter."""
    free = [dim for dim in figure.dims if not question.filters.get(dim)]
    return next((dim for dim in ("movement", "family", *free) if dim in free), next(iter(figure.dims), None))


def chips(question):
    """Return the chips of a question, with names in place of codes of what the person may see."""
    return pictures.chips(question, _names(question))


def _names(question):
    """Return {(filter, code): name} of the filters that only some figures know."""
    user, language = question.request.user, get_language()
    named = {
        "programme": lambda code: _programme(user, code, language),
        "agreement": lambda code: _title(user, code),
        "zone": lambda code: _("South") if code == WHOLE_SOUTH else _zone(code, language),
        "vintage": _divided,
    }
    return {(name, code): named[name](code) for name, code in question.filters.items() if code and name in named}


def _programme(user, code, language):
    rows = VehicleProgramme.objects.visible_to(user).select_related("maker").filter(code=code)
    return next((row.name_in(language) for row in rows), code)


def _title(user, code):
    return next(iter(Agreement.objects.visible_to(user).filter(code=code).values_list("title", flat=True)), code)


def _zone(code, language):
    zone = Zone.objects.filter(scheme=DECREE_22_301, code=code).first()
    return zone.name_in(language) if zone else code


def _divided(number):
    return _("%(number)s wilayas") % {"number": number}


def pills(figure, question, asked, answer):
    """Return the pills of what a figure counts over: {"symbol", "label", "choices", "form"}, the period first."""
    if figure.period not in ("months", "years"):
        label = _("On %(day)s") % {"day": _run(f"{asked.on:%d/%m/%Y}")}
        if figure.period == "start":
            label = span_label(*answer.window, get_language()) if answer.window else situations.words(asked)
        return [_pill("calendar", label, form=_precise(figure, question, answer)), *_divisions(figure, question, asked)]
    label = (
        span_label(*answer.window, get_language())
        if answer.window
        else str(asked.year or question.request.moment.today.year)
    )
    return [
        _pill("calendar", label, choices=question.years(asked)),
        _pill("sliders-horizontal", _("Precisions"), form=_precise(figure, question, answer)),
    ]


def _pill(symbol, label, choices=None, form=None):
    return {"symbol": symbol, "label": label, "choices": choices, "form": form}


def _precise(figure, question, answer):
    """Return the form of the words that a figure understands; a base year only where there is something to compare."""
    names = PRECISE[figure.period]
    compared = figure.period in ("months", "years") or answer.base is not None
    return Precise(question, names if compared else [name for name in names if name != "base-year"])


def _divisions(figure, question, asked):
    """Return the pill of the divisions of the country, for a figure that counts wilayas."""
    if "vintage" not in figure.filters:
        return []
    now = vintage_of(asked)
    choices = [(_divided(entry.number), question.link(vintage=entry.number), entry.number == now) for entry in VINTAGES]
    return [_pill("map", _divided(now), choices=choices)]


def _run(text):
    return isolate(text) if get_language() == "ar" else text
