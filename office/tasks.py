"""What waits for somebody because a date comes."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import ngettext

from office import reminding
from partstrack.registry import Task

ORDER = 35  # after what is late, before months to close
NAMED = 2  # so many near dates of a kind stand one by one; more are one task


def upcoming(user, moment):
    """Return the tasks of the near dates that this person wants to see on the page."""
    near = sorted(reminding.on_page(user, moment.today), key=lambda each: each.kind.name)
    kinds = [list(items) for _name, items in groupby(near, key=lambda each: each.kind.name)]
    return [task for items in kinds for task in (_each(items) if len(items) <= NAMED else [_all(items)])]


def _each(items):
    return [Task(each.kind.title, each.due.title, each.due.url, reminding.when(each.left), ORDER) for each in items]


def _all(items):
    """Return one task for many dates of a kind; it says when the nearest is."""
    kind, url = items[0].kind, reverse("due_list")
    count = ngettext("%(count)d date", "%(count)d dates", len(items)) % {"count": len(items)}
    return Task(kind.title, count, f"{url}?kind={kind.name}", reminding.when(items[0].left), ORDER)
