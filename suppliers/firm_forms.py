"""The forms of a firm: the firm itself, its roles, registered office, legal numbers, contacts; and a supplier's status."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.forms import WriteForm
from partstrack.folding import latin_digits
from places.names import coded
from suppliers import other_names
from suppliers.forms import CODE_HELP
from suppliers.models import Contact, FirmRole, LegalNumber, Registration, Supplier
from suppliers.other_names import OtherNames


class FirmForm(WriteForm):
    """An organisation that is no supplier: a brand owner, a vehicle maker, an authority. A new one with its first role."""

    role = forms.ChoiceField(label=_("Role"), choices=FirmRole.Role.choices)
    aliases = OtherNames()

    class Meta:
        model = Firm
        fields = ["code", "name", "name_ar", "parent"]
        help_texts = {"code": CODE_HELP, "parent": _("The group it belongs to.")}

    def narrow(self, user):
        """A firm that exists keeps its code; its roles have their own page."""
        self.fields["parent"].queryset = Firm.objects.visible_to(user).living().exclude(pk=self.instance.pk)
        self.initial["aliases"] = other_names.names_of(self.instance)
        if self.instance.pk:
            self.fields["code"].disabled = True
            del self.fields["role"]

    def clean_code(self):
        """Refuse a code that another firm has, whatever its case."""
        code = super().clean_code()
        if taken := Firm.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).first():
            said = {"name": taken.name_in(get_language())}
            raise ValidationError(_("%(name)s has this code."), params=said)
        return code

    def clean_parent(self):
        """Refuse a parent that is the firm's own child, however far down."""
        parent = self.cleaned_data["parent"]
        if self.instance.pk and parent and parent.belongs_to(self.instance):
            raise ValidationError(_("%(name)s belongs to this firm already."), params={"name": parent})
        return parent

    def clean_aliases(self):
        """Return the other names, one per line, each once; none may stand for another firm too."""
        return other_names.checked(self.cleaned_data["aliases"], self.instance)

    def save_row(self):
        """Write the firm with its other names, a new one with its role."""
        row = super().save_row()
        other_names.keep(row, self.cleaned_data["aliases"].splitlines())
        if role := self.cleaned_data.get("role"):
            FirmRole.objects.create(firm=row, role=role)
        return row


class RoleForm(WriteForm):
    """A role of a firm, and since when."""

    fixed = ("firm",)

    class Meta:
        model = FirmRole
        fields = ["role", "since", "until"]
        help_texts = {
            "since": _("Leave empty when it always was."),
            "until": _("The first day on which it is not any more."),
        }


class RegistrationForm(WriteForm):
    """The registered office of a firm."""

    fixed = ("firm",)

    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")

    class Meta:
        model = Registration
        fields = ["legal_form", "wilaya", "commune", "address", "website"]
        help_texts = {
            "legal_form": _("SARL, SPA, EURL, SNC…"),
            "wilaya": _(
                "Half-yearly returns go to the directorate of industry of this wilaya, wherever the plants are."
            ),
        }

    def narrow(self, user):
        """Show wilayas with their codes."""
        self.fields["wilaya"].label_from_instance = coded
        self.fields["wilaya"].empty_label = _("To be completed")


class NumberForm(WriteForm):
    """A legal number: spaces and dots are taken out, letters made capital."""

    fixed = ("firm",)

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("RC: 16/00-0012345B09. NIF and NIS: 15 digits. Spaces do not matter."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    class Meta:
        model = LegalNumber
        fields = ["kind", "number"]

    def clean_number(self):
        """Return the number as it is kept. A trade register is also written with spaces: 16/00 - 0012345 B 09."""
        number = re.sub(r"[\s.\u00a0\u202f]", "", latin_digits(self.cleaned_data["number"])).upper()
        written = re.fullmatch(r"(\d{2})/?(\d{2})-?(\d{7})/?([A-Z])/?(\d{2})", number)
        return "{}/{}-{}{}{}".format(*written.groups()) if written else number[:24]


class ContactForm(WriteForm):
    """A person of a firm."""

    fixed = ("firm",)

    class Meta:
        model = Contact
        fields = ["name", "function", "email", "phone", "left_on"]
        help_texts = {"left_on": _("From this day on the person is not shown any more.")}

    def clean_phone(self):
        """Return the number in Latin digits."""
        return latin_digits(self.cleaned_data["phone"])


class StatusForm(WriteForm):
    """A supplier's status from a day on, and why."""

    since = forms.DateField(label=_("Since"), help_text=_("The day on which it changed: today or earlier."))

    class Meta:
        model = Supplier
        fields = ["status"]

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def narrow(self, user):
        """Begin with today; a status never changes without a reason."""
        self.initial.setdefault("since", self.today)
        self.fields["reason"].required = True

    def clean_since(self):
        """Refuse a day to come, and one that does not come after the last change."""
        since = self.cleaned_data["since"]
        if since > self.today:
            raise ValidationError(_("This day is still to come."))
        last = self.instance.statuses.exclude(since=None).order_by("-since").first()
        if last and since <= last.since:
            said = {"day": f"{last.since:%d/%m/%Y}"}
            raise ValidationError(_("Its status changed on %(day)s: give a later day."), params=said)
        return since

    def clean_status(self):
        """Refuse the status that it has."""
        status = self.cleaned_data["status"]
        if status == self.initial.get("status"):
            raise ValidationError(_("It has this status already."))
        return status
