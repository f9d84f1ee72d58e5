"""The forms of exchange rates: a rate, and taking the rate of a day for a programme."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.models import MONEY, Component, ContentInput, ExchangeRate
from office.forms import Day, WriteForm
from partstrack.filters import CHOICES, Filters
from partstrack.numbers import show


class ExchangeForm(WriteForm):
    """A rate of a currency on a day. One that values are frozen at stays as it is: another one is added."""

    class Meta:
        model = ExchangeRate
        fields = ["currency", "on", "rate", "source"]
        help_texts = {
            "currency": _("Three letters, as in EUR."),
            "source": _("Who published it, as in “Bank of Algeria, daily rate”."),
        }

    def clean_currency(self):
        """Write a currency in capitals."""
        return self.cleaned_data["currency"].strip().upper()

    def clean(self):
        """Refuse to change a rate that values are frozen at."""
        given = super().clean() or self.cleaned_data
        if self.instance.pk and {"currency", "on", "rate"} & set(self.changed_data) and (count := uses(self.instance)):
            frozen = _("Frozen in values that name it: %(count)d. They would move. Add another rate instead.")
            raise ValidationError(frozen, params={"count": count})
        return given


def newest(chosen=None, **narrowed):
    """Return the newest rates, as many as a list may offer, and the one that is chosen already."""
    keys = ExchangeRate.objects.filter(**narrowed).values_list("pk", flat=True)[:CHOICES]
    return ExchangeRate.objects.filter(pk__in=[*keys, chosen])


def said(rate):
    """Say a rate with its day and source, in the reader's language."""
    return f"1 {rate.currency} = {show(rate.rate.normalize(), get_language())} DZD, {rate.on:%d/%m/%Y}, {rate.source}"


def uses(rate):
    """Return how many values are frozen at a rate."""
    return sum(model.objects.filter(exchange=rate).count() for model in (Component, ContentInput))


class TakeForm(forms.Form):
    """Take the rate of a day: which currency, which of its rates, from which day on."""

    currency = forms.ChoiceField(label=_("Currency"))
    rate = forms.ModelChoiceField(
        label=_("Exchange rate"),
        queryset=ExchangeRate.objects.none(),
        required=False,
        empty_label=_("The newest up to that day"),
    )
    on = forms.DateField(label=_("From the day on"), widget=Day())

    def __init__(self, *args, programme, today, **kwargs):
        super().__init__(*args, **kwargs)
        used = currencies(programme)
        self.fields["currency"].choices = [(each, each) for each in used]
        self.fields["rate"].queryset = newest(currency__in=used)
        self.fields["rate"].label_from_instance = said
        self.initial |= {"on": today, "currency": next(iter(used), "")}

    def clean(self):
        """Find the rate: the chosen one, else the newest up to the day."""
        given = super().clean()
        currency, day, chosen = given.get("currency"), given.get("on"), given.get("rate")
        if not currency or not day:
            return given
        if chosen is None:
            given["rate"] = chosen = ExchangeRate.objects.latest_on(currency, day)
        if chosen is None:
            none = _("No rate of %(currency)s is entered up to that day: add it first.")
            self.add_error("rate", ValidationError(none, params={"currency": currency}))
        elif chosen.currency != currency:
            self.add_error("rate", _("This rate is of another currency."))
        return given


def currencies(programme):
    """Return the currencies of a programme's components and of the purchases inside them, in order."""
    own = Component.objects.filter(programme=programme).exclude(currency=MONEY).values_list("currency", flat=True)
    contents = Component.objects.filter(programme=programme).exclude(content=None).values("content")
    inside = (
        ContentInput.objects.filter(content__in=contents).exclude(currency=MONEY).values_list("currency", flat=True)
    )
    return sorted({*own, *inside})


class ExchangeFilters(Filters):
    """By currency and day."""

    currency = django_filters.CharFilter(label=_("Currency"), field_name="currency", lookup_expr="iexact")
    until = django_filters.DateFilter(label=_("Up to the day"), field_name="on", lookup_expr="lte", widget=Day())
