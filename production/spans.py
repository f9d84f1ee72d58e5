"""Growth over other spans than a year: a month, twelve months, from a start year, on average, up to a mark."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import accumulate

from django.db.models import Min
from django.utils.translation import gettext as _

from partstrack.figures import WrongCall, checked, percent, text
from partstrack.numbers import parse_number
from partstrack.periods import shift, to_iso
from production import perimeters, standings
from production.comparison import ZERO
from production.definitions import DEFINITIONS
from production.growth import DIMS, VOLUMES, answer, study, volume
from production.models import Standing

FILTERS = (*(name for name in perimeters.FILTERS if name not in ("month", "year")), "measure")
MARK = Decimal(10) ** 6  # the mark that is asked for when none is named
EXACT = 60  # digits of a root before it is rounded


def measured(ask, dims=(), filters=FILTERS):
    """Return (the volume that is asked for, the question without the words that no volume knows)."""
    checked(ask, dims, filters)
    name = ask.filters.get("measure", "produced")
    if name not in VOLUMES:
        said = _("There is no measure '%(name)s'. There are: %(known)s.")
        raise WrongCall(said % {"name": name, "known": ", ".join(VOLUMES)})
    own = {key: value for key, value in ask.filters.items() if key not in ("measure", "mark")}
    return name, ask.but(filters=own)


def month_change(ask):
    """The last covered month (or --to) against the same month a year before."""
    return _ending("month_change", ask, 1)


def rolling_12(ask):
    """The twelve months that end with the last covered one (or --to) against the twelve before."""
    return _ending("rolling_12", ask, 12)


def _ending(name, ask, length):
    """Answer about `length` months up to L, under the name of a figure.

    Where L lies in the base year that was asked for, it is compared with the year before it.
    """
    measure, asked = measured(ask, DIMS)
    last = last_month(measure, asked)
    if last is not None:
        base_year = asked.base_year if asked.last or (asked.base_year or 0) < last.year else None
        asked = asked.but(year=None, base_year=base_year, first=shift(last, 1 - length), last=last)
    return _renamed(name, volume(measure, asked))


def _renamed(name, found, **more):
    return found.but(name=name, definition=DEFINITIONS[name], **more)


def last_month(measure, ask):
    """Return L: the last month asked for, else the last covered one of the asked year or of the year before; or None."""
    if ask.last:
        return ask.last
    year = ask.year or ask.today.year
    for each in (year, year - 1):
        asked = ask.but(year=each, first=None, last=None, base_year=None, by=None, parts=False)
        if window := study(measure, asked, together=True).result.window:
            return window[1]
    return None


def growth_since(ask):
    """The asked months against the same months of a start year (--base-year; default: the first whole year)."""
    measure, asked = measured(ask, DIMS)
    year = (asked.last and asked.last.year) or asked.year or asked.today.year
    start = asked.base_year or first_year(asked)
    return _renamed(
        "growth_since", volume(measure, asked.but(base_year=start if start and start < year else asked.base_year))
    )


def first_year(ask):
    """Return the first year of which the perimeter may know every month, or None when nothing stands."""
    sites, starts = perimeters.perimeter(ask).sites, standings.joined(ask.version)
    rows = Standing.objects.standing(ask.version).filter(head__site__in=sites).order_by().values_list("head__site_id")
    firsts = [max(first, starts.get(site, first)) for site, first in rows.annotate(first=Min("head__month"))]
    first = min(firsts, default=None)
    return first and first.year + (first.month > 1)


def cagr(ask):
    """The average yearly growth from --base-year (default: the first whole year) to --year (default: the last one over)."""
    measure, asked = measured(ask)
    if asked.first or asked.last:
        raise WrongCall(_("An average yearly growth is between complete years: give --year and --base-year."))
    year = asked.year or asked.today.year - 1
    start = asked.base_year or first_year(asked)
    found = study(measure, asked.but(year=year, base_year=start if start and start < year else asked.base_year), True)
    result, years = found.result, found.windows.back // 12
    complete = len(result.months) == 12
    state = result.change_state if complete or result.change_state != "ok" else "not_comparable"
    rate = root(result.compared, result.base, years) if state == "ok" else None
    return answer(
        found,
        name="cagr",
        definition=DEFINITIONS["cagr"],
        value=rate,
        unit="percent",
        compared=None,
        base=None,
        change=None,
        change_state=state,
        numerator=result.compared,
        denominator=result.base,
        other_units=(),
        like_for_like=None,
        basis=_cagr_basis(year, years, complete),
        more={"intervals": years},
    )


def _cagr_basis(year, years, complete):
    said = {"first": year - years, "last": year, "count": years}
    if complete:
        return _("%(count)d intervals, from %(first)d to %(last)d; all twelve months of both years are covered.") % said
    return (
        _("Not all twelve months of %(first)d and of %(last)d are covered: there is no average yearly growth.") % said
    )


def root(compared, base, years):
    """Return ((compared / base)^(1/years) − 1) x 100, rounded half up once at 12 decimals."""
    if years == 1:
        return percent(compared - base, base)
    with localcontext() as context:
        context.prec = EXACT
        rate = ((compared / base) ** (Decimal(1) / years) - 1) * 100
        return rate.quantize(Decimal("1e-40"), ROUND_HALF_UP).quantize(Decimal("1e-12"), ROUND_HALF_UP)


def mark_passed(ask):
    """The month in which what was declared since the first asked month reached the filter `mark` (default 1000000)."""
    mark = _mark(ask.filters.get("mark"))
    measure, asked = measured(ask, filters=(*FILTERS, "mark"))
    found = study(measure, asked, together=True)
    passed = reached(found, mark)
    value = found.result.value or ZERO
    return answer(
        found,
        name="mark_passed",
        definition=DEFINITIONS["mark_passed"],
        more={
            "mark": text(mark),
            "passed": passed and to_iso(passed),
            "left": text(max(mark - value, ZERO)),
        },
    )


def _mark(said):
    try:
        mark = parse_number(said, "dot") if said else MARK
    except ValueError:
        mark = ZERO
    if mark <= 0:
        raise WrongCall(_("A mark is a number above zero, like 1000000."))
    return mark


def reached(found, mark):
    """Return the first month up to L in which the cumulative value of a Study is at least the mark, or None."""
    sums = accumulate(month_value(found.world, month) for month in found.inside)
    return next((month for month, total in zip(found.inside, sums, strict=True) if total >= mark), None)


def month_value(world, month):
    """Return the sum of what was declared of a month."""
    return world.total(month, world.declaring.get(month, frozenset()))
