"""Local sourcing of a brand's ranges (indicator E): bought here beside what the brand imported itself."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.figures import Answer, checked, percent
from partstrack.periods import month_range
from partstrack.registry import Figure
from production import local_ranges, trade
from production.comparison import ZERO
from production.growth import windows_of
from production.sides import Side, all_ranges, asked_ranges, both_windows, moved, not_computable, rated

DIMS = ("range", "family", "brand", "month", "year")
FILTERS = ("range", "family", "brand", "unit", "source", "month", "year")

DEFINITION = gettext_lazy(
    "Local sourcing of a brand's ranges (indicator E): what sites here sold of them under the brand, as a share of "
    "that plus the brand's own imports, over the months in which both are known."
)


def local_sourcing(ask):
    """Sold here under the brand / (sold here under the brand + the brand's own imports), sums over sums."""
    checked(ask, DIMS, FILTERS)
    windows = windows_of(ask)
    ranges, where = asked_ranges(ask)
    known = local_ranges.known(ask, all_ranges(), both_windows(windows), where.source, where.unit)
    asked = month_range(windows.first, windows.last)
    places = [(each, month) for each in ranges for month in asked if known.both(each, month)]
    now, both, before = _sourcing_sides(known, places, windows)
    months = sorted({month for _range, month in places})
    return Answer(
        name="local_sourcing",
        value=percent(now.part, now.whole),
        unit="percent",
        state="provisional" if now.whole else "none",
        version=ask.version,
        definition=DEFINITION,
        **moved(both, before),
        window=(months[0], months[-1]) if months else None,
        base_window=(windows.base(months[0]), windows.base(months[-1])) if months else None,
        basis=f"{trade.words(where)} {_sourcing_basis(known, ranges, places)}",
        numerator=now.part,
        denominator=now.whole,
        rows=now.months,
        groups=_sourcing_groups(ask.by, known, places, windows) if ask.by else None,
        by=ask.by,
        compared_months=tuple(months),
    )


def _sourcing_sides(known, places, windows):
    """Return three Sides: all that is known; what is known in both years; the same of the base."""
    alike = [(each, month) for each, month in places if known.both(each, windows.base(month))]
    earlier = [(each, windows.base(month)) for each, month in alike]
    return tuple(_sourced(known, each) for each in (places, alike, earlier))


def _sourced(known, places):
    local = sum((known.sold.get((each.pk, month), ZERO) for each, month in places), ZERO)
    imported = sum((known.imported.get((each.pk, month), ZERO) for each, month in places), ZERO)
    return Side(local, local + imported, len(places))


def _sourcing_basis(known, ranges, places):
    counted = {each.pk for each, _month in places}
    said = _(
        "Ranges counted: %(ranges)d; range-months in which local sales and own imports are both known: %(months)d."
    )
    words = said % {"months": len(places), "ranges": len(counted)}
    left_out = {
        each.name: known.unclear.get(each.pk, _("no month is known on both sides"))
        for each in ranges
        if each.pk not in counted
    }
    return " ".join(filter(None, (words, not_computable(left_out))))


def _sourcing_groups(by, known, places, windows):
    key_of = {
        "range": lambda each, month: each.code,
        "family": lambda each, month: each.family.code,
        "brand": lambda each, month: each.brand.code,
        "month": lambda each, month: f"{month:%Y-%m}",
        "year": lambda each, month: f"{month:%Y}",
    }[by]
    by_key = {}
    for each, month in places:
        by_key.setdefault(key_of(each, month), []).append((each, month))
    return rated((key, _sourcing_sides(known, own, windows)) for key, own in by_key.items())


FIGURES = [
    Figure(
        "local_sourcing",
        gettext_lazy("Local sourcing rate"),
        DEFINITION,
        gettext_lazy(
            "Rate = local purchases / (local purchases + own imports), sum over sum; local purchases = after-market + "
            "first fit + unsplit sales of the lines that name the brand; change in points."
        ),
        "",
        local_sourcing,
        "percent",
        DIMS,
        FILTERS,
        right="see_all",
    ),
]
