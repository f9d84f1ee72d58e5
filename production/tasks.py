"""What waits for somebody: declarations to accept, months that are late, months to close."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from partstrack.periods import month_name, span_label, to_iso
from partstrack.registry import Task
from production import calendar, grid
from production.models import Declaration
from production.periods import late, open_months, owed

MONTHS_BACK = 6
NAMED = 2  # so many late sites of a month stand one by one; more are one task


def waiting(user, moment):
    """Return this person's tasks at a moment, most pressing first."""
    tasks = [_to_accept(each) for each in _submitted(user)] if user.may("enter") else []
    if user.may("enter"):
        by_month = groupby(late(user, moment, MONTHS_BACK), key=lambda pair: pair[1])
        tasks += [task for month, pairs in by_month for task in _late(month, [site for site, _month in pairs])]
    if user.may("close"):
        tasks += _to_close(moment)
    if user.may("upload") and not user.may("enter"):
        dates = calendar.read(moment)
        tasks += [_to_correct(each) for each in _returned(user)]
        tasks += [_to_declare(site, month, dates, moment.today) for site, month in owed(user, moment)]
    return tasks


def _returned(user):
    rows = Declaration.objects.visible_to(user).filter(state=Declaration.State.RETURNED)
    return rows.select_related("head__site__firm").order_by("head__month", "pk")[:10]


def _to_correct(declaration):
    head = declaration.head
    detail = f"{_about(head.site, head.month)} – {declaration.comment}"
    return Task(_("Returned: to correct"), detail, grid.url(head.site, head.month), _("returned"), 5)


def _to_declare(site, month, dates, today):
    due = _("late") if dates.is_past(month, today) else _("before %(day)s") % {"day": f"{dates.due_day(month):%d/%m}"}
    return Task(_("Month to declare"), _about(site, month), grid.url(site, month), due, 10)


def _submitted(user):
    rows = Declaration.objects.visible_to(user).filter(state=Declaration.State.SUBMITTED)
    return rows.select_related("head__site__firm").order_by("submitted_at", "pk")[:10]


def _to_accept(declaration):
    head = declaration.head
    title = _("Revision to approve") if declaration.four_eyes else _("Declaration to accept")
    return Task(title, _about(head.site, head.month), reverse("declaration", args=[declaration.pk]), _("new"), 20)


def _late(month, sites):
    """Return the tasks of a late month: one a site, or one for all when there are many."""
    if len(sites) <= NAMED:
        return [_missing(site, month) for site in sites]
    count = ngettext("%(count)d declaration", "%(count)d declarations", len(sites)) % {"count": len(sites)}
    detail = f"{month_name(month, get_language())} · {count}"
    return [Task(_("Missing declarations"), detail, reverse("period", args=[to_iso(month)]), _("late"), 10)]


def _to_close(moment):
    """Return the task of the months that are past their due day and still open; none when there is none."""
    months = open_months(moment, MONTHS_BACK)
    if not months:
        return []
    count = ngettext("%(count)d month", "%(count)d months", len(months)) % {"count": len(months)}
    detail = f"{span_label(months[0], months[-1], get_language())} · {count}"
    return [
        Task(_("Months to close"), detail, reverse("period", args=[to_iso(months[0])]), pgettext("month", "open"), 40)
    ]


def _missing(site, month):
    url = f"{reverse('batch_new')}?supplier={site.firm.code}&site={site.code}&month={to_iso(month)}"
    return Task(_("Missing declaration"), _about(site, month), url, _("late"), 10)


def _about(site, month):
    """Name the firm in the reader's script and the month."""
    return f"{site.firm.name_in(get_language())} · {month_name(month, get_language())}"
