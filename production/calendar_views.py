"""The calendar: rules of due days and holidays, shown to all, changed by admins and managers."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from office.entry import EntryPage
from partstrack.pages import Page
from partstrack.periods import month_of, month_range, shift
from production import calendar
from production.forms import DueRuleForm, HolidayForm
from production.models import DueRule, Holiday, Season


class CalendarPage(Page):
    """When the months of a year are due, by which rule, and on which days nobody works."""

    def get(self, request):
        """Show a year; this one when none is asked."""
        said, today = request.GET.get("year", ""), request.moment.today
        year = int(said) if said.isdigit() and 2000 <= int(said) <= 2100 else today.year
        dates, january = calendar.read(request.moment), month_of(today).replace(year=year, month=1)
        known = sorted({day.year for day in dates.holidays} | {today.year, year})
        context = {
            "year": year,
            "years": [(str(each), f"?year={each}", each == year) for each in known],
            "rules": DueRule.objects.order_by("from_month"),
            "holidays": Holiday.objects.filter(day__year=year).order_by("day"),
            "seasons": Season.objects.filter(first__year__lte=year, last__year__gte=year).order_by("first", "pk"),
            "due": [
                (month, dates.due_day(month), dates.working_days(month))
                for month in month_range(january, shift(january, 11))
            ],
            "sees_all": request.user.may("see_all"),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "production/calendar.html", context)


class DueRuleEntry(EntryPage):
    """Add or change a rule of due days."""

    form_class = DueRuleForm
    title_new = gettext_lazy("New rule of due days")
    title_edit = gettext_lazy("Change the rule of due days")

    def row(self, request, number=None):
        """Return the rule, or a new one."""
        return get_object_or_404(DueRule, pk=number) if number else DueRule(day=15)

    def address(self, row):
        """Lead to the calendar."""
        return reverse("calendar")


class HolidayEntry(EntryPage):
    """Add or change a holiday: the moon may move it by a day."""

    form_class = HolidayForm
    title_new = gettext_lazy("New holiday")
    title_edit = gettext_lazy("Change the holiday")

    def row(self, request, number=None):
        """Return the holiday, or a new one."""
        return get_object_or_404(Holiday, pk=number) if number else Holiday()

    def address(self, row):
        """Lead to the calendar of its year."""
        return reverse("calendar") + (f"?year={row.day.year}" if row.day else "")
