"""Reminding a supplier of what is missing: the words, in its language, and the log of what was sent."""

from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from office.door import Refused
from partstrack.periods import month_name
from production import periods
from production.models import Reminder


def text(site, months, dates, sender):
    """Return (subject, body) of a reminder of months that are missing, in the language of the site's supplier.

    `dates`: the Calendar; `sender`: who signs.
    """
    language = site.firm.supplier.language
    with translation.override(language):
        named = [month_name(month, language) for month in months]
        subject = _("Monthly declaration: %(months)s") % {"months": pgettext("list", ", ").join(named)}
        due = [
            _("– %(month)s, due on %(day)s") % {"month": name, "day": f"{dates.due_day(month):%d/%m/%Y}"}
            for name, month in zip(named, months, strict=True)
        ]
        body = "\n".join([*_opening(site, language, len(months)), *due, "", *_ending(), "", str(sender)])
    return subject, body


def _opening(site, language, count):
    asked = ngettext(
        "We have not received the monthly declaration of %(site)s for this month:",
        "We have not received the monthly declarations of %(site)s for these months:",
        count,
    )
    return [_("Hello,"), "", asked % {"site": site.name_in(language)}, ""]


def _ending():
    return [
        _(
            "Please send us the volumes, part by part. If nothing was made, tell us so: “no production” is an answer too."
        ),
        _("If it was sent meanwhile, please take no notice of this message."),
        "",
        _("With our thanks,"),
    ]


def mailto(address, subject, body):
    """Return the address that opens a mail program with the message; it works without an address too."""
    return f"mailto:{quote(address)}?subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"


def last_reminders(pairs):
    """Return {(site id, month): its latest Reminder} of some site-months; one query."""
    rows = Reminder.objects.filter(site__in={site for site, _month in pairs}, month__in={month for _s, month in pairs})
    return {(row.site_id, row.month): row for row in rows.select_related("author").order_by("sent_on", "pk")}


def log(door, user, site, months, sent_on, channel, note=""):
    """Note that a supplier was reminded of months of a site, one Reminder a month. Refused for what is not late."""
    if not user.may("enter"):
        raise Refused(_("Reminding is for admins and managers."))
    if not months:
        raise Refused(_("Nothing of this site is late any more: nothing was noted."))
    return Reminder.objects.bulk_create(
        Reminder(site=site, month=month, sent_on=sent_on, channel=channel, note=note, author=user, at=door.at)
        for month in months
    )


def missing_months(user, moment, site):
    """Return the months past their due day that a site has not declared, the oldest first."""
    return [month for late, month in periods.late(user, moment) if late.pk == site.pk]
