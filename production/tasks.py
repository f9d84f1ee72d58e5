"""What waits for somebody: missing declarations and declarations to accept."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partstrack.registry import Task
from production import grid
from production.models import Declaration
from production.periods import due_day, late, owed


def waiting(user, moment):
    """Return this person's tasks at a moment, most pressing first."""
    tasks = [_to_accept(each) for each in _submitted(user)] if user.may("enter") else []
    if user.may("enter"):
        tasks += [_missing(site, month, moment) for site, month in late(user, moment)]
    elif user.may("upload"):
        tasks += [_to_correct(each) for each in _returned(user)]
        tasks += [_to_declare(site, month, moment) for site, month in owed(user, moment)]
    return tasks


def _returned(user):
    rows = Declaration.objects.visible_to(user).filter(state=Declaration.State.RETURNED)
    return rows.select_related("head__site__firm").order_by("head__month", "pk")[:10]


def _to_correct(declaration):
    head = declaration.head
    detail = f"{_about(head.site, head.month)} – {declaration.comment}"
    return Task(_("Returned: to correct"), detail, grid.url(head.site, head.month), _("returned"), 5)


def _to_declare(site, month, moment):
    due = _("late") if moment.today > due_day(month) else _("before %(day)s") % {"day": f"{due_day(month):%d/%m}"}
    return Task(_("Month to declare"), _about(site, month), grid.url(site, month), due, 10)


def _submitted(user):
    rows = Declaration.objects.visible_to(user).filter(state=Declaration.State.SUBMITTED)
    return rows.select_related("head__site__firm").order_by("submitted_at", "pk")[:10]


def _to_accept(declaration):
    head = declaration.head
    title = _("Revision to approve") if declaration.four_eyes else _("Declaration to accept")
    return Task(title, _about(head.site, head.month), reverse("declaration", args=[declaration.pk]), _("new"), 20)


def _missing(site, month, moment):
    due = _("late") if moment.today > due_day(month) else _("due")
    return Task(
        _("Missing declaration"),
        _about(site, month),
        f"{reverse('batch_new')}?supplier={site.firm.code}&site={site.code}&month={month:%Y-%m}",
        due,
        10,
    )


def _about(site, month):
    """Name the firm in the reader's script and the month."""
    return f"{site.firm.name_in(get_language())} · {month:%m/%Y}"
