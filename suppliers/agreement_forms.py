"""The forms of what was agreed: an agreement, its parties, commitments; an event, its invitations and actions."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.clock import moment
from office.forms import WriteForm
from suppliers.forms import not_ahead
from suppliers.models import Agreement, Attendance, Commitment, Event, FirmRole, Party
from suppliers.models.events import FIRST_YEAR

BINDS = [("", _("not said")), ("true", _("yes")), ("false", _("no"))]


class AgreementForm(WriteForm):
    """An agreement; a new one with its first party. The others are entered on its page."""

    field_order = ["code", "title", "kind", "party", "party_role"]

    party = forms.ModelChoiceField(
        Firm.objects.none(),
        label=_("First party"),
        required=False,
        empty_label=_("To be completed"),
        help_text=_("The others are added on its page."),
    )
    party_role = forms.ChoiceField(
        label=_("Its role in the agreement"), required=False, choices=[("", "–"), *Party.Role.choices]
    )

    class Meta:
        model = Agreement
        fields = [
            "code",
            "title",
            "kind",
            "binding",
            "state",
            "signed_on",
            "signed_year",
            "place",
            "event",
            "amends",
            "valid_from",
            "valid_to",
            "ended_on",
            "families",
            "aim",
            "outcome",
            "source",
        ]
        help_texts = {
            "binding": _(
                "A memorandum, a letter of intent or a road map binds nobody and is never counted as a contract."
            ),
            "signed_year": _("Where the day is not known."),
            "families": _("Leave empty when none is named."),
            "ended_on": _("Where it ended before its validity."),
            "source": _("Where this is known from."),
        }

    def __init__(self, *args, party=None, **kwargs):
        self.party = party
        super().__init__(*args, **kwargs)

    def narrow(self, user):
        """Limit choices to what this person may see; begin with the party that the page was opened for."""
        if self.instance.pk:
            del self.fields["party"], self.fields["party_role"]
        else:
            self.fields["party"].queryset = Firm.objects.visible_to(user).living()
            if self.party:
                self.initial |= {"party": self.party, "party_role": _likely_role(self.party)}
        self.fields["event"].queryset = Event.objects.visible_to(user)
        self.fields["event"].label_from_instance = str
        self.fields["amends"].queryset = Agreement.objects.visible_to(user).exclude(pk=self.instance.pk)
        self.fields["amends"].label_from_instance = str
        self.fields["binding"].widget.choices = BINDS
        self.fields["families"].widget.attrs["size"] = 8
        for name in ("aim", "outcome"):
            self.fields[name].widget.attrs["rows"] = 3

    def clean_signed_on(self):
        """Refuse a signature that is still to come: what is to be signed is in preparation."""
        return not_ahead(self.cleaned_data["signed_on"])

    def clean(self):
        """A memorandum, a letter of intent or a road map binds nobody, also where nobody said so."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") in Agreement.NO_CONTRACT and given.get("binding") is None:
            given["binding"] = False
        if given.get("party") and not given.get("party_role"):
            self.add_error("party_role", _("Say in which role it agrees."))
        return given

    def save_row(self):
        """Write the agreement, a new one with its first party."""
        row = super().save_row()
        if firm := self.cleaned_data.get("party"):
            Party.objects.create(agreement=row, firm=firm, role=self.cleaned_data["party_role"])
        return row


def _likely_role(firm):
    """Return the role in which a firm most likely agrees: a supplier as one, else what it is today where that can agree."""
    if hasattr(firm, "supplier"):
        return Party.Role.SUPPLIER
    roles = FirmRole.objects.filter(firm=firm, role__in=Party.Role.values).valid_on(moment().today)
    return roles.order_by("pk").values_list("role", flat=True).first() or ""


class PartyForm(WriteForm):
    """A party of an agreement."""

    fixed = ("agreement",)

    class Meta:
        model = Party
        fields = ["firm", "role"]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()


class CommitmentForm(WriteForm):
    """A commitment of an agreement, or an action decided at an event."""

    fixed = ("agreement", "event")

    class Meta:
        model = Commitment
        fields = ["text", "owner", "due_on", "state", "kept_on", "note"]

    def narrow(self, user):
        """Offer the parties of the agreement or the firms of the event first of all: nobody else commits."""
        firms = Firm.objects.visible_to(user).living()
        if self.instance.agreement_id:
            firms = firms.filter(agreed__agreement=self.instance.agreement_id).distinct()
        self.fields["owner"].queryset = firms
        self.fields["note"].widget.attrs["rows"] = 3
        if self.instance.agreement_id:
            self.fields["owner"].help_text = _("One of the parties.")

    def clean_kept_on(self):
        """Refuse a day that is still to come."""
        return not_ahead(self.cleaned_data["kept_on"])


class EventForm(WriteForm):
    """A convention, a trade show, a visit."""

    class Meta:
        model = Event
        fields = ["code", "title", "kind", "year", "first_on", "last_on", "place", "note", "source"]
        help_texts = {
            "first_on": _("Leave empty when only the year is known."),
            "source": _("Where this is known from."),
        }

    def narrow(self, user):
        """Keep the note short on the page."""
        self.fields["note"].widget.attrs["rows"] = 3

    def clean(self):
        """Refuse to put off an event to which somebody came."""
        given = super().clean() or self.cleaned_data
        row = Event(first_on=given.get("first_on"), year=given.get("year") or FIRST_YEAR)
        came = self.instance.pk and self.instance.attendances.filter(state=Attendance.State.ATTENDED).exists()
        if came and not row.begun(moment().today):
            self.add_error("first_on", _("Somebody came to it: it cannot be still to begin."))
        return given


class AttendanceForm(WriteForm):
    """A firm invited to an event."""

    fixed = ("event",)

    class Meta:
        model = Attendance
        fields = ["firm", "state", "people"]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()

    def clean_state(self):
        """Refuse that somebody came to what is still to begin, or stayed away from it."""
        state = self.cleaned_data["state"]
        if state in Attendance.AFTERWARDS and not self.instance.event.begun(moment().today):
            raise ValidationError(_("The event is still to begin: who came is known from its first day on."))
        return state
