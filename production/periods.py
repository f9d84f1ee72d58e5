"""Months as periods: late, closed with minutes, reopened."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Sum
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import scope
from office import clock
from office.door import Refused
from partstrack.figures import Ask
from partstrack.numbers import plain
from partstrack.periods import month_name, month_of, month_range, shift, to_iso
from production import calendar, ledger, standings
from production.balance import uncommented
from production.models import SOLD, Cell, Declaration, PeriodState, Standing
from production.plausibility import waiting_files
from production.site_months import DECLARED, grid

LOOK_BACK = 36  # months: what is missing longer than that is no longer asked for


def late(user, moment, back=LOOK_BACK):
    """Return (site, month) of the months past their due day that are missing, the oldest first."""
    return _in_state(user, moment, calendar.read(moment).last_due_month(moment.today), back, "late")


def owed(user, moment, back=3):
    """Return (site, month) of the last months that have ended and are to be declared, late or not yet; oldest first."""
    return _in_state(user, moment, shift(month_of(moment.today), -1), back, "late", "expected")


def open_months(moment, back):
    """Return the months past their due day that somebody declared and nobody closed, the oldest first."""
    last = calendar.read(moment).last_due_month(moment.today)
    months = month_range(shift(last, 1 - back), last)
    closed = PeriodState.objects.standing(moment.version).filter(month__in=months).values_list("month", flat=True)
    declared = Standing.objects.standing(moment.version).filter(head__month__in=months).exclude(head__month__in=closed)
    return sorted(declared.order_by().values_list("head__month", flat=True).distinct())


def _in_state(user, moment, last, back, *states):
    ask = Ask(today=moment.today, version=moment.version, on=moment.today, scope=scope(user), data=moment.data)
    first = shift(last, 1 - back)
    found = grid(ask, month_range(first.replace(month=1), last.replace(month=12)))  # whole years, as pages read them
    by_id = {site.pk: site for site in found.sites}
    missing = [pair for pair, cell in found.cells.items() if cell.state in states and first <= pair[1] <= last]
    return [(by_id[site], month) for site, month in sorted(missing, key=lambda pair: (pair[1], by_id[pair[0]].code))]


# The checklist ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Check:
    """Something that stands against closing a month: `find(found, month)` returns [(site code, detail)] in a Grid."""

    name: str
    title: str
    why: str
    find: Callable


def _missing(found, month):
    return [(code, "") for code in _codes(found, month, "late", "expected", "returned", "waiting")]


def _undecided(found, month):
    waiting = Declaration.objects.filter(head__month=month, state__in=Declaration.OPEN)
    return [(code, "") for code in waiting.order_by("head__site__code").values_list("head__site__code", flat=True)]


def _unbalanced(found, month):
    return uncommented(found.version, month)


def _suspicious(found, month):
    return waiting_files(month)


def _codes(found, month, *states):
    expected = found.expecting.get(month, set())
    return sorted(
        site.code
        for site in found.sites
        if site.pk in expected and (cell := found.cells.get((site.pk, month))) and cell.state in states
    )


# What is looked at before a month is closed. Another check is one more line here; minutes keep its name.
CHECKS = (
    Check("missing", gettext_lazy("Missing declarations"), gettext_lazy("missing"), _missing),
    Check(
        "undecided", gettext_lazy("Declarations without a decision"), gettext_lazy("waits for a decision"), _undecided
    ),
    Check("balance", gettext_lazy("Differences without comment"), gettext_lazy("does not balance"), _unbalanced),
    Check("suspicious", gettext_lazy("Suspicious values"), gettext_lazy("not confirmed in a file"), _suspicious),
)


def checklist(found, month):
    """Return what stands against closing a month: [{check, site, detail}], one for each gap."""
    return [
        {"check": check.name, "site": site, "detail": detail}
        for check in CHECKS
        for site, detail in check.find(found, month)
    ]


def why(gap):
    """Say in words what stands against closing."""
    said = str(next(check.why for check in CHECKS if check.name == gap["check"]))
    return f"{said} – {gap['detail']}" if gap["detail"] else said


def of_all(version, today):
    """Return the Ask of everybody's months: closing looks at all sites, whoever closes."""
    return Ask(today=today, version=version, on=today)


# Closing ----------------------------------------------------------------------------------------------
def close(door, user, months, accept="", known=None):
    """Close months: their figures become final. Refused with the checklist unless `accept` gives a reason.

    `known(gaps)` says whether these gaps are the ones that the person saw; Refused when others came since. The minutes keep what was so at that version. Months that are closed already stay as they are.
    """
    _may_close(user)
    if later := [month for month in months if month > door.today]:
        raise Refused(_("The month %(month)s has not begun.") % {"month": month_name(later[0], get_language())})
    ledger.exclusive()  # a declaration that was on its way stands before, or finds the month closed
    closed = set(PeriodState.objects.filter(month__in=months, to_v=None).values_list("month", flat=True))
    fresh = [month for month in months if month not in closed]
    ask = of_all(clock.moment().version, door.today)
    found = grid(ask, fresh)
    gaps = {month: checklist(found, month) for month in fresh}
    if any(gaps.values()) and not accept:
        raise Refused(*(sentence(gap, month) for month in fresh for gap in gaps[month]))
    if known and not all(known(gaps[month]) for month in fresh):
        raise Refused(_("The checklist changed since you saw it: look at it again."))
    totals = _totals(ask, fresh)
    who = {"closed_by": user, "closed_at": door.at}
    closings = [
        PeriodState(
            month=month,
            accepted_gaps=accept if gaps[month] else "",
            minutes=_minutes(found, month, gaps[month], totals.get(month, [])),
            **who,
        )
        for month in fresh
    ]
    door.when_numbered(lambda version: _begin(closings, version))
    return fresh


def sentence(gap, month):
    """Say one gap of a month: site, month, why."""
    return _("%(site)s, %(month)s: %(why)s.") % {"site": gap["site"], "month": to_iso(month), "why": why(gap)}


def _begin(closings, version):
    for closing in closings:
        closing.from_v = version
    PeriodState.objects.bulk_create(closings)


def _minutes(found, month, gaps, totals):
    return {
        "expected": found.expected(month),
        "declared": found.count(month, *DECLARED),
        "nil": found.count(month, "nil"),
        "gaps": gaps,
        "totals": totals,
    }


def _totals(ask, months):
    """Return {month: [{unit, produced, sold}]} inside the perimeter; no posting is on its way, so cells are the sums."""
    sold = F(SOLD[0]) + F(SOLD[1]) + F(SOLD[2])
    rows = Cell.objects.filter(*standings.inside_perimeter(ask), month__in=months).order_by("month", "unit")
    found = {}
    for month, unit, made, left in rows.values_list("month", "unit").annotate(made=Sum("produced"), left=Sum(sold)):
        found.setdefault(month, []).append({"unit": unit, "produced": plain(made), "sold": plain(left)})
    return found


def reopen(door, user, months, reason):
    """Open closed months again: their figures are provisional from this version on. Returns the months it opened.

    Refused without a reason when one of them was closed.
    """
    _may_close(user)
    standing = PeriodState.objects.filter(month__in=months, to_v=None)
    found = sorted(standing.values_list("month", flat=True))
    if found and not reason.strip():
        raise Refused(_("Say why the month is opened again."))
    words = {"reopened_by": user, "reopened_at": door.at, "reopen_reason": reason[:400]}
    door.when_numbered(lambda version: standing.update(to_v=version, **words))
    return found


def _may_close(user):
    if not user.may("close"):
        raise Refused(_("Closing and reopening a month is for managers."))
