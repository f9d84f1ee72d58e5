"""How reliable a supplier is, in figures: declarations in time, months restated, complaints per million sold. No clock."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.figures import Answer, Group, WrongCall, checked, percent, points
from partstrack.numbers import quotient12
from partstrack.periods import month_range, shift
from partstrack.registry import Figure
from production import growth, perimeters, volumes
from production.comparison import ZERO
from production.groups import namer
from production.models import Revision
from production.site_months import DECLARED, grid
from suppliers.models import Complaint

DIMS = ("supplier", "site", "wilaya", "month", "year")
OF_COMPLAINTS = ("supplier", "family")
MILLION = 1_000_000
PER_MILLION = "piece/million"


# Shares of site-months ----------------------------------------------------------------------------------
def punctuality(ask):
    """Declarations received by their due day, in percent of those that were due or received."""
    checked(ask, DIMS, perimeters.FILTERS)
    said = _(
        "A month counts once its due day has passed or its declaration was received; one that waits counts by its day."
    )
    return _share("punctuality", ask, *due_pairs(ask), said)


def due_pairs(ask):
    """Return ((site id, month) of what was due or received, those of them in time), in the asked and the base months."""
    cells = grid(ask, perimeters.both_windows(growth.windows_of(ask))).cells
    due = {pair for pair, cell in cells.items() if _counts(cell, ask.today)}
    return due, {pair for pair in due if _in_time(cells[pair])}


def _counts(cell, today):
    waits = cell.state in ("waiting", "returned")
    return cell.state in DECLARED or cell.state == "late" or (waits and cell.due < today)


def _in_time(cell):
    if cell.state == "waiting":
        return cell.received_on is not None and cell.received_on <= cell.due
    return cell.state in DECLARED and not cell.late


def restated_share(ask):
    """Site-months whose declaration was replaced after it stood, in percent of those that are declared."""
    checked(ask, DIMS, perimeters.FILTERS)
    return _share("restated_share", ask, *restated_pairs(ask), _("However often a month was replaced, it counts once."))


def restated_pairs(ask):
    """Return ((site id, month) of what is declared, those of them that were replaced), in the asked and the base months."""
    area, months = perimeters.perimeter(ask), perimeters.both_windows(growth.windows_of(ask))
    world, _facts = volumes.declarations(ask, area, months)
    rows = Revision.objects.filter(
        kind=Revision.Kind.RESTATED, write__lte=ask.version, head__site__in=area.sites, head__month__in=months
    )
    return set(world.declared), world.declared.keys() & set(rows.values_list("head__site", "head__month"))


def _share(name, ask, whole, part, said):
    """Return the Answer of a share of site-months, over the asked months against the same ones of the base."""
    windows = growth.windows_of(ask)
    asked, seen = month_range(windows.first, windows.last), {month for _site, month in whole}
    inside = [month for month in asked if month in seen]
    both = [month for month in inside if windows.base(month) in seen]
    count = partial(_counted, whole, part, (inside, both, [windows.base(month) for month in both]))
    total = _measured("", count())
    return Answer(
        name=name,
        value=total.value,
        unit="percent",
        state="provisional" if inside else "none",
        version=ask.version,
        definition=DEFINITIONS[name],
        compared=total.compared,
        base=total.base,
        change=total.change,
        change_unit="points",
        change_state=total.change_state,
        window=(inside[0], inside[-1]) if inside else None,
        base_window=(windows.base(both[0]), windows.base(both[-1])) if both else None,
        basis=said,
        numerator=total.numerator,
        denominator=total.denominator,
        rows=int(total.denominator),
        groups=_groups(ask, whole, count) if ask.by else None,
        by=ask.by,
        compared_months=tuple(both),
    )


def _counted(whole, part, spans, chosen=lambda pair: True):
    """Return (part, whole) of the site-months of the asked, the compared and the base months."""
    counted = []
    for months in map(set, spans):
        pairs = {pair for pair in whole if pair[1] in months and chosen(pair)}
        counted.append((Decimal(len(pairs & part)), Decimal(len(pairs))))
    return counted


def _measured(key, counted):
    """Return the Group of ((part, whole) of the asked, the compared and the base months)."""
    whole, now, then = counted
    value, compared, base = percent(*whole), percent(*now), percent(*then)
    state = "ok" if compared is not None and base is not None else "new" if value is not None else "none"
    return Group(key, value, compared, base, points(now, then), None, state, numerator=whole[0], denominator=whole[1])


def _groups(ask, whole, count):
    """Return a Group for each key, the worst last."""
    key_of, windows = namer(ask.by, perimeters.perimeter(ask), None), growth.windows_of(ask)
    asked = {pair for pair in whole if windows.first <= pair[1] <= windows.last}
    if ask.by in ("month", "year"):
        keys = {
            key: {pair[1] for pair in asked if key_of(pair, None) == key} for key in {key_of(p, None) for p in asked}
        }
        found = [
            _measured(key, count(chosen=lambda pair, own=own: pair[1] in own or shift(pair[1], windows.back) in own))
            for key, own in keys.items()
        ]
    else:
        keys = {key_of(pair, None) for pair in asked}
        found = [_measured(key, count(chosen=lambda pair, key=key: key_of(pair, None) == key)) for key in keys]
    return tuple(sorted(found, key=lambda group: (-(group.value or ZERO), group.key)))


# Complaints ---------------------------------------------------------------------------------------------
def complaints_per_million(ask):
    """Pieces complained of, for each million pieces sold in the same months; changes compare the same sites and months of sales."""
    checked(ask, OF_COMPLAINTS, OF_COMPLAINTS)
    if ask.as_of:
        raise WrongCall(_("Complaints are counted as they are known now: ask without “as of”."))
    sold, windows = growth.volume("sold", ask), growth.windows_of(ask)
    inside = month_range(*sold.window) if sold.window else []
    bases = [windows.base(month) for month in sold.compared_months]
    quantities = _quantities(ask, {*inside, *bases})
    spans = (inside, sold.compared_months, bases)
    total = _rated("", quantities, spans, sold, sold.change_state)
    return Answer(
        name="complaints_per_million",
        value=total.value,
        unit=PER_MILLION,
        state=sold.state,
        version=ask.version,
        definition=DEFINITIONS["complaints_per_million"],
        compared=total.compared,
        base=total.base,
        change=total.change,
        change_state=total.change_state,
        window=sold.window,
        base_window=sold.base_window,
        coverage=sold.coverage,
        basis=_("Complaints, returns and warranty cases as they are known now; sales as declared, without exports."),
        numerator=total.numerator,
        denominator=total.denominator,
        rows=int(total.numerator),
        groups=_rated_groups(quantities, spans, sold) if ask.by else None,
        by=ask.by,
        compared_months=sold.compared_months,
        queryset=_complaints(ask).filter(received_on__range=_days(sold.window)) if sold.window else None,
        counted_unit="piece",
    )


def _days(window):
    """Return the first and the last day of a span of months."""
    return window[0], shift(window[1], 1) - timedelta(days=1)


def _complaints(ask):
    rows = Complaint.objects.within(ask.scope)
    if code := ask.filters.get("supplier"):
        rows = rows.filter(site__firm__code=code)
    if code := ask.filters.get("family"):
        rows = rows.filter(family__code=code)
    return rows


def _quantities(ask, months):
    """Return {key of the dimension, "" for all: {month: pieces complained of}} of the asked months."""
    path = {"supplier": "site__firm__code", "family": "family__code", None: "kind"}[ask.by]
    rows = _complaints(ask).annotate(month=TruncMonth("received_on")).filter(month__in=months).order_by()
    found = defaultdict(lambda: defaultdict(Decimal))
    for key, month, pieces in rows.values_list(path, "month").annotate(pieces=Sum("quantity")):
        found[""][month] += pieces
        found[key][month] += pieces
    return found


def _rated(key, quantities, spans, sold, state):
    """Return the Group of pieces complained of per million sold. `sold`: an Answer or a Group of sales."""
    over = [sum((quantities[key][month] for month in months), ZERO) for months in spans]
    under = [sold.value or ZERO, sold.compared or ZERO, sold.base or ZERO]
    value, compared, base = (
        quotient12(part * MILLION, whole) if whole else None for part, whole in zip(over, under, strict=True)
    )
    comparable = state == "ok" and compared is not None and base
    change = percent(over[1] * under[2] - over[2] * under[1], over[2] * under[1]) if comparable else None
    if state == "ok" and not comparable:
        state = "new" if compared else "none"
    return Group(key, value, compared, base, change, None, state, numerator=over[0], denominator=under[0])


def _rated_groups(quantities, spans, sold):
    known = {group.key: group for group in sold.groups}
    nothing = Group("", None, None, None, None, None, "none")
    rows = [
        _rated(key, quantities, spans, known.get(key, nothing), known.get(key, nothing).change_state)
        for key in {*known, *quantities} - {""}
    ]
    return tuple(sorted(rows, key=lambda group: (-(group.value or ZERO), group.key)))


DEFINITIONS = {
    "punctuality": gettext_lazy(
        "Declarations received by their due day, as a share of those that were due or received."
    ),
    "restated_share": gettext_lazy(
        "Months of a site whose declaration was replaced after it stood, as a share of those declared."
    ),
    "complaints_per_million": gettext_lazy(
        "Pieces complained of, returned or replaced under warranty, for each million pieces sold in the same months."
    ),
}
FORMULAS = {
    "punctuality": gettext_lazy(
        "Punctuality = site-months whose first accepted declaration was received by the due day / site-months received or past "
        "their due day. A correction later on does not make a month late; a missing one is late."
    ),
    "restated_share": gettext_lazy("Share = site-months replaced at least once / site-months declared."),
    "complaints_per_million": gettext_lazy(
        "Rate = pieces of the complaints received in the months / pieces sold in the covered months × 1 000 000."
    ),
}

FIGURES = [
    Figure(
        "punctuality",
        gettext_lazy("Punctuality of declarations"),
        DEFINITIONS["punctuality"],
        FORMULAS["punctuality"],
        "",
        punctuality,
        "percent",
        DIMS,
        perimeters.FILTERS,
    ),
    Figure(
        "restated_share",
        gettext_lazy("Share of restated months"),
        DEFINITIONS["restated_share"],
        FORMULAS["restated_share"],
        "",
        restated_share,
        "percent",
        DIMS,
        perimeters.FILTERS,
    ),
    Figure(
        "complaints_per_million",
        gettext_lazy("Complaints per million sold"),
        DEFINITIONS["complaints_per_million"],
        FORMULAS["complaints_per_million"],
        "",
        complaints_per_million,
        PER_MILLION,
        OF_COMPLAINTS,
        OF_COMPLAINTS,
    ),
]
