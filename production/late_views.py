"""Who is late: the list, and the reminder of a site, in its supplier's language."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.door import Refused, Replayed, write
from partstrack.pages import Page, arrange, as_file
from production import calendar, periods, reminding
from production.forms import LateForm, ReminderForm
from production.models import Reminder
from production.tables import LateTable
from suppliers.models import Site


class LateList(Page):
    """Missing declarations past their due day, the oldest first, with the last reminder; the same as a file."""

    right = "see_all"

    def get(self, request):
        """Show the list, or give it as csv or xlsx."""
        form = LateForm(request.GET)
        form.is_valid()
        table = arrange(request, LateTable(_rows(request, form), request=request))
        if file := as_file(request, table, _("Who is late"), form.chips()):
            return file
        context = {
            "filter": {"form": form},
            "chips": form.chips(),
            "table": table,
            "title": _("Who is late"),
            "downloads": request.user.may("download"),
            "look_back": periods.LOOK_BACK,
        }
        return render(request, "production/late_list.html", context)


def _rows(request, form):
    today, dates = request.moment.today, calendar.read(request.moment)
    missing = [pair for pair in periods.late(request.user, request.moment) if form.asks_for(pair[0])]
    reminders = reminding.last_reminders([(site.pk, month) for site, month in missing])
    late_by = {month: dates.working_days_late(month, today) for month in {month for _site, month in missing}}
    rows = []
    for site, month in missing:
        reminder = reminders.get((site.pk, month))
        rows.append(
            {
                "code": site.code,
                "site": site.name_in(get_language()),
                "month": month,
                "due": dates.due_day(month),
                "days": late_by[month],
                "reminded": reminder.sent_on if reminder else None,
                "channel": reminder.get_channel_display() if reminder else None,
            }
        )
    return rows


class ReminderPage(Page):
    """A reminder of every late month of a site, ready to copy or to mail; sent ones are noted here."""

    right = "enter"

    def get(self, request, site):
        """Show the words and the form."""
        site = _site(request, site)
        late = reminding.missing_months(request.user, request.moment, site)
        return self._show(request, site, late, ReminderForm(today=request.moment.today, months=late))

    def post(self, request, site):
        """Note what was sent; 400 without the key of the form."""
        site = _site(request, site)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        late = reminding.missing_months(request.user, request.moment, site)
        form = ReminderForm(request.POST, today=request.moment.today, months=late)
        if not form.is_valid():
            return self._show(request, site, late, form)
        data = form.cleaned_data
        try:
            with write(request.user, data["note"], data["key"]) as door:
                words = (data["sent_on"], data["channel"], data["note"])
                reminding.log(door, request.user, site, data["months"], *words)
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.reasons))
            return self._show(request, site, late, form)
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            messages.success(request, _("The reminder is noted."))
        return redirect("reminder", site.code)

    def _show(self, request, site, late, form):
        subject, body = reminding.text(site, late, calendar.read(request.moment), request.user) if late else ("", "")
        supplier = site.firm.supplier
        context = {
            "site": site,
            "supplier": supplier,
            "late": late,
            "subject": subject,
            "body": body,
            "rows": body.count("\n") + 2,
            "mailto": reminding.mailto(supplier.email, subject, body) if late else "",
            "form": form,
            "reminders": Reminder.objects.filter(site=site).select_related("author")[:20],
            "trail": [(site.name_in(get_language()), "")],
        }
        return render(request, "production/reminder.html", context)


def _site(request, code):
    rows = Site.objects.visible_to(request.user).select_related("firm__supplier")
    return get_object_or_404(rows, code=code, firm__supplier__isnull=False)
