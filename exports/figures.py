"""How far export commitments are kept: shipped against what was due by now, and against the whole."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalogue.models import PIECE, Unit
from exports.models import Agreement, Commitment, Shipment
from partstrack.figures import Answer, Group, WrongCall, checked
from partstrack.numbers import quotient12
from partstrack.periods import month_name, month_of, months_between, shift
from partstrack.registry import Figure

DIMS = ("agreement",)
FILTERS = ("agreement", "unit")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Kept:
    """One commitment up to a month (included): shipped, months passed and months in all."""

    commitment: Commitment
    shipped: Decimal
    passed: int
    months: int

    @property
    def whole(self):
        """Return the quantity that was committed to, as an exact fraction."""
        return Fraction(self.commitment.quantity)

    @property
    def due(self):
        """Return the quantity due by now, pro rata in whole months, as an exact fraction."""
        return self.whole * self.passed / self.months

    @property
    def due_quantity(self):
        """Return what was due, rounded half up at 12 decimals."""
        return _decimal(self.due)

    @property
    def of_due(self):
        """Return shipped in percent of what was due; None before the first month is over."""
        return _percent(self.shipped, self.due)

    @property
    def of_whole(self):
        """Return shipped in percent of the whole commitment."""
        return _percent(self.shipped, self.whole)


def last_complete_month(today):
    """Return the last month that is over on a day."""
    return shift(month_of(today), -1)


def kept(commitments, last):
    """Return the Kept of each commitment of a QuerySet up to the month `last`; one query."""
    return [_kept(each, last) for each in commitments.with_shipped(last).select_related("agreement", "unit", "family")]


def _kept(each, last):
    passed = max(months_between(each.first, min(each.last, last)) + 1, 0)
    return Kept(each, each.shipped, passed, months_between(each.first, each.last) + 1)


def _decimal(fraction):
    return quotient12(Decimal(fraction.numerator), Decimal(fraction.denominator))


def _percent(part, whole):
    return _decimal(Fraction(part) * 100 / whole) if whole else None


def commitments_of(ask):
    """Return the binding commitments of a question in its unit, oldest first. WrongCall: an unknown code."""
    checked(ask, DIMS, FILTERS)
    if ask.year or ask.first or ask.last:
        raise WrongCall(_("This figure counts from the start of each commitment to a day: use “on” 2026-09-22."))
    if ask.as_of:
        raise WrongCall(
            _(
                "What was shipped is not kept as it was known before: ask for the day up to which it counts, on 2026-09-22."
            )
        )
    agreements = Agreement.objects.within(ask.scope)
    if code := ask.filters.get("agreement"):
        agreements = agreements.filter(code=code)
        if not agreements.exists():
            raise WrongCall(_("There is no agreement '%(code)s'.") % {"code": code})
    return (
        Commitment.objects.of(agreements.binding()).filter(unit=unit_of(ask)).order_by("agreement__code", "first", "pk")
    )


def unit_of(ask):
    """Return the unit that the question counts in. WrongCall: an unknown one."""
    unit = ask.filters.get("unit") or PIECE
    if not Unit.objects.filter(code=unit).exists():
        raise WrongCall(_("There is no unit '%(code)s'.") % {"code": unit})
    return unit


def export_fulfilment(ask):
    """Shipped / commitment pro rata in whole months, both up to the last complete month; sums over sums."""
    begun = commitments_of(ask).filter(first__lte=last_complete_month(ask.on))
    return _answer("export_fulfilment", ask, begun, lambda row: row.due)


def export_progress(ask):
    """Shipped up to the last complete month / the whole of the commitments, months to come included."""
    return _answer("export_progress", ask, commitments_of(ask), lambda row: row.whole)


def _answer(name, ask, commitments, against):
    last = last_complete_month(ask.on)
    rows = kept(commitments, last)
    shipped, whole = _sums(rows, against)
    value = _percent(shipped, whole)
    lines = Shipment.objects.counted_for(commitments, last)
    return Answer(
        name=name,
        value=value,
        unit="percent",
        state="none" if value is None else "provisional",
        version=ask.version,
        definition=DEFINITIONS[name],
        change_unit="points",
        window=_window(rows, last),
        basis=basis(rows, last),
        numerator=shipped,
        denominator=_decimal(whole),
        counted_unit=unit_of(ask),
        rows=lines.count(),
        groups=_groups(rows, against) if ask.by else None,
        by=ask.by,
        queryset=lines,
    )


def _sums(rows, against):
    return sum((row.shipped for row in rows), ZERO), sum((against(row) for row in rows), Fraction(0))


def _window(rows, last):
    first = min((row.commitment.first for row in rows if row.passed), default=None)
    return (first, last) if first else None


def basis(rows, last):
    """Say in one sentence what was counted."""
    if not any(row.passed for row in rows):
        return _("No commitment has a complete month.")
    return ngettext(
        "%(commitments)d commitment, up to the end of %(month)s, the last complete month.",
        "%(commitments)d commitments, up to the end of %(month)s, the last complete month.",
        len(rows),
    ) % {"commitments": len(rows), "month": month_name(last, get_language())}


def _groups(rows, against):
    """Return one row an agreement: its shipped over its own sum."""
    by_code = defaultdict(list)
    for row in rows:
        by_code[row.commitment.agreement.code].append(row)
    groups = []
    for code, own in by_code.items():
        shipped, whole = _sums(own, against)
        value, title = _percent(shipped, whole), own[0].commitment.agreement.title
        groups.append(Group(code, value, value, None, None, None, "none", title, shipped, _decimal(whole)))
    return tuple(sorted(groups, key=lambda group: (-(group.value or ZERO), group.key)))


DEFINITIONS = {
    "export_fulfilment": gettext_lazy(
        "Goods shipped under export agreements, as a share of the commitments due by the last complete month."
    ),
    "export_progress": gettext_lazy("Goods shipped under export agreements, as a share of the whole commitments."),
}

FIGURES = [
    Figure(
        "export_fulfilment",
        gettext_lazy("Export fulfilment"),
        DEFINITIONS["export_fulfilment"],
        gettext_lazy(
            "Fulfilment = shipped / commitment pro rata in whole months, both up to the last complete month; "
            "over several agreements, sum over sum."
        ),
        "",
        export_fulfilment,
        "percent",
        DIMS,
        FILTERS,
        period="start",
    ),
    Figure(
        "export_progress",
        gettext_lazy("Share of the export commitments shipped"),
        DEFINITIONS["export_progress"],
        gettext_lazy("Share = shipped up to the last complete month / the whole commitments, months to come included."),
        "",
        export_progress,
        "percent",
        DIMS,
        FILTERS,
        period="start",
    ),
]
