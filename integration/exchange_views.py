"""The pages of exchange rates: their list and form, and taking the rate of a day for a programme."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integration.exchange_forms import ExchangeFilters, ExchangeForm
from integration.exchange_tables import ExchangeTable
from integration.models import ExchangeRate
from office.entry import EntryPage
from partstrack.pages import ListPage


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
