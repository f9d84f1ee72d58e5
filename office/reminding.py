"""Dates that come: which ones somebody hears of, on the page and by mail, 90, 60 and 30 days before and on the day."""

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import User
from office.models import ReminderChoice, ReminderMail
from partstrack import registry
from partstrack.registry import Due, DueKind

STEPS = (0, 30, 60, 90)  # days before
PAST = 30  # days after which a date that nobody acted on is not spoken of any more
NAMED = 10  # so many dates of a kind stand in a mail one by one
Way = ReminderChoice.Way
BANDS = {
    "past": _lazy("passed, not done"),
    "0": _lazy("today"),
    "30": _lazy("in 1 to 30 days"),
    "60": _lazy("in 31 to 60 days"),
    "90": _lazy("in 61 to 90 days"),
    "later": _lazy("in more than 90 days"),
}


class Coming(NamedTuple):
    """A date that comes: its kind, the thing, how many days are left (below 0: it has passed)."""

    kind: DueKind
    due: Due
    left: int

    @property
    def step(self):
        """The nearest of STEPS that was reached."""
        return next(step for step in STEPS if self.left <= step)

    @property
    def band(self):
        """In which of BANDS it lies."""
        return "past" if self.left < 0 else f"{self.step}" if self.left <= STEPS[-1] else "later"


def kinds(user):
    """Return the kinds of dates this person may see."""
    return [kind for kind in registry.all_of("due") if user.may(kind.right)]


def default(user):
    """Return how somebody hears of dates who chose nothing: who has work to do by mail too."""
    return Way.BOTH if user.may("upload") else Way.PAGE


def ways(user):
    """Return {kind's name: way} of this person."""
    chosen = dict(ReminderChoice.objects.visible_to(user).values_list("kind", "way"))
    return {kind.name: chosen.get(kind.name, default(user)) for kind in kinds(user)}


def choose(user, chosen, language=None):
    """Keep {kind's name: way}, each kind once, and the language of the mails where one is given."""
    if language:
        User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
    ReminderChoice.objects.bulk_create(
        [ReminderChoice(user=user, kind=kind, way=way) for kind, way in sorted(chosen.items())],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["way"],
    )


def coming(user, today, asked=None, last=None):
    """Return the dates that come, the nearest first: all that this person may see, or of the kinds that are asked for.

    `last`: the last day that is looked at, as far as anybody is reminded where none is given.
    """
    first, last = today - timedelta(days=PAST), last or today + timedelta(days=STEPS[-1])
    found = [
        Coming(kind, due, (due.day - today).days)
        for kind in kinds(user)
        if asked is None or kind.name in asked
        for due in kind.find(user, first, last)
    ]
    return sorted(found, key=lambda each: (each.left, each.kind.name, each.due.thing))


def on_page(user, today):
    """Return the dates of the next step that this person wants to see on the page."""
    wanted = {kind for kind, way in ways(user).items() if way in (Way.PAGE, Way.BOTH)}
    return [each for each in coming(user, today, wanted) if each.left <= STEPS[1]] if wanted else []


def when(left):
    """Say how far a date is."""
    if left < 0:
        return ngettext("%(count)d day ago", "%(count)d days ago", -left) % {"count": -left}
    if left == 0:
        return _("today")
    return ngettext("in %(count)d day", "in %(count)d days", left) % {"count": left}


def remind(user, today, at, connection):
    """Send one mail about everything that is due today and was not said yet; return how many things it names.

    What was sent and the sending stand or fall together: a mail that cannot be sent is tried again at the next call.
    """
    wanted = {kind for kind, way in ways(user).items() if way in (Way.MAIL, Way.BOTH)}
    if not wanted:
        return 0
    with translation.override(user.language), transaction.atomic():
        fresh = _noted(user, at, coming(user, today, wanted))
        if fresh:
            EmailMessage(
                *_written(user, fresh), settings.DEFAULT_FROM_EMAIL, [user.email], connection=connection
            ).send()
    return len(fresh)


def _noted(user, at, items):
    """Note what is said now, and return what was not said before; another sender waits here for the first."""
    list(User.objects.select_for_update().filter(pk=user.pk))
    known = set(ReminderMail.objects.visible_to(user).values_list("kind", "thing", "day", "step"))
    fresh = [each for each in items if (each.kind.name, each.due.thing, each.due.day, each.step) not in known]
    ReminderMail.objects.bulk_create(
        ReminderMail(
            user=user,
            kind=each.kind.name,
            thing=each.due.thing,
            title=each.due.title[:400],
            day=each.due.day,
            step=each.step,
            at=at,
        )
        for each in fresh
    )
    return fresh


def _written(user, items):
    """Return (subject, body) of the mail, kind by kind."""
    subject = ngettext("partstrack: %(count)d date to watch", "partstrack: %(count)d dates to watch", len(items))
    body = [_("Hello,"), "", _("These dates come, or have come:"), ""]
    for kind in Counter(each.kind for each in items):
        body += _listed(kind, [each for each in items if each.kind == kind])
    body += [_("You choose what you are reminded of on your account page: My account, Reminders.")]
    return subject % {"count": len(items)}, "\n".join(body)


def _listed(kind, items):
    """Return the lines of one kind: the nearest dates with their addresses, and where the others are."""
    lines = [str(kind.title)]
    for each in items[:NAMED]:
        lines += [f"– {each.due.day:%d/%m/%Y}, {when(each.left)} · {each.due.title}", *_link(each.due.url)]
    if (more := len(items) - NAMED) > 0:
        lines += [ngettext("– and %(count)d more", "– and %(count)d more", more) % {"count": more}]
        lines += _link(f"{reverse('due_list')}?kind={kind.name}")
    return [*lines, ""]


def _link(url):
    return [f"  {settings.ADDRESS}{url}"] if settings.ADDRESS else []
