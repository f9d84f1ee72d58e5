"""The days that suppliers were covered by a valid certificate, of those since they first had one. No request, no clock."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Firm
from partstrack.figures import Answer, Group, checked, percent, points
from partstrack.periods import month_of, shift
from partstrack.registry import Figure
from suppliers.agreement_figures import end_of, firm_of, window_of
from suppliers.models import Paper, Stop
from suppliers.paper_figures import standard_of

FILTERS = ("standard", "supplier")


def days_covered(ask):
    """Days with a valid certificate, in percent of the days since the first one; months that are over compare with a base year."""
    checked(ask, ("supplier",), FILTERS)
    first, last = window_of(ask)
    over = min(last, shift(month_of(ask.today), -1))
    back = 12 * ((ask.base_year and last.year - ask.base_year) or 1)
    proven, begun = _read(ask)
    spans = (
        (first, min(end_of(last), ask.today)),
        (first, end_of(over)),
        (shift(first, -back), end_of(shift(over, -back))),
    )
    counts = [_counted(proven, begun, *span) for span in spans]
    total = _group("", "", [tuple(map(sum, zip((0, 0), *each.values(), strict=True))) for each in counts])
    return Answer(
        name="days_covered",
        value=total.value,
        unit="percent",
        state="none" if total.value is None else "provisional",
        version=ask.version,
        definition=DEFINITION,
        compared=total.compared,
        base=total.base,
        change=total.change,
        change_unit="points",
        change_state=total.change_state,
        window=(first, last),
        base_window=(shift(first, -back), shift(last, -back)),
        basis=_("%(days)d days without a valid certificate.") % {"days": total.denominator - total.numerator},
        numerator=total.numerator,
        denominator=total.denominator,
        rows=int(total.denominator),
        groups=_groups(counts) if ask.by else None,
        by=ask.by,
    )


def _read(ask):
    """Return ({firm: [(first day, last day, stops)]}, {firm: day of its first certificate}) of accepted certificates."""
    rows = Paper.objects.within(ask.scope).certificates().filter(accepted=True)
    if code := ask.filters.get("standard"):
        rows = rows.filter(standard=standard_of(code))
    if code := ask.filters.get("supplier"):
        rows = rows.filter(firm__in=firm_of(code, ask))
    stops, proven, begun = defaultdict(list), defaultdict(list), {}
    for paper, since, until in Stop.objects.filter(paper__in=rows).values_list("paper", "since", "until"):
        stops[paper].append((since.toordinal(), (until or date.max).toordinal()))
    for paper, firm, valid_from, valid_to in rows.values_list("pk", "firm", "valid_from", "valid_to"):
        proven[firm].append((valid_from.toordinal(), (valid_to or date.max).toordinal(), stops[paper]))
        begun[firm] = min(begun.get(firm, valid_from), valid_from)
    return proven, begun


def _counted(proven, begun, first, last):
    """Return {firm: (days covered, days since its first certificate)} of a span of days."""
    found = {}
    for firm, papers in proven.items():
        start, end = max(first, begun[firm]).toordinal(), last.toordinal() + 1
        covered = set()
        for valid_from, valid_to, stops in papers:
            days = set(range(max(start, valid_from), min(end, valid_to + 1)))
            for since, until in stops:
                days -= set(range(max(start, since), min(end, until)))
            covered |= days
        if start < end:
            found[firm] = len(covered), end - start
    return found


def _group(key, label, pairs):
    """Return the Group of (days covered, days) of the asked, the compared and the base months."""
    (covered, days), now, then = [tuple(map(Decimal, pair)) for pair in pairs]
    value, compared, base = percent(covered, days), percent(*now), percent(*then)
    state = "ok" if compared is not None and base is not None else "new" if value is not None else "none"
    return Group(key, value, compared, base, points(now, then), None, state, label, covered, days)


def _groups(counts):
    """Return a Group each supplier that has had a certificate, the least covered first."""
    firms, language = Firm.objects.in_bulk(counts[0]), get_language()
    found = [
        _group(firm.code, firm.name_in(language), [each.get(key, (0, 0)) for each in counts])
        for key, firm in firms.items()
    ]
    return tuple(sorted(found, key=lambda group: (group.value, group.key)))


DEFINITION = gettext_lazy(
    "Days on which a supplier had a valid certificate of a site, of the days since its first one began."
)

FIGURES = [
    Figure(
        "days_covered",
        gettext_lazy("Days under a valid certificate"),
        DEFINITION,
        gettext_lazy(
            "Days of the months, until today, with at least one certificate that is accepted, begun, not over, neither suspended nor "
            "withdrawn / days since the first certificate of the supplier began. Who never had one is not counted. Changes compare the "
            "months that are over."
        ),
        "",
        days_covered,
        "percent",
        ("supplier",),
        FILTERS,
    )
]
