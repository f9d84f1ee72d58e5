"""The pages of exchange rates: their list and form, and taking the rate of a day for a programme."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from integration import exchange_taking as taking
from integration.exchange_forms import ExchangeFilters, ExchangeForm, TakeForm, said
from integration.exchange_tables import ExchangeTable
from integration.models import ExchangeRate
from integration.views import programme_of
from office.door import Refused, Replayed, write
from office.entry import EntryPage
from office.forms import fresh_key
from partstrack.pages import ListPage, Page

SHOWN = 100  # components of the preview


class ExchangeList(ListPage):
    """Exchange rates. They belong to no firm."""

    title = _("Exchange rates")
    table_class = ExchangeTable
    filter_class = ExchangeFilters
    template = "integration/exchange.html"

    def rows(self, request):
        """Return all rates: they are public."""
        return ExchangeRate.objects.all()

    def context(self, request):
        """Add who may enter."""
        return {"may_enter": request.user.may("enter")}


class ExchangeEntry(EntryPage):
    """Add a rate, or correct one that no value is frozen at."""

    copies = True
    apart = ("on", "rate")
    history = "exchange"
    form_class = ExchangeForm
    title_new, title_edit = _("New exchange rate"), _("Correct the exchange rate")

    def row(self, request, pk=None):
        """Return the rate of a number, or a new one."""
        return get_object_or_404(ExchangeRate, pk=pk) if pk else ExchangeRate()

    def address(self, row):
        """Lead to the list."""
        return reverse("exchange_list")


class ExchangeTake(Page):
    """Take the rate of a day for a programme: first what would move is shown, then it is done, with a reason."""

    right = "enter"

    def get(self, request, code):
        """Ask for currency, rate and day; with them in the address, show what would move."""
        programme = programme_of(request.user, code)
        return self._show(request, programme, self._form(request, programme, request.GET or None))

    def post(self, request, code):
        """Take it once; 400 without its key."""
        programme = programme_of(request.user, code)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        form, reason = self._form(request, programme, request.POST), request.POST.get("reason", "").strip()
        if not form.is_valid():
            return self._show(request, programme, form)
        if not reason:
            return self._show(request, programme, form, [gettext("Say why: the reason stays in the history.")])
        given = form.cleaned_data
        try:
            with write(request.user, reason, request.POST["key"]) as door:
                found = taking.take(programme, given["rate"], given["on"], request.POST.get("mark", ""))
                door.result = reverse("programme", args=[code])
        except Refused as refusal:
            return self._show(request, programme, form, refusal.reasons, reason)
        except Replayed as sent:
            messages.info(request, gettext("This was already done."))
            return redirect(sent.result)
        count = len(found.components)
        taken = ngettext("%(count)d component took the rate.", "%(count)d components took the rate.", count)
        messages.success(request, taken % {"count": count})
        return redirect(door.result)

    def _form(self, request, programme, data):
        return TakeForm(data, programme=programme, today=request.moment.today)

    def _show(self, request, programme, form, against=(), reason=""):
        context = {
            "programme": programme,
            "form": form,
            "against": against,
            "reason": reason,
            "trail": [
                (programme.name_in(get_language()), reverse("programme", args=[programme.code])),
                (gettext("Take the rate of a day"), ""),
            ],
        }
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            found = taking.plan(programme, given["rate"], given["on"])
            rows = taking.results(programme, found)
            context |= {
                "found": found,
                "own": found.own,
                "rate_said": said(found.rate),
                "results": [(rule, before, after, after - before) for rule, before, after in rows],
                "shown": found.components[:SHOWN],
                "hidden": {
                    "key": fresh_key(),
                    "mark": found.mark,
                    "currency": given["currency"],
                    "rate": given["rate"].pk,
                    "on": given["on"].isoformat(),
                },
            }
        return render(request, "integration/exchange_take.html", context)
