"""What is entered by hand: a nil declaration, a decision."""

from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.question import situation_field
from partstrack.periods import from_iso
from suppliers.models import Site


class NilForm(forms.Form):
    """A site made nothing in a month."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), to_field_name="code")
    month = forms.CharField(
        label=_("Month"), widget=forms.DateInput(attrs={"type": "month"}), help_text=_("Like 2026-08.")
    )
    received_on = forms.DateField(
        label=_("Received on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day the supplier said so, when it was not today."),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=400, help_text=_("Needed when the month was declared before.")
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("key", uuid4().hex)
        self.fields["site"].queryset = Site.objects.visible_to(user).filter(archived_at=None).order_by("name", "pk")
        self.fields["site"].label_from_instance = lambda site: site.name_in(get_language())

    def clean_month(self):
        """Return the month as a date; it must have begun."""
        try:
            month = from_iso(self.cleaned_data["month"])
        except ValueError:
            raise forms.ValidationError(_("Write the month like 2026-08.")) from None
        if month > self.today:
            raise forms.ValidationError(_("This month has not begun."))
        return month

    def clean_received_on(self):
        """Nothing is received in the future."""
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class SinceForm(forms.Form):
    """Which two situations are compared, and the year that is counted; empty: the last report, and now."""

    def __init__(self, question, since):
        super().__init__(initial={"since": since, "as-of": question.words["as-of"], "year": question.words["year"]})
        self.fields["since"] = situation_field(_("Known on"), since)
        self.fields["as-of"] = situation_field(_("Compared with what is known on"), question.words["as-of"])
        self.fields["year"] = forms.CharField(
            label=_("Year"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"})
        )
