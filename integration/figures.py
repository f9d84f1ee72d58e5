"""The numbers of local integration: the regulatory rate of a vehicle model. No request, no clock."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from integration.models import Component, Policy, VehicleProgramme
from integration.rates import kept_reading, kept_readings
from integration.resting import resting_of
from partstrack.figures import Answer, Group, WrongCall, checked, on_a_day, text
from partstrack.numbers import isolate, show, show_percent
from partstrack.registry import Figure

DIMS = ("programme", "component", "evidence")
FILTERS = ("programme", "rule")


def regulatory_rate(ask):
    """Rate of one programme on a day, under the law of that day or (`rule`) under another rule.

    Without a programme there is no value, rates are never added: each programme has its own, by programme.
    """
    checked(on_a_day(ask), DIMS, FILTERS)
    if ask.filters.get("programme"):
        return answer_of(reading_asked(ask), ask)
    if ask.by in ("component", "evidence"):
        raise WrongCall(_("The rate is of one programme: use --filter programme=CODE."))
    return _each(ask)


def _each(ask):
    """Answer without a value: the rates of all programmes side by side."""
    programmes = VehicleProgramme.objects.within(ask.scope).select_related("maker").order_by("code")
    found = kept_readings(ask, list(programmes), ask.on, rule_of(ask))
    rows = [reading for reading in found.values() if reading.value is not None]
    said = list(dict.fromkeys(_said(reading.policy, ask.on) for reading in rows)) or [_said(rule_of(ask), ask.on)]
    return Answer(
        name="regulatory_rate",
        value=None,
        unit="percent",
        state="none",
        version=ask.version,
        definition=DEFINITION,
        change_unit="points",
        basis=" ".join([*said, _("Rates are of one programme each and are never added.")]),
        rows=len(rows),
        groups=_ordered(_of_programme(reading) for reading in rows) if ask.by else None,
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


def rule_of(ask):
    """Return the rule that is asked for, None for that of the time. WrongCall: there is none of that code."""
    code = ask.filters.get("rule")
    if not code:
        return None
    found = Policy.objects.filter(code=code).prefetch_related("steps").first()
    if found is None:
        raise WrongCall(_("There is no rule of calculation '%(code)s'.") % {"code": code})
    return found


def reading_asked(ask):
    """Return the Reading of the programme that is asked for, under the rule that is asked for."""
    return kept_reading(ask, programme_of(ask), ask.on, rule_of(ask))


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
        numerator=reading.count.low if reading.count else None,
        denominator=reading.count.denominator if reading.count else None,
        rows=len(reading.counted),
        groups=_groups(reading, ask) if ask.by else None,
        by=ask.by,
        queryset=counted_components(reading).within(ask.scope),
        more=_more(reading),
    )


def counted_components(reading):
    """Return the components that bring something to a rate."""
    return Component.objects.filter(pk__in=[line.item.key for line in reading.counted])


def _more(reading):
    """Return what the JSON of a rate says besides: rule and version, the span of what is not known, steps, status."""
    if reading.policy is None:
        return {"rule": None}
    return {
        "rule": reading.policy.code,
        "rule_version": reading.policy.edition,
        "on": reading.day.isoformat(),
        "lowest": text(reading.value),
        "highest": text(reading.highest),
        "status": reading.status,
        "steps": [
            {
                "minimum": text(rung.minimum),
                "due": rung.due_on.isoformat() if rung.due_on else None,
                "reached": rung.reached,
                "missing": text(rung.missing),
            }
            for rung in reading.rungs
        ],
    }


def exposed_part(ask):
    """Points of a programme's rate that rest on a certificate, approval or agreement that ended or ends within 90 days.

    The rate itself does not move with them. Papers are those known now, as they hold on the asked day.
    """
    checked(on_a_day(ask), ("component",), FILTERS)
    if not ask.filters.get("programme"):
        raise WrongCall(_("The exposed part is of one programme: use --filter programme=CODE."))
    reading = reading_asked(ask)
    lines = exposed_lines(reading, resting_of(reading.programme, ask.on))
    value = None if reading.value is None else sum((reading.count.points(line) for line, _rest in lines), Decimal(0))
    names = _names([line for line, _rest in lines]) if ask.by else {}
    return Answer(
        name="exposed_part",
        value=value,
        unit="points",
        state=_state(reading),
        version=ask.version,
        definition=EXPOSED,
        change_unit="points",
        basis=_said(reading.policy, ask.on),
        rows=len(lines),
        groups=_ordered(
            _group(*names[line.item.key][:1], reading.count.points(line), names[line.item.key][1])
            for line, _rest in lines
        )
        if ask.by
        else None,
        by=ask.by,
        queryset=Component.objects.filter(pk__in=[line.item.key for line, _rest in lines]).within(ask.scope),
    )


def exposed_lines(reading, rests):
    """Return [(line, its Resting)] of what counts and rests on something that ended or ends soon, the largest first."""
    return [
        (line, rests[line.item.key])
        for line in reading.counted
        if line.item.key in rests and rests[line.item.key].exposed
    ]


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
    if not reading.known:
        words.append(
            _("Not all is known: between %(low)s and %(high)s.")
            % {"low": in_percent(reading.value), "high": in_percent(reading.highest)}
        )
    if reading.reached:
        words.append(_("Step of %(rate)s reached.") % {"rate": in_percent(reading.reached.minimum)})
    if reading.following and to_go:
        words.append(_to_go(reading.following))
    return " ".join(words)


def _said(policy, day):
    if policy is None:
        return _("No policy is in force on %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    words = {"method": policy.get_method_display(), "version": policy.edition, "day": f"{day:%d/%m/%Y}"}
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


def _groups(reading, ask):
    if ask.by == "programme":
        return () if reading.value is None else (_of_programme(reading),)
    known = (
        set(counted_components(reading).within(ask.scope).values_list("pk", flat=True))
        if ask.scope is not None
        else None
    )
    lines = [line for line in reading.counted if known is None or line.item.key in known]
    if ask.by == "component":
        names = _names(lines)
        return _ordered(
            _group(names[line.item.key][0], reading.count.points(line), names[line.item.key][1]) for line in lines
        )
    sums, said = defaultdict(Decimal), dict(Component.Evidence.choices)
    for line in lines if known is not None else ():
        sums[line.item.evidence] += reading.count.points(line)
    sums = reading.by_evidence if known is None else sums
    return _ordered(_group(key, value, said[key]) for key, value in sums.items())


def _names(lines):
    """Return {key: (code, name)} of the components of some lines, in the reader's language."""
    rows = Component.objects.filter(pk__in=[line.item.key for line in lines])
    return {row.pk: (row.code, row.name_in(get_language())) for row in rows}


