"""What local production of ranges would have cost as imports."""

from decimal import Decimal
from fractions import Fraction

from django.db.models import F, Sum
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from partstrack.figures import Answer, Group, checked
from partstrack.numbers import quotient12
from partstrack.periods import month_name, month_range, shift
from partstrack.registry import Figure
from production import local_ranges, trade
from production.comparison import ZERO
from production.growth import windows_of
from production.models.trade import MONEY
from production.sides import all_ranges, asked_ranges, both_windows, not_computable

FILTERS = ("range", "family", "brand", "unit", "source", "month", "year")
RECENT = 12  # months whose import prices count

DEFINITION = gettext_lazy(
    "What local production of ranges would have cost as imports: pieces made here under the brand, at the mean "
    "import value of the last 12 months; a range whose imports are not known is left out and named."
)


def imports_avoided(ask):
    """Local production of ranges x the mean unit value of their imports in the last 12 months, in DZD."""
    checked(ask, ("range",), FILTERS)
    windows = windows_of(ask)
    ranges, where = asked_ranges(ask)
    known = local_ranges.known(ask, all_ranges(), both_windows(windows), where.source, where.unit)
    asked = month_range(windows.first, windows.last)
    covered = [month for month in asked if any((each.pk, month) in known.covered for each in ranges)]
    last = covered[-1] if covered else windows.last
    prices = _prices(ask, where, last)
    amounts, reasons = {}, {}
    for each in ranges:
        why = _not_avoided(known, prices, each, asked)
        if why:
            reasons[each.name] = why
        else:
            made = sum((known.produced.get((each.pk, m), ZERO) for m in asked if (each.pk, m) in known.covered), ZERO)
            amounts[each.code] = Fraction(made) * Fraction(prices[each.pk][0]) / Fraction(prices[each.pk][1])
    total = sum(amounts.values(), Fraction(0))
    return Answer(
        name="imports_avoided",
        value=_exact(total) if amounts else None,
        unit=MONEY,
        state="provisional" if amounts else "none",
        version=ask.version,
        definition=DEFINITION,
        window=(windows.first, last) if amounts else None,
        basis=f"{trade.words(where)} {_avoided_basis(amounts, reasons, last)}",
        rows=len(amounts),
        groups=tuple(
            Group(code, _exact(amount), None, None, None, None, "none")
            for code, amount in sorted(amounts.items(), key=lambda row: (-row[1], row[0]))
        )
        if ask.by
        else None,
        by=ask.by,
    )


def _exact(fraction):
    return quotient12(Decimal(fraction.numerator), Decimal(fraction.denominator))


def _not_avoided(known, prices, each, asked):
    if each.pk in known.unclear:
        return known.unclear[each.pk]
    if not any((each.pk, month) in known.covered for month in asked):
        return _("no month is known")
    if each.pk not in prices:
        return _("no import with quantity and value in the last 12 months")
    if not any(place[0] == each.pk for place in known.produced):
        return _("nothing was declared as made for the brand")
    return ""


def _prices(ask, where, last):
    """Return {range id: (value in DZD, quantity)} of the imports of the 12 months up to `last` that say both."""
    rows = trade.lines(ask.version, where.source, False).filter(
        range__isnull=False,
        quantity__gt=0,
        value__isnull=False,
        unit=where.unit,
        trade_return__head__month__gt=shift(last, -RECENT),
        trade_return__head__month__lte=last,
    )
    summed = (
        rows.order_by()
        .values_list("range_id")
        .annotate(dinars=Sum(trade.IN_DINARS, output_field=trade.EXACT), many=Sum(F("quantity")))
    )
    return {range_id: (dinars, many) for range_id, dinars, many in summed}


def _avoided_basis(amounts, reasons, last):
    said = _("Ranges counted: %(ranges)d, at the mean import value of the 12 months up to %(month)s.") % {
        "ranges": len(amounts),
        "month": month_name(last, get_language()),
    }
    return " ".join(filter(None, (said, not_computable(reasons))))


FIGURES = [
    Figure(
        "imports_avoided",
        gettext_lazy("Imports avoided, in value"),
        DEFINITION,
        gettext_lazy("Value = sum over ranges of pieces produced × (value of imports in DZD / imported quantity)."),
        "",
        imports_avoided,
        MONEY,
        ("range",),
        FILTERS,
        right="see_all",
    ),
]
