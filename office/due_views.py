"""The dates that come, and how somebody wants to hear of them."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from office import due_calendar, reminding
from office.door import Replayed, write
from office.due_forms import CalendarForm, ChoicesForm, KindForm
from office.due_tables import CalendarTable, DueTable
from office.models import ReminderMail
from partstrack.pages import Page, arrange, as_file
from partstrack.periods import month_of

MAILS = 10


class DueList(Page):
    """Every date of the next ninety days that this person may see, and of the last thirty; the same as a file."""

    def get(self, request):
        """Show the list, or give it as csv or xlsx."""
        form = KindForm(request.GET, kinds=reminding.kinds(request.user))
        form.is_valid()
        items = reminding.coming(request.user, request.moment.today, form.asked())
        table = arrange(
            request, DueTable([_row(each) for each in items if form.asks_for(each.due.title)], request=request)
        )
        if file := as_file(request, table, _("Dates to come"), form.chips()):
            return file
        context = {
            "filter": {"form": form},
            "chips": form.chips(),
            "table": table,
            "title": _("Dates to come"),
            "downloads": request.user.may("download"),
        }
        return render(request, "office/due_list.html", context)


class DueCalendar(Page):
    """Every date of the next year that this person may see, counted by month and by the days left; the same as a file."""

    title = _lazy("Calendar of dates that end or fall due")

    def kinds(self, user):
        """Return the kinds of dates of this calendar."""
        return reminding.kinds(user)

    def get(self, request):
        """Show the counts and the list, or give the list as csv or xlsx."""
        today, kinds = request.moment.today, self.kinds(request.user)
        form = CalendarForm(request.GET, kinds=kinds, months=due_calendar.months(today))
        form.is_valid()
        found = due_calendar.dates(request.user, today, form.asked() or {kind.name for kind in kinds})
        found = [each for each in found if form.asks_for(each.due.title)]
        month, band = form.cleaned_data.get("month"), form.cleaned_data.get("band")
        shown = due_calendar.chosen(found, month, band)
        table = arrange(request, CalendarTable([_row(each) for each in shown], request=request))
        if file := as_file(request, table, self.title, form.chips()):
            return file
        context = {
            "by_month": due_calendar.by_month(due_calendar.chosen(found, "", band), today, form),
            "by_band": due_calendar.by_band(due_calendar.chosen(found, month, ""), form),
            "filter": {"form": form},
            "chips": form.chips(),
            "table": table,
            "title": self.title,
            "downloads": request.user.may("download"),
        }
        return render(request, "office/due_calendar.html", context)


def _row(each):
    return {
        "month": month_of(each.due.day),
        "day": each.due.day,
        "left": each.left,
        "kind": str(each.kind.title),
        "title": each.due.title,
        "url": each.due.url,
    }


class ReminderChoices(Page):
    """How one wants to hear of each kind of date, and what was sent."""

    def get(self, request):
        """Show the choices."""
        return self._show(request, ChoicesForm(user=request.user))

    def post(self, request):
        """Keep them; 400 without the key of the form."""
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        form = ChoicesForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._show(request, form)
        chosen = form.cleaned_data
        key, language = chosen.pop("key"), chosen.pop("language")
        try:
            with write(request.user, _("Reminders chosen"), key):
                reminding.choose(request.user, chosen, language)
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            messages.success(request, _("Your choices are kept."))
        return redirect("reminder_choices")

    def _show(self, request, form):
        context = {
            "form": form,
            "sent": ReminderMail.objects.visible_to(request.user)[:MAILS],
            "trail": [(_("My account"), reverse("me")), (pgettext("dates", "Reminders"), "")],
        }
        return render(request, "office/reminder_choices.html", context)