def _of_programme(reading):
    return _group(reading.programme.code, reading.value, reading.programme.name_in(get_language()))


def _group(key, value, label):
    return Group(key, value, value, None, None, None, "none", str(label))


def _ordered(groups):
    return tuple(sorted(groups, key=lambda group: (-group.value, group.key)))


DEFINITION = gettext_lazy(
    "Regulatory rate of a vehicle model (indicator A): what its locally made components contribute, "
    "as the policy in force on a day counts it."
)

EXPOSED = gettext_lazy(
    "Points of the regulatory rate of a model (indicator A) that rest on agreements, certificates or approvals that ended "
    "or end within 90 days."
)

FIGURES = [
    Figure(
        "regulatory_rate",
        gettext_lazy("Regulatory rate of a model"),
        DEFINITION,
        gettext_lazy(
            "Rate = sum of the contributive rates of the components made locally and valid on the day; an assembly and what "
            "it contains never both count. Under a rule in value: what is local of the amounts, out of all amounts. What is "
            "not known counts as imported and its span is said. The steps count from the approval of the model."
        ),
        gettext_lazy("Order of 17 August 2023; executive decree 22-384 of 17 November 2022, article 5"),
        regulatory_rate,
        "percent",
        DIMS,
        FILTERS,
        period="day",
    ),
    Figure(
        "exposed_part",
        gettext_lazy("Exposed part of a model's rate"),
        EXPOSED,
        gettext_lazy(
            "Sum of the points of the components that count and rest on a paper that has ended, or ends within 90 days with "
            "nothing to follow. Papers: certificates of the site for the family, approvals of the reference, agreements with "
            "the maker for the family."
        ),
        "",
        exposed_part,
        "points",
        ("component",),
        FILTERS,
        period="day",
    ),
]
