"""The forms of exports: an agreement, its parties, its commitments, its shipments."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from exports.models import Agreement, AgreementParty, Commitment, Shipment
from office.forms import WriteForm
from partstrack.periods import parse_month
from places.models import Country


class MonthInput(forms.TextInput):
    """A month in the browser's own calendar."""

    input_type = "month"

    def format_value(self, value):
        """Show a date as YYYY-MM."""
        return f"{value:%Y-%m}" if hasattr(value, "year") else value


class MonthField(forms.Field):
    """A month as people write it: 2026-07, 07/2026, juillet 2026. Gives the first of the month."""

    widget = MonthInput

    def to_python(self, value):
        """Return the first day of the month that is said. ValidationError: no month can be read."""
        if value in self.empty_values:
            return None
        month = parse_month(value)
        if month is None:
            raise forms.ValidationError(_("Write a month as 2026-07."), code="invalid")
        return month


class AgreementForm(WriteForm):
    """An export agreement."""

    class Meta:
        model = Agreement
        fields = [
            "code",
            "title",
            "kind",
            "state",
            "signed_on",
            "place",
            "valid_from",
            "valid_to",
            "currency",
            "incoterm",
            "incoterm_place",
            "countries",
            "families",
            "aim",
            "source",
        ]

    def narrow(self, user):
        """Order countries by name."""
        self.fields["countries"].queryset = Country.objects.by_name(get_language())
        for name in ("countries", "families"):
            self.fields[name].widget.attrs["size"] = 8


class PartyForm(WriteForm):
    """A party of an agreement."""

    fixed = ("agreement",)

    class Meta:
        model = AgreementParty
        fields = ["firm", "role"]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()


class CommitmentForm(WriteForm):
    """A quantity over whole months."""

    fixed = ("agreement",)
    first = MonthField(label=_("From month"))
    last = MonthField(label=_("To month"), help_text=_("The last month is included."))

    class Meta:
        model = Commitment
        fields = ["first", "last", "quantity", "unit", "family"]


class ShipmentForm(WriteForm):
    """A line of an invoice that left."""

    fixed = ("agreement",)

    class Meta:
        model = Shipment
        fields = [
            "day",
            "invoice",
            "country",
            "quantity",
            "unit",
            "hs",
            "family",
            "value",
            "currency",
            "incoterm",
        ]

    def narrow(self, user):
        """Show customs codes as codes, countries by name; take currency and Incoterm from the agreement."""
        self.fields["hs"].label_from_instance = str
        self.fields["country"].queryset = Country.objects.by_name(get_language())
        if not self.instance.pk:
            self.initial["currency"] = self.instance.agreement.currency
            self.initial["incoterm"] = self.instance.agreement.incoterm
