"""Months as periods: due, late, closed, reopened."""

from datetime import date

from django.utils.translation import gettext as _

from office import clock
from office.door import Refused
from partstrack.figures import Ask
from partstrack.periods import month_range, shift
from production import ledger, volumes
from production.balance import balance_gaps
from production.models import Declaration, PeriodState
from production.plausibility import waiting_files
from suppliers.models import Site

DUE_DAY = 15


def due_day(month):
    """Return the day on which a month is due: the 15th of the next one."""
    return shift(month, 1).replace(day=DUE_DAY)


def last_due_month(today):
    """Return the last month whose due day has passed."""
    month = shift(date(today.year, today.month, 1), -1)
    return month if today > due_day(month) else shift(month, -1)


def grid(user, version, today, months, scope):
    """Return (sites, {(site id, month): state}) of the declarations of `months`, at a version.

    States: received, nil, returned, waiting, late, expected, and nothing where a site is not expected.
    """
    ask = Ask(today=today, version=version, on=today, scope=scope)
    area = volumes.perimeter(ask)
    world, _facts = volumes.declarations(ask, area, months)
    nil = set(volumes.nil_pairs(version, months))
    open_ones = dict(_open_ones(area.sites, months))
    states = {}
    for month in months:
        for site in world.expecting.get(month, ()):
            pair = (site, month)
            states[pair] = (
                ("nil" if pair in nil else "received") if pair in world.declared else _not_there(pair, open_ones, today)
            )
    return list(area.sites.values()), states


def _open_ones(sites, months):
    rows = Declaration.objects.filter(head__site__in=sites, head__month__in=months, state__in=Declaration.OPEN)
    return (((site, month), state) for site, month, state in rows.values_list("head__site_id", "head__month", "state"))


def _not_there(pair, open_ones, today):
    state = open_ones.get(pair)
    if state == Declaration.State.RETURNED:
        return "returned"
    if state == Declaration.State.SUBMITTED:
        return "waiting"
    return "late" if today > due_day(pair[1]) else "expected"


def late(user, moment, back=3):
    """Return (site, month) of the last due months that are missing, oldest first."""
    from accounts.models import scope

    last = last_due_month(moment.today)
    months = month_range(shift(last, 1 - back), last)
    sites, states = grid(user, moment.version, moment.today, months, scope(user))
    by_id = {site.pk: site for site in sites}
    return [
        (by_id[site], month)
        for (site, month), state in sorted(states.items(), key=lambda row: (row[0][1], row[0][0]))
        if state == "late"
    ]


def checklist(version, today, month):
    """Return what stands against closing a month: [{site, why}], one for each gap."""
    ask = Ask(today=today, version=version, on=today)
    world, _facts = volumes.declarations(ask, volumes.perimeter(ask), [month])
    codes = dict(Site.objects.values_list("pk", "code"))
    gaps = [
        {"site": codes[site], "month": f"{month:%Y-%m}", "why": _("missing")}
        for site in sorted(world.expecting.get(month, ()))
        if (site, month) not in world.declared
    ]
    waiting = Declaration.objects.filter(head__month=month, state__in=Declaration.OPEN).select_related("head__site")
    gaps += [
        {"site": each.head.site.code, "month": f"{month:%Y-%m}", "why": _("waits for a decision")} for each in waiting
    ]
    return gaps + balance_gaps(version, month) + waiting_files(month)


def close(door, user, months, accept=""):
    """Close months: their figures become final. Refused with the checklist unless `accept` gives a reason."""
    _may_close(user)
    ledger.exclusive()  # a declaration that was on its way stands before, or finds the month closed
    gaps = [gap for month in months for gap in checklist(clock.moment().version, door.today, month)]
    if gaps and not accept:
        raise Refused(*(_("%(site)s, %(month)s: %(why)s.") % gap for gap in gaps))
    fresh = [month for month in months if not PeriodState.objects.filter(month=month, to_v=None).exists()]

    def number(version):
        PeriodState.objects.bulk_create(
            PeriodState(month=month, accepted_gaps=accept, closed_by=user, from_v=version) for month in fresh
        )

    door.when_numbered(number)
    return fresh


def reopen(door, user, months):
    """Open closed months again: their figures are provisional from this version on."""
    _may_close(user)
    standing = PeriodState.objects.filter(month__in=months, to_v=None)
    found = sorted(standing.values_list("month", flat=True))
    door.when_numbered(lambda version: standing.update(to_v=version))
    return found


def _may_close(user):
    if not user.may("close"):
        raise Refused(_("Closing and reopening a month is for managers."))
