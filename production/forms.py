"""What is entered by hand: a nil declaration, a decision."""

from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.desk import COMPLETE, REPLACE
from partstrack.periods import from_iso, to_iso
from suppliers.models import Site


class MonthForm(forms.Form):
    """Which site's month is typed."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), to_field_name="code")
    month = forms.CharField(
        label=_("Month"), widget=forms.DateInput(attrs={"type": "month"}), help_text=_("Like 2026-08.")
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["site"].queryset = Site.objects.visible_to(user).living().order_by("name", "pk")
        self.fields["site"].label_from_instance = lambda site: site.name_in(get_language())
        self.fields["month"].widget.attrs["max"] = to_iso(today)

    def clean_month(self):
        """Return the month as a date; it must have begun."""
        return begun(self.cleaned_data["month"], self.today)


def begun(text, today):
    """Return the month that "YYYY-MM" says; a ValidationError when it says none or one that has not begun."""
    try:
        month = from_iso(text)
    except ValueError:
        raise forms.ValidationError(_("Write the month like 2026-08.")) from None
    if month > today:
        raise forms.ValidationError(_("This month has not begun."))
    return month


class GridForm(forms.Form):
    """What the month grid asks beside its cells. `at`: the data version at which its cells were filled."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    paste = forms.CharField(
        label=_("Paste from Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "spellcheck": "false"}),
        help_text=_(
            "Copy the rows in your spreadsheet, with or without their headings, and paste them here. Without headings the first column is the reference, the others are those of the grid in their order."
        ),
    )
    others = forms.ChoiceField(
        label=_("References that were not pasted"),
        required=False,
        choices=[("", "–"), (COMPLETE, _("They keep their values")), (REPLACE, _("Their values are erased"))],
    )
    add = forms.CharField(label=_("Add a reference"), required=False, max_length=80)
    erase = forms.BooleanField(label=_("Erase the emptied values"), required=False)
    create = forms.BooleanField(label=_("Create the references that are not known yet"), required=False)
    decimal = forms.ChoiceField(
        label=_("Decimal mark"),
        required=False,
        choices=[
            ("", "–"),
            ("comma", _("Comma: 2,875 is less than three")),
            ("dot", _("Point: 2.875 is less than three")),
        ],
        help_text=_("Asked once: a number here can be read in two ways."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=400,
        help_text=_("Needed when the month is closed; good to give when values change."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("key", uuid4().hex)
        if not user.may("enter"):
            del self.fields["create"]

    def proven(self):
        """Say whether the sending carries its key and the data version at which the cells were filled."""
        return bool(self.data.get("key")) and str(self.data.get("at", "")).isdecimal()

    def without_taken(self):
        """Return the form as it is once what was pasted and added stands in the cells."""
        data = self.data.copy()
        if data.get("others") == REPLACE:
            data["erase"] = "on"
        data["paste"] = data["add"] = data["others"] = ""
        return GridForm(data, user=self.user)

    def options(self, site, month):
        """Return what the desk is told of a typed month."""
        data = self.cleaned_data
        return {
            "supplier": site.firm.code,
            "site": site.code,
            "month": to_iso(month),
            "mode": COMPLETE,
            "grid": str(data["at"]),
            **{name: data.get(name) or "" for name in ("create", "decimal", "reason", "erase")},
        }


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
