"""What is entered beside growth: targets, notes on months, seasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Family, Unit
from intake.sending import FileForm
from office.forms import WriteForm
from production.forms import MonthField
from production.models import MonthNote, Season, Target


class TargetForm(WriteForm):
    """A target of a year: of everything, a family, a supplier, or a supplier's family. Empty: given up."""

    identity = ("year", "measure", "family", "firm", "unit")

    class Meta:
        model = Target
        fields = ["year", "measure", "family", "firm", "unit", "amount"]
        help_texts = {"amount": _("For the twelve months. Leave it empty to give the target up.")}

    def narrow(self, user):
        """Offer the suppliers, families and units that there are."""
        self.fields["firm"].queryset = suppliers(user)
        for name in ("family", "firm"):
            self.fields[name].empty_label = _("Everything")
        for name in self.identity if self.instance.pk else ():
            self.fields[name].disabled = True  # what was aimed at before belongs to this year and perimeter
        self.fields["family"].queryset = Family.objects.order_by("position", "pk")
        self.fields["unit"].queryset = Unit.objects.order_by("position", "code")


class TargetFileForm(FileForm):
    """A file of targets."""

    about = _("A workbook or a .csv file: one row for each target, with its year and its amount.")


class MonthNoteForm(WriteForm):
    """A note on a month, of a supplier or of the whole."""

    month = MonthField(label=MonthNote._meta.get_field("month").verbose_name)

    class Meta:
        model = MonthNote
        fields = ["month", "firm", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def narrow(self, user):
        """Offer the suppliers that there are."""
        self.fields["firm"].queryset = suppliers(user)
        self.fields["firm"].empty_label = _("Everything")


class SeasonForm(WriteForm):
    """Days on which work differs, with their name in three languages."""

    class Meta:
        model = Season
        fields = ["first", "last", "name_fr", "name_ar", "name_en", "moon"]


def suppliers(user):
    """Return the suppliers with sites that a person may see."""
    return Firm.objects.visible_to(user).living().filter(sites__isnull=False).distinct().order_by("name", "pk")
