"""The forms of what a part is made of, and of what was bought for it."""

from calendar import monthrange

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Part, reference_key
from integration.exchange_forms import newest
from integration.exchange_forms import said as named
from integration.models import MONEY, ContentInput, Evidence, ExchangeRate, PartContent
from office.forms import Day, WriteForm
from partstrack.filters import Filters, MonthFilter
from partstrack.periods import parse_month
from partstrack.searching import containing
from suppliers.models import Site


class MonthDay(Day):
    """A month in the browser's own calendar."""

    input_type = "month"

    def __init__(self, attrs=None):
        forms.DateInput.__init__(self, attrs, format="%Y-%m")


class MonthField(forms.DateField):
    """A month as people write it, or its first or last day; its value is the first of the month."""

    widget = MonthDay

    def to_python(self, value):
        """Return the first of the month."""
        if value in self.empty_values:
            return None
        month = parse_month(value) or parse_month(super().to_python(value))
        if month is None:
            raise ValidationError(_("Write the month like 2026-08."))
        return month


class ContentForm(WriteForm):
    """What a part of a site is made of over a period. A supplier's own people declare; only the house says that it was checked."""

    reference = forms.CharField(label=_("Reference"), max_length=80, widget=forms.TextInput(attrs={"dir": "ltr"}))
    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"), help_text=_("The last month is included."))

    field_order = ["site", "reference"]

    class Meta:
        model = PartContent
        fields = ["site", "first_month", "last_month", "basis", "value", "evidence"]
        help_texts = {"value": _("P: of one piece, ex works, before tax.")}

    def narrow(self, user):
        """Limit sites to those this person may see; only who enters data says how far it was proved."""
        self.fields["site"].queryset = Site.objects.visible_to(user).living().select_related("firm")
        self.fields["site"].label_from_instance = lambda site: f"{site.name_in(get_language())} ({site.code})"
        if self.instance.pk:
            self.initial["reference"] = self.instance.part.reference
        if not user.may("enter"):
            del self.fields["evidence"]
            self.instance.evidence = Evidence.DECLARED

    def clean(self):
        """Find the part: a reference of the site's firm."""
        given = super().clean() or self.cleaned_data
        site, reference = given.get("site"), given.get("reference")
        if site and reference:
            part = Part.objects.filter(firm=site.firm, reference_key=reference_key(reference)).first()
            if part is None:
                said = {"firm": site.firm.name_in(get_language()), "references": reference}
                self.add_error(
                    "reference",
                    ValidationError(_("%(firm)s has no part of this reference: %(references)s."), params=said),
                )
            else:
                self.instance.part = part
        return given

    def _get_validation_exclusions(self):
        """Check that a period is entered once: the part is found by its reference."""
        return super()._get_validation_exclusions() - ({"part"} if self.instance.part_id else set())


class PurchaseForm(WriteForm):
    """What was bought for one piece of a part. A value in another currency without a rate takes the last one up to the period's end."""

    fixed = ("content",)

    class Meta:
        model = ContentInput
        fields = ["kind", "name", "value", "currency", "exchange", "imported_share"]
        help_texts = {
            "value": _("For one piece of the part."),
            "exchange": _("Empty: the last rate of the currency that is entered. It then stays, whatever comes later."),
        }

    def narrow(self, user):
        """Offer the newest rates, and leave the rate to be found where none is chosen; a purchase has a value."""
        self.fields["exchange"].required = False
        self.fields["exchange"].queryset = newest(self.instance.exchange_id)
        self.fields["exchange"].label_from_instance = named
        self.fields["value"].required = True

    def clean_currency(self):
        """Write a currency in capitals."""
        return self.cleaned_data["currency"].strip().upper()

    def clean(self):
        """Find the exchange rate."""
        given = super().clean() or self.cleaned_data
        currency, chosen = given.get("currency"), given.get("exchange")
        if currency == MONEY:
            given["exchange"] = None
        elif currency and chosen is None:
            given["exchange"] = self._found(currency)
        elif currency and chosen.currency != currency:
            self.add_error("exchange", _("This rate is of another currency."))
        return given

    def _found(self, currency):
        end = getattr(self.instance.content, "last_month", None) if self.instance.content_id else None
        days = {"on__lte": end.replace(day=monthrange(end.year, end.month)[1])} if end else {}
        found = ExchangeRate.objects.filter(currency=currency, **days).order_by("-on", "-pk").first()
        if found is None:
            said = _("No rate of %(currency)s is entered: add it first.")
            self.add_error("exchange", ValidationError(said, params={"currency": currency}))
        return found


class PurchaseRowForm(PurchaseForm):
    """A purchase as a file says it: it names the content by site, reference and first month."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none())
    reference = forms.CharField(label=_("Reference"), max_length=80)
    first_month = MonthField(label=_("First month"))

    field_order = ["site", "reference", "first_month"]

    def narrow(self, user):
        """Limit sites to those this person may see; say which content a standing row is of."""
        super().narrow(user)
        self.fields["site"].queryset = Site.objects.visible_to(user).living()
        if self.instance.content_id:
            content = self.instance.content
            named = {"site": content.site_id, "reference": content.part.reference, "first_month": content.first_month}
            self.initial |= named

    def clean(self):
        """Find the content, then what belongs to a purchase."""
        told = self.cleaned_data
        key = reference_key(told.get("reference") or "")
        named = {"site": told.get("site"), "first_month": told.get("first_month"), "part__reference_key": key}
        found = PartContent.objects.filter(**named).first() if all(named.values()) else None
        if found is None:
            self.add_error(
                "reference", _("No content of this part is entered for this site from that month: add it first.")
            )
        else:
            self.instance.content = found
        return super().clean()

    def _get_validation_exclusions(self):
        """Leave out what could not be found."""
        return super()._get_validation_exclusions() | (set() if self.instance.content_id else {"content"})


class ContentFilters(Filters):
    """By words, supplier, site, evidence and month."""

    q = django_filters.CharFilter(label=_("Search"), method="holding")
    supplier = django_filters.CharFilter(label=_("Code of the supplier"), field_name="site__firm__code")
    site = django_filters.CharFilter(label=_("Code of the site"), field_name="site__code")
    month = MonthFilter(label=_("In the month"), method="in_month")
    evidence = django_filters.ChoiceFilter(label=_("Evidence"), choices=Evidence.choices)

    def holding(self, rows, name, value):
        """Keep the contents whose reference or name of a part holds the words."""
        parts = containing(Part.objects.order_by(), value, "reference", "name", "name_ar")
        return rows.filter(part__in=parts.values("pk"))

    def in_month(self, rows, name, value):
        """Keep the contents whose period holds a month."""
        month = parse_month(value)
        return rows.filter(first_month__lte=month, last_month__gte=month) if month else rows.none()
