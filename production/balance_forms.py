"""Which differences of the balance are shown, and what is said of one."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, Role, User
from office.forms import WriteForm
from partstrack.periods import month_name
from production.forms import MonthField
from production.models import BalanceNote


class GapForm(forms.Form):
    """Which differences of the balance are shown."""

    q = forms.CharField(label=_("Reference or site"), required=False, max_length=100)
    month = MonthField(label=_("Month"), required=False)
    supplier = forms.ModelChoiceField(
        Firm.objects.none(), label=_("Supplier"), required=False, to_field_name="code", empty_label=_("All suppliers")
    )
    open = forms.BooleanField(label=_("Without comment only"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        firms = Firm.objects.visible_to(user).filter(sites__isnull=False).distinct()
        self.fields["supplier"].queryset = firms.order_by("name", "pk")
        self.fields["supplier"].label_from_instance = lambda firm: firm.name_in(get_language())

    def said(self, usual):
        """Return {q, month, supplier, open}; the usual month when neither a month nor a supplier is asked."""
        self.is_valid()
        data = {name: self.cleaned_data.get(name) for name in self.fields}
        if not data["month"] and not data["supplier"]:
            data["month"] = usual
        return data

    def chips(self, said):
        """Return (label, value in words, address without it) of what is asked."""
        words = {
            "q": said["q"],
            "month": said["month"] and month_name(said["month"], get_language()),
            "supplier": said["supplier"] and said["supplier"].name_in(get_language()),
            "open": gettext("yes") if said["open"] else None,
        }
        return [
            (str(self.fields[name].label), value, self._without(name) if self.data.get(name) else "")
            for name, value in words.items()
            if value
        ]

    def _without(self, name):
        kept = {key: value for key, value in self.data.items() if key in self.fields and key != name and value}
        return f"?{urlencode(kept)}"


class BalanceNoteForm(WriteForm):
    """Who looks after a difference, and why it is there."""

    class Meta:
        model = BalanceNote
        fields = ("owner", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"comment": _("Holds while the difference stays the same. A month closes once each has one.")}

    fixed = ("head", "part", "brand", "kind", "difference")

    def __init__(self, *args, at, **kwargs):
        self.at = at
        super().__init__(*args, **kwargs)
        self.fields.pop("reason", None)  # the comment is the reason
        self.initial["owner"] = self.instance.owner_id or self.user.pk

    def narrow(self, user):
        """Offer those who enter, and those who declare for the firm."""
        enters = Q(roles__overlap=[Role.ADMIN, Role.MANAGER])
        people = User.objects.filter(enters | Q(memberships__firm=self.instance.head.site.firm), is_active=True)
        self.fields["owner"].queryset = people.distinct().order_by("name", "email", "pk")
        self.fields["owner"].label_from_instance = str

    def proven(self):
        """A fresh row that somebody else wrote meanwhile is a conflict that shows both, not a wrong call."""
        return bool(self.data.get("key"))

    def clean_version(self):
        """Without the version that was read, nothing that is saved may be overwritten."""
        return self.cleaned_data["version"] or 0

    def save_row(self):
        """Write the note as said by this person at this instant."""
        self.instance.by, self.instance.at = self.user, self.at
        return super().save_row()
