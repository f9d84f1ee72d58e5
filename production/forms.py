"""What is entered by hand: a nil declaration, who is expected, a reminder, due days and holidays."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.desk import COMPLETE, REPLACE
from intake.models import Channel
from office.forms import Day, WriteForm, fresh_key
from partstrack.filters import Month
from partstrack.periods import parse_month, to_iso
from production.models import DueRule, Holiday, Reminder
from suppliers.models import Site


class MonthField(forms.CharField):
    """A month as people write it or chosen in the browser's own calendar; its value is the first of the month."""

    def __init__(self, **options):
        super().__init__(widget=Month(), **options)

    def clean(self, value):
        """Return the month, None when nothing was written."""
        text = super().clean(value)
        month = parse_month(text)
        if text and month is None:
            raise forms.ValidationError(_("Write the month like 2026-08."))
        return month

    def prepare_value(self, value):
        """Show a month as it is written."""
        return to_iso(value) if hasattr(value, "year") else value


def offer_sites(field, user):
    """Let a person choose among the sites they may see, by name in their script."""
    field.queryset = Site.objects.visible_to(user).living().order_by("name", "pk")
    field.label_from_instance = lambda site: site.name_in(get_language())
    field.empty_label = _("Choose a site")


class AsOf(forms.Form):
    """The day whose knowledge is asked."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields["as-of"] = forms.DateField(label=_("As known on"), required=False, widget=Day())


class MonthForm(forms.Form):
    """Which site's month is typed."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), to_field_name="code")
    month = MonthField(label=_("Month"), help_text=_("Like 2026-08."))

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        offer_sites(self.fields["site"], user)
        self.fields["month"].widget.attrs["max"] = to_iso(today)

    def clean_month(self):
        """Return the month; it must have begun."""
        return begun(self.cleaned_data["month"], self.today)


def begun(month, today):
    """Return a month; a ValidationError when it has not begun."""
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
        self.initial.setdefault("key", fresh_key())
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
    """A site made nothing in a month: how and when we were told, and the paper that proves it."""

    OWN = ("received_on", "channel", "sender")  # a supplier who declares itself does so today, here

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), to_field_name="code")
    month = MonthField(label=_("Month"), help_text=_("Like 2026-08."))
    received_on = forms.DateField(
        label=_("Received on"),
        required=False,
        widget=Day(),
        help_text=_("The day the supplier said so, when it was not today. Whether it is on time is told by this day."),
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("Not said")), *Channel.choices])
    sender = forms.CharField(label=_("Sent by"), required=False, max_length=160)
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("A scan or the message itself; kept and shown with the declaration."),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=400, help_text=_("Needed when the month was declared before.")
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("key", fresh_key())
        if not user.may("enter"):
            for name in self.OWN:
                del self.fields[name]
        offer_sites(self.fields["site"], user)

    def clean_month(self):
        """Return the month; it must have begun."""
        return begun(self.cleaned_data["month"], self.today)

    def clean_received_on(self):
        """Nothing is received in the future."""
        day = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def how(self):
        """Return how we were told, as the declaration keeps it; a supplier's own entry says so itself."""
        if "channel" not in self.fields:
            return {"channel": Channel.ENTRY}
        return {name: self.cleaned_data[name] for name in ("channel", "sender")}


class ExpectForm(forms.Form):
    """What is expected of a site: `version` is that of the last change the person saw."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"key": fresh_key(), "version": version} | self.initial

    def proven(self):
        """Say whether the sending carries its key and the version that was read."""
        return bool(self.data.get("key")) and str(self.data.get("version", "")).isdigit()


class ConfirmForm(ExpectForm):
    """The site declares from a month on."""

    first = MonthField(
        label=_("First month"),
        help_text=_(
            "It declares from this month on, until somebody says otherwise. What was recorded of later months is replaced; what was declared of earlier months stays on its page, outside the perimeter."
        ),
    )


class LeaveForm(ExpectForm):
    """The site declares no more after a month."""

    last = MonthField(label=_("Last month"), help_text=_("The last month that it still declares."))
    reason = forms.CharField(label=_("Reason"), max_length=400)


class PauseForm(ExpectForm):
    """The site does not declare for some months."""

    first = MonthField(label=_("First month of the pause"))
    last = MonthField(label=_("Last month of the pause"), help_text=_("It is expected again from the next month on."))
    reason = forms.CharField(label=_("Reason"), max_length=400)

    def clean(self):
        """The months come in order."""
        given = super().clean()
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", _("The last month cannot come before the first."))
        return given


class ReminderForm(forms.Form):
    """A reminder that was sent: when, how, and what came of it. `months`: those that the page showed as late."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    months = forms.CharField(widget=forms.HiddenInput, max_length=400)
    sent_on = forms.DateField(label=_("Sent on"), widget=Day())
    channel = forms.ChoiceField(label=_("Channel"), choices=Reminder._meta.get_field("channel").choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=400, help_text=_("What was answered, by whom."))

    def __init__(self, *args, today, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.late = today, months
        said = ",".join(map(to_iso, months))
        self.initial = {"key": fresh_key(), "sent_on": today, "channel": Channel.EMAIL, "months": said} | self.initial

    def clean_months(self):
        """Return those of the months shown that are still late."""
        said = set(self.cleaned_data["months"].split(","))
        return [month for month in self.late if to_iso(month) in said]

    def clean_sent_on(self):
        """Nothing was sent in the future, nor before the month that is asked for had begun."""
        day = self.cleaned_data["sent_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if self.late and day <= max(self.late):
            raise forms.ValidationError(_("A month is reminded of after it has begun."))
        return day


class LateForm(forms.Form):
    """Which of the late sites are shown."""

    q = forms.CharField(label=_("Site or supplier"), required=False, max_length=100)

    def asks_for(self, site):
        """Say whether a site's or its supplier's name or code has the letters that are asked for."""
        names = (site.code, site.name, site.name_ar, site.firm.code, site.firm.name, site.firm.name_ar)
        return self.cleaned_data.get("q", "").casefold() in " ".join(names).casefold()

    def chips(self):
        """Return (label, value, address without it) of what is asked."""
        said = self.cleaned_data.get("q")
        return [(str(self.fields["q"].label), said, "?")] if said else []


class DueRuleForm(WriteForm):
    """From a month on, on which day months are due."""

    from_month = MonthField(label=_("From the month"), help_text=_("Earlier months keep the rule before."))

    class Meta:
        model = DueRule
        fields = ["from_month", "day", "shift"]


class HolidayForm(WriteForm):
    """A day on which nobody works, with its name in three languages."""

    class Meta:
        model = Holiday
        fields = ["day", "name_fr", "name_ar", "name_en", "moon"]
