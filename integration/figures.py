"""The numbers of local integration: the regulatory rate of a vehicle model. No request, no clock."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from integration.models import ALGERIA_2023, Policy, VehicleProgramme
from integration.rates import rated, read
from partstrack.figures import Answer, Group, WrongCall, checked, on_a_day
from partstrack.numbers import isolate, show, show_percent
from partstrack.registry import Figure

DIMS = ("programme", "component", "evidence")
FILTERS = ("programme",)


def regulatory_rate(ask):
    """Sum of the contributive rates of the components made locally, of one programme on a day.

    Without a programme there is no value, rates are never added: each programme has its own, by programme.
    """
    checked(on_a_day(ask), DIMS, FILTERS)
    if ask.filters.get("programme"):
        return answer_of(read(programme_of(ask), ask.on), ask)
    if ask.by in ("component", "evidence"):
        raise WrongCall(_("The rate is of one programme: use --filter programme=CODE."))
    return _each(ask)


def _each(ask):
    """Answer without a value: the rates of all programmes side by side."""
    policy = Policy.objects.in_force(ALGERIA_2023, ask.on)
    programmes = rated(VehicleProgramme.objects.within(ask.scope).select_related("maker"), ask.on).order_by("code")
    rows = [programme for programme in programmes if policy and programme.rate is not None]
    return Answer(
        name="regulatory_rate",
        value=None,
        unit="percent",
        state="none",
        version=ask.version,
        definition=DEFINITION,
        change_unit="points",
        basis=" ".join([_said(policy, ask.on), _("Rates are of one programme each and are never added.")]),
        rows=len(rows),
        groups=_ordered(_group(row.code, row.rate, row.name_in(get_language())) for row in rows) if ask.by else None,
        by=ask.by,
        queryset=programmes,
    )


def programme_of(ask):
    """Return the programme that is asked for. WrongCall: there is none of that code."""
    code = ask.filters["programme"]
    found = VehicleProgramme.objects.within(ask.scope).select_related("maker").filter(code=code).first()
    if found is None:
        raise WrongCall(_("There is no programme '%(code)s'.") % {"code": code})
    return found


def answer_of(reading, ask):
    """Return the Answer of a Reading."""
    return Answer(
        name="regulatory_rate",
        value=reading.value,
        unit="percent",
        state=_state(reading),
        version=ask.version,
        definition=DEFINITION,
        change_unit="points",
        basis=basis(reading),
        rows=len(reading.counted),
        groups=_groups(reading, ask.by) if ask.by else None,
        by=ask.by,
        queryset=reading.programme.components.valid_on(reading.day).filter(made_locally=True),
    )


def _state(reading):
    if reading.value is None:
        return "none"
    return "final" if reading.checked else "provisional"


def basis(reading, to_go=True):
    """Say method, version, day, the step reached and, unless it stands beside, what the next one needs."""
    words = [_said(reading.policy, reading.day)]
    if reading.policy is None:
        return words[0]
    if reading.value is None:
        return " ".join([*words, _("No component is recorded: no rate can be said.")])
    if reading.reached:
        words.append(_("Step of %(rate)s reached.") % {"rate": in_percent(reading.reached.minimum)})
    if reading.following and to_go:
        words.append(_to_go(reading.following))
    return " ".join(words)


def _said(policy, day):
    if policy is None:
        return _("No policy is in force on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    words = {"method": policy.get_method_display(), "version": policy.version, "day": f"{day:%d/%m/%Y}"}
    return _("%(method)s, version %(version)s, on %(day)s.") % words


def _to_go(rung):
    words = {"points": show(rung.missing, get_language()), "rate": in_percent(rung.minimum)}
    if rung.due_on is None:
        return _("%(points)s points missing for the step of %(rate)s; the day of the approval is not known.") % words
    words["day"] = f"{rung.due_on:%d/%m/%Y}"
    return _("%(points)s points missing for the step of %(rate)s, due on %(day)s.") % words


def in_percent(value):
    """Return a rate in the reader's language, as one left-to-right run in Arabic."""
    shown = show_percent(value, get_language(), None)
    return isolate(shown) if get_language() == "ar" else shown


def _groups(reading, by):
    if by == "programme":
        name = reading.programme.name_in(get_language())
        return () if reading.value is None else (_group(reading.programme.code, reading.value, name),)
    sums, names = defaultdict(Decimal), {}
    for component in reading.counted:
        key = component.code if by == "component" else component.evidence
        sums[key] += component.contributive_rate
        names[key] = component.name_in(get_language()) if by == "component" else component.get_evidence_display()
    return _ordered(_group(key, value, names[key]) for key, value in sums.items())


def _group(key, value, label):
    return Group(key, value, value, None, None, None, "none", str(label))


def _ordered(groups):
    return tuple(sorted(groups, key=lambda group: (-group.value, group.key)))


DEFINITION = gettext_lazy(
    "Regulatory rate of a vehicle model (indicator A): what its locally made components contribute, "
    "as the policy in force on a day counts it."
)

FIGURES = [
    Figure(
        "regulatory_rate",
        gettext_lazy("Regulatory rate of a model"),
        DEFINITION,
        gettext_lazy(
            "Rate = sum of the contributive rates of the components made locally and valid on the day. "
            "The steps count from the approval of the model."
        ),
        gettext_lazy("Order of 17 August 2023; executive decree 22-384 of 17 November 2022, article 5"),
        regulatory_rate,
        "percent",
        DIMS,
        FILTERS,
        period="day",
    ),
]
