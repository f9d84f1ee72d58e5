"""The forms of the network: a workshop, its places and memberships, training, equipment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Brand
from office.forms import WriteForm
from places.models import Commune, CommuneWilaya, Wilaya
from places.names import coded
from workshops.models import Membership, RollOut, Training, Workshop, WorkshopPlace

COMMUNE_HELP = _("Only communes that changed wilaya are listed: a workshop there moves with its commune.")


class WorkshopForm(WriteForm):
    """A workshop; a new one with its place and its membership."""

    wilaya = forms.ModelChoiceField(Wilaya.objects.all(), label=_("Wilaya"))
    commune = forms.ModelChoiceField(Commune.objects.all(), label=_("Commune"), required=False, help_text=COMMUNE_HELP)
    brand = forms.ModelChoiceField(Brand.objects.all(), label=_("Brand"))
    joined_on = forms.DateField(
        label=_("Joined on"), required=False, help_text=_("Leave empty when the day is not known.")
    )

    class Meta:
        model = Workshop
        fields = ["code", "name", "name_ar", "firm"]

    def narrow(self, user):
        """Limit firms; a workshop that exists has its places and memberships on its own page."""
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()
        if self.instance.pk:
            for name in ("wilaya", "commune", "brand", "joined_on"):
                del self.fields[name]
        else:
            self.fields["wilaya"].label_from_instance = coded

    def clean(self):
        """Check that the commune lies in the wilaya."""
        agree(super().clean() or self.cleaned_data, self)

    def save_row(self):
        """Write the workshop, and where a new one is and what it belongs to."""
        fresh = self.instance.pk is None
        row = super().save_row()
        if fresh:
            given = self.cleaned_data
            WorkshopPlace.objects.create(workshop=row, wilaya=given["wilaya"], commune=given["commune"])
            Membership.objects.create(workshop=row, brand=given["brand"], joined_on=given["joined_on"])
        return row


class PlaceForm(WriteForm):
    """Where a workshop is, from a day to a day."""

    fixed = ("workshop",)

    class Meta:
        model = WorkshopPlace
        fields = ["wilaya", "commune", "valid_from", "valid_to"]
        help_texts = {"commune": COMMUNE_HELP}

    def narrow(self, user):
        """Show wilayas with their codes."""
        self.fields["wilaya"].label_from_instance = coded

    def clean(self):
        """Check that the commune lies in the wilaya."""
        agree(super().clean() or self.cleaned_data, self)


class MembershipForm(WriteForm):
    """An episode in a brand's network."""

    fixed = ("workshop",)

    class Meta:
        model = Membership
        fields = ["brand", "joined_on", "left_on", "why"]


class TrainingForm(WriteForm):
    """A training session."""

    class Meta:
        model = Training
        fields = ["title", "workshop", "day", "hours", "attendees", "source"]

    def narrow(self, user):
        """Limit workshops to those this person may see."""
        self.fields["workshop"].queryset = Workshop.objects.visible_to(user)


class RollOutForm(WriteForm):
    """A piece of equipment for a workshop."""

    class Meta:
        model = RollOut
        fields = ["workshop", "kind", "planned_on", "delivered_on"]

    def narrow(self, user):
        """Limit workshops to those this person may see."""
        self.fields["workshop"].queryset = Workshop.objects.visible_to(user)


def agree(given, form):
    """Refuse a commune that never lay in the wilaya."""
    wilaya, commune = given.get("wilaya"), given.get("commune")
    if wilaya and commune and not CommuneWilaya.objects.filter(commune=commune, wilaya=wilaya).exists():
        form.add_error("commune", _("This commune lies in another wilaya: correct one of the two."))
