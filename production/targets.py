"""How far a volume is on the way to its target of the year, pro rata of the months that are counted."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from partstrack.figures import Group, WrongCall, percent, text
from partstrack.numbers import quotient12, round_half_up
from production.comparison import group_sums
from production.definitions import DEFINITIONS
from production.groups import namer
from production.growth import answer, study
from production.models import Target, TargetAmount
from production.spans import measured

DIMS = ("family", "supplier")
FILTERS = (*DIMS, "unit", "measure")


@dataclass(frozen=True)
class Pace:
    """A target of a year beside what was reached in its first `months` counted months."""

    target: Decimal | None
    months: int
    value: Decimal

    @property
    def pro_rata(self):
        """What the target asks for in these months, at 12 decimals."""
        return quotient12(self.target * self.months, 12)

    @property
    def gap(self):
        """Reached minus asked for, at 12 decimals."""
        return quotient12(self.value * 12 - self.target * self.months, 12)

    @property
    def whole_gap(self):
        """The gap in whole units, for people."""
        return round_half_up(self.gap)

    @property
    def attainment(self):
        """Reached in percent of what is asked for; None before the first counted month."""
        return percent(self.value * 12, self.target * self.months)


def target_attainment(ask):
    """A volume as a share of its target, pro rata. The target is that of exactly what is asked: targets are never added."""
    name, asked = measured(ask, DIMS, FILTERS)
    if name not in Target.Measure.values:
        raise WrongCall(_("There are targets for: %(known)s.") % {"known": ", ".join(Target.Measure.values)})
    found = study(name, asked)
    if found.windows.first.year != found.windows.last.year:
        raise WrongCall(_("A target is that of one year: ask for months of one year."))
    amount = of(found).get(("", ""))
    pace = Pace(amount, len(found.inside), found.result.value or Decimal(0)) if amount and found.inside else None
    return answer(
        found,
        _groups(found) if asked.by else None,
        name="target_attainment",
        definition=DEFINITIONS["target_attainment"],
        value=pace and pace.attainment,
        unit="percent",
        compared=None,
        base=None,
        change=None,
        change_state="none",
        like_for_like=None,
        numerator=found.result.value,
        denominator=pace and pace.pro_rata,
        other_units=(),
        more={"target": text(amount), "months": len(found.inside), "gap": text(pace and pace.gap)},
    )


def of(found):
    """Return {(family code, supplier code): amount} of the targets of a Study's year; "" is everything that is asked for.

    A filter of the question narrows both sides: a family's targets by supplier are those of suppliers' families.
    """
    return _amounts(found.name, found.ask, found.windows.last.year, found.unit)


def _amounts(measure, ask, year, unit):
    rows = Target.objects.within(ask.scope).filter(year=year, measure=measure, unit=unit)
    rows = rows.order_by("pk").values_list("pk", "family__code", "firm__code")
    amounts, family, firm = standing(ask.version), ask.filters.get("family"), ask.filters.get("supplier")
    return {
        ("" if of_family == family else of_family or "", "" if of_firm == firm else of_firm or ""): amounts[pk]
        for pk, of_family, of_firm in rows
        if amounts.get(pk) and (not family or of_family == family) and (not firm or of_firm == firm)
    }


def of_question(measure, ask):
    """Return the target of the year of exactly what a question asks by family and supplier, or None."""
    last = ask.last.year if ask.last else ask.year
    if ask.first and ask.first.year != last:
        return None
    return _amounts(measure, ask, last, ask.filters.get("unit", "piece")).get(("", ""))


def standing(version):
    """Return {target id: amount} as they were set at a data version; None where a target was given up."""
    rows = TargetAmount.objects.filter(from_v__lte=version).order_by("from_v", "pk")
    return dict(rows.values_list("target_id", "amount"))


def by_group(found):
    """Return {key: Pace} of the groups of a Study (by family or supplier) that have a target."""
    place = DIMS.index(found.ask.by)
    amounts = {key[place]: amount for key, amount in of(found).items() if key[place] and not key[1 - place]}
    sums = group_sums(found.world, found.result, found.windows, namer(found.ask.by, found.area, found.world))
    nothing = (Decimal(0),) * 3
    return {key: Pace(amount, len(found.inside), sums.get(key, nothing)[0]) for key, amount in amounts.items()}


def paces(measure, ask):
    """Return {key: Pace} of the groups of a question by family or supplier that have a target; {} for other measures."""
    if measure not in Target.Measure.values:
        return {}
    found = study(measure, ask)
    return by_group(found) if found.windows.first.year == found.windows.last.year else {}


def _groups(found):
    rows = [
        Group(key, pace.attainment, None, None, None, None, "none", numerator=pace.value, denominator=pace.pro_rata)
        for key, pace in by_group(found).items()
        if found.inside
    ]
    return tuple(sorted(rows, key=lambda group: (-(group.value or 0), group.key)))


def overview(ask, user):
    """Return ([(target, its Pace)], L) of the targets of a year that a person may see, as they were set at the version.

    One that was given up has a Pace without target. All are counted up to the same month: the last covered one of the whole. The queries grow with units, not targets.
    """
    amounts = standing(ask.version)
    rows = Target.objects.visible_to(user).filter(year=ask.year).select_related("family", "firm", "unit")
    first = [F(name).asc(nulls_first=True) for name in ("family__position", "firm__name")]
    found = [target for target in rows.order_by("measure", *first, "pk") if target.pk in amounts]
    asked = ask.but(by="family")
    studies = {
        key: study(key[0], asked.but(filters={"unit": key[1]}))
        for key in sorted({(target.measure, target.unit_id) for target in found})
    }
    paces = []
    for target in found:
        read = studies[target.measure, target.unit_id]
        paces.append((target, Pace(amounts[target.pk], len(read.inside), reached(read, target))))
    last = {read.inside[-1] for read in studies.values() if read.inside}
    return paces, max(last, default=None)


def reached(found, target):
    """Return what a Study by family counts of a target's family and supplier, up to L."""
    inside, sites = set(found.inside), found.area.sites
    return sum(
        (
            value
            for (site, month), groups in found.world.values.items()
            for family, value in groups.items()
            if month in inside and target.family_id in (None, family) and target.firm_id in (None, sites[site].firm_id)
        ),
        Decimal(0),
    )
