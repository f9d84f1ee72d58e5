"""The numbers of the network: how many workshops, and how much of the territory. No request, no clock."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Brand
from partstrack.figures import Answer, Group, WrongCall, checked, on_a_day, percent, points
from partstrack.kept import once
from partstrack.registry import Figure
from places.models import SOUTH, Wilaya, Zone
from places.models.wilayas import DECREE_22_301
from places.vintages import VINTAGES, default_vintage, vintage
from workshops.models import Workshop

DIMS = ("wilaya",)
FILTERS = ("vintage", "brand", "zone")
TO_BE_COMPLETED = "-"
WHOLE_SOUTH = "south"


@dataclass(frozen=True)
class Network:
    """The active workshops of a day by wilaya, and the wilayas they could be in, both of one vintage.

    `wilayas`: Wilaya rows in the order of their codes; `counts`: code -> workshops, "-" where no place is known.
    """

    day: date
    number: int
    wilayas: tuple
    counts: dict[str, int]

    @property
    def covered(self):
        """Return how many wilayas have at least one active workshop."""
        return sum(1 for wilaya in self.wilayas if self.counts.get(wilaya.code))

    @property
    def workshops(self):
        """Return how many workshops are active."""
        return sum(self.counts.values())

    @property
    def rate(self):
        """Return the covered wilayas in percent of all."""
        return percent(*self.share)

    @property
    def share(self):
        """Return (covered wilayas, all wilayas)."""
        return Decimal(self.covered), Decimal(len(self.wilayas))


def network(ask, day, number):
    """Return the Network of a day. WrongCall: an unknown brand or zone."""
    zone = ask.filters.get("zone")
    wilayas = once(ask, "wilayas", (zone, number), lambda: tuple(_wilayas(zone, number).order_by("code")))
    counted = active(ask, day).with_wilaya(number, day).order_by("wilaya_code").values_list("wilaya_code")
    counts = {code or TO_BE_COMPLETED: count for code, count in counted.annotate(count=Count("pk"))}
    if zone:
        inside = {wilaya.code for wilaya in wilayas}
        counts = {code: count for code, count in counts.items() if code in inside}
    return Network(day, number, wilayas, counts)


def active(ask, day):
    """Return the workshops that are members on a day, of the asked brand if one is asked."""
    brand = ask.filters.get("brand")
    if brand and not Brand.objects.filter(code=brand).exists():
        raise WrongCall(_("There is no brand '%(code)s'.") % {"code": brand})
    return Workshop.objects.within(ask.scope).active_on(day, brand or None)


def vintage_of(ask):
    """Return 48, 58 or 69: the vintage asked for, else the one that counts on the day."""
    asked = ask.filters.get("vintage")
    if not asked:
        return default_vintage(ask.on)
    if asked not in {str(entry.number) for entry in VINTAGES}:
        raise WrongCall(_("There is no vintage '%(asked)s'. There are: 48, 58, 69.") % {"asked": asked})
    return int(asked)


def both_days(ask):
    """Return the Networks of the asked day and of the same day a year (or `base_year`) before, of one vintage."""
    checked(on_a_day(ask), DIMS, FILTERS)
    number = vintage_of(ask)
    return network(ask, ask.on, number), network(ask, _earlier(ask), number)


def territorial_coverage(ask):
    """Wilayas with at least one active workshop / all wilayas of the same vintage."""
    now, then = both_days(ask)
    value, base = now.rate, then.rate
    known = value is not None and base is not None
    return Answer(
        name="territorial_coverage",
        value=value,
        unit="percent",
        state="none" if value is None else "provisional",
        version=ask.version,
        definition=DEFINITIONS["territorial_coverage"],
        compared=value,
        base=base,
        change=points(now.share, then.share),
        change_unit="points",
        change_state="ok" if known else "none",
        basis=basis(now),
        numerator=now.share[0],
        denominator=now.share[1],
        rows=now.workshops,
        groups=_groups(now, then) if ask.by else None,
        by=ask.by,
        group_unit="workshop",
        queryset=active(ask, now.day),
    )


def workshops(ask):
    """Workshops that are members of a network on a day."""
    now, then = both_days(ask)
    value, base = Decimal(now.workshops), Decimal(then.workshops)
    return Answer(
        name="workshops",
        value=value,
        unit="workshop",
        state="provisional",
        version=ask.version,
        definition=DEFINITIONS["workshops"],
        compared=value,
        base=base,
        change=percent(value - base, base),
        change_state=_change_state(value, base),
        basis=_("On %(day)s, compared with %(earlier)s.")
        % {"day": f"{now.day:%d/%m/%Y}", "earlier": f"{then.day:%d/%m/%Y}"},
        rows=now.workshops,
        groups=_groups(now, then) if ask.by else None,
        by=ask.by,
        queryset=active(ask, now.day),
    )


def basis(now):
    """Say in one sentence what was counted against what."""
    words = {
        "covered": now.covered,
        "wilayas": len(now.wilayas),
        "law": vintage(now.number).law,
        "number": now.number,
        "day": f"{now.day:%d/%m/%Y}",
    }
    return (
        _("%(covered)d of %(wilayas)d wilayas on %(day)s, as law %(law)s divides the country (%(number)d wilayas).")
        % words
    )


def _wilayas(zone, number):
    wilayas = Wilaya.objects.vintage(number)
    if not zone:
        return wilayas
    if zone == WHOLE_SOUTH:
        return wilayas.in_zones(*SOUTH)
    if not Zone.objects.filter(scheme=DECREE_22_301, code=zone).exists():
        raise WrongCall(
            _("There is no zone '%(code)s'. There are: south, grand-sud, sud, hauts-plateaux.") % {"code": zone}
        )
    return wilayas.in_zones(zone)


def _earlier(ask):
    year = ask.base_year or ask.on.year - 1
    if year >= ask.on.year:
        raise WrongCall(_("The base year must come before the asked one."))
    last_of_february = ask.on.month == 2 and ask.on.day == 29
    return ask.on.replace(year=year, day=28 if last_of_february else ask.on.day)


def _groups(now, then):
    """Return the number of workshops of every wilaya, those without any included; their sum is the network's."""
    codes = [wilaya.code for wilaya in now.wilayas]
    codes += [TO_BE_COMPLETED] if now.counts.get(TO_BE_COMPLETED) or then.counts.get(TO_BE_COMPLETED) else []
    names = {wilaya.code: wilaya for wilaya in now.wilayas}
    total = Decimal(then.workshops)
    rows = []
    for code in codes:
        value, base = Decimal(now.counts.get(code, 0)), Decimal(then.counts.get(code, 0))
        change, contribution = percent(value - base, base), percent(value - base, total)
        label = str(names.get(code, ""))
        rows.append(Group(code, value, value, base, change, contribution, _change_state(value, base), label))
    return tuple(sorted(rows, key=lambda group: (-group.value, group.key)))


def _change_state(value, base):
    if base:
        return "ok"
    return "new" if value else "none"


DEFINITIONS = {
    "territorial_coverage": gettext_lazy("Wilayas with at least one active workshop, as a share of all wilayas."),
    "workshops": gettext_lazy("Workshops that are members of a network on a day."),
}

FIGURES = [
    Figure(
        "territorial_coverage",
        gettext_lazy("Territorial coverage"),
        DEFINITIONS["territorial_coverage"],
        gettext_lazy(
            "Coverage = wilayas with at least one active workshop / all wilayas, both as one law divides the country. "
            "By wilaya: the number of workshops."
        ),
        "",
        territorial_coverage,
        "percent",
        DIMS,
        FILTERS,
        period="day",
    ),
    Figure(
        "workshops",
        gettext_lazy("Active workshops"),
        DEFINITIONS["workshops"],
        gettext_lazy("Workshops with a membership that began on or before the day and did not end by then."),
        "",
        workshops,
        "workshop",
        DIMS,
        FILTERS,
        period="day",
    ),
]
