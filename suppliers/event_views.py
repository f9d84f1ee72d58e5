"""The pages of events: who was invited and came, what was signed there, what was decided; and a record of each partner."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.asking import ask
from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers.agreement_filters import EventFilters
from suppliers.agreement_forms import AttendanceForm, CommitmentForm, EventForm
from suppliers.agreement_tables import EventTable
from suppliers.agreement_views import agreements_of
from suppliers.firm_views import identity
from suppliers.models import Agreement, Attendance, Commitment, Event, Site, Supplier
from suppliers.models.commitments import counted


def event_of(user, code):
    """Return the event of a code, or Http404 when there is none or they were not invited."""
    return get_object_or_404(Event.objects.visible_to(user), code=code)


class EventList(ListPage):
    """Conventions, trade shows and visits."""

    title = _("Events")
    table_class = EventTable
    filter_class = EventFilters
    template = "suppliers/events.html"

    def rows(self, request):
        """Return the events with how many were invited and came, and how much was signed, as far as this person may see."""
        seen = Attendance.objects.visible_to(request.user)
        return Event.objects.visible_to(request.user).annotate(
            invited_count=counted(seen, "event"),
            attended_count=counted(seen, "event", state=Attendance.State.ATTENDED),
            signed_count=counted(Agreement.objects.visible_to(request.user), "event"),
        )

    def context(self, request):
        """Say who may enter one."""
        return {"may_enter": request.user.may("enter")}


class EventPage(Page):
    """One event: invitations and attendance, what was signed there, actions."""

    def get(self, request, code):
        """Show the event, or 404 when it is not theirs."""
        event = event_of(request.user, code)
        attendances = event.attendances.visible_to(request.user).select_related("firm")
        came = attendances.aggregate(all=Count("pk"), came=Count("pk", filter=Q(state=Attendance.State.ATTENDED)))
        actions = list(event.actions.visible_to(request.user).select_related("owner"))
        today = request.moment.today
        context = {
            "event": event,
            "attendances": attendances,
            "invited": came["all"],
            "attended": came["came"],
            "agreements": event.agreements.visible_to(request.user).prefetch_related("parties__firm"),
            "actions": actions,
            "late": {each.pk for each in actions if each.state == "open" and each.due_on and each.due_on < today},
            "may_enter": request.user.may("enter"),
            "house": request.user.may("see_all"),
            "trail": [(event.title, "")],
        }
        return render(request, "suppliers/event.html", context)


class EventRecord(Page):
    """One page on an invited partner, to be printed for the meeting."""

    def get(self, request, code, firm):
        """Show the record, or 404 when the firm was not invited or is not theirs."""
        event = event_of(request.user, code)
        firm = get_object_or_404(Firm.objects.visible_to(request.user), code=firm)
        if not event.attendances.filter(firm=firm).exists():
            raise Http404
        supplier = Supplier.objects.filter(firm=firm).first()
        last_year = request.moment.today.year - 1
        context = {
            "event": event,
            "firm": firm,
            "supplier": supplier,
            "identity": identity(request, firm),
            "agreed": agreements_of(request.user, firm, request.moment.today),
            "sites": Site.objects.visible_to(request.user).living().filter(firm=firm),
            "years": self._years(request, firm, last_year) if supplier else [],
            "trail": [(event.title, reverse("event", args=[event.code])), (firm.name_in(get_language()), "")],
        }
        return render(request, "suppliers/record.html", context)

    def _years(self, request, firm, year):
        """Return [(year, title, answer)]: produced and sold of the last complete year and of this one."""
        return [
            (each, figure.title, figure.compute(ask(request.user, request.moment, {"year": str(each)}, {"supplier": firm.code})))
            for each in (year, year + 1)
            for figure in map(registry.figure, ("produced", "sold"))
        ]  # fmt: skip


class EventEntry(EntryPage):
    """Add or change an event."""

    copies = True
    form_class = EventForm
    title_new, title_edit = _("New event"), _("Change the event")

    def row(self, request, code=None):
        """Return the event of a code, or a new one."""
        return event_of(request.user, code) if code else Event()

    def address(self, row):
        """Lead to the event."""
        return reverse("event", args=[row.code])

    def back(self, row):
        """Lead back to the event, or to the list."""
        return self.address(row) if row.pk else reverse("event_list")

    def above(self, row):
        """Lead back to the event."""
        return [(row.title, self.address(row))] if row.pk else []


class OfEvent(EntryPage):
    """Add or change a row of one event."""

    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the event."""
        event = event_of(request.user, code)
        return get_object_or_404(self.model, pk=pk, event=event) if pk else self.model(event=event)

    def address(self, row):
        """Lead to the event."""
        return reverse("event", args=[row.event.code])

    def above(self, row):
        """Lead back to the event."""
        return [(row.event.title, self.address(row))]


class AttendanceEntry(OfEvent):
    """Invite a firm, or say what it answered and whether it came."""

    adds = {"firm": "firm_new"}
    model, form_class = Attendance, AttendanceForm
    title_new, title_edit = _("New invitation"), _("Change the invitation")


class ActionEntry(OfEvent):
    """Add or change an action that was decided."""

    model, form_class = Commitment, CommitmentForm
    title_new, title_edit = _("New action"), _("Change the action")
