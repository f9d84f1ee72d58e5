"""The forms of a road map: milestones with what they bring, commitments to certify and their steps."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from integration.models import Brought, CertificationStart, CertificationStep, Component, Milestone
from office.forms import WriteForm


class MilestoneForm(WriteForm):
    """A stage of the road map, with the components that it makes local."""

    fixed = ("programme",)

    codes = forms.CharField(
        label=_("Components that it brings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_("Their codes, one on each line: made locally from that day on."),
    )

    class Meta:
        model = Milestone
        fields = ["title", "planned_on", "actual_on", "volume", "components"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            codes = self.instance.brings.order_by("code").values_list("code", flat=True)
            self.initial["codes"] = "\n".join(dict.fromkeys(codes))

    def clean_codes(self):
        """Find the components, those valid last where a code has several. ValidationError: a code that nobody knows."""
        codes = [each.strip() for each in self.cleaned_data["codes"].splitlines() if each.strip()]
        rows = Component.objects.filter(programme=self.instance.programme, code__in=codes)
        known = {row.code: row for row in rows.order_by("valid_from", "pk")}
        if unknown := [code for code in codes if code not in known]:
            said = {"codes": ", ".join(unknown)}
            raise ValidationError(_("The programme has no component of this code: %(codes)s."), params=said)
        self.found = list(known.values())
        return self.cleaned_data["codes"]

    def save_row(self):
        """Write the milestone and what it brings; the site of what stays is kept."""
        row = super().save_row()
        kept = set(row.broughts.values_list("component", flat=True))
        row.broughts.exclude(component__in=self.found).delete()
        Brought.objects.bulk_create(
            [Brought(milestone=row, component=each) for each in self.found if each.pk not in kept]
        )
        return row


class CertificationForm(WriteForm):
    """A commitment to start certifying: the parts of the programme, or one component."""

    fixed = ("programme",)

    class Meta:
        model = CertificationStart
        fields = ["owner", "component", "standard", "state", "promised_on", "started_on", "source"]

    def narrow(self, user):
        """Limit firms to those this person may see, components to those made locally in the programme."""
        self.fields["owner"].queryset = Firm.objects.visible_to(user).living()
        rows = Component.objects.visible_to(user).filter(programme=self.instance.programme, supply="local")
        self.fields["component"].queryset = rows.order_by("code", "pk")
        self.fields["component"].label_from_instance = lambda row: row.name_in(get_language())


class StepForm(WriteForm):
    """A step of a certification."""

    fixed = ("certification",)

    class Meta:
        model = CertificationStep
        fields = ["kind", "title", "planned_on", "done_on", "result", "reference"]
