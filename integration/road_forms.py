"""The forms of a road map: milestones with what they bring, commitments to certify and their steps."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from integration.models import Brought, CertificationStart, CertificationStep, Component, Milestone
from office.forms import WriteForm
from suppliers.models import Site

AT = "@"  # between a component and the site that is to make it


class MilestoneForm(WriteForm):
    """A stage of the road map, with the components that it makes local and the sites that are to make them."""

    fixed = ("programme",)

    codes = forms.CharField(
        label=_("Components that it brings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_(
            "Their codes, one on each line: made locally from that day on. With the site that is to make one: 4.1 @ SITE."
        ),
    )

    class Meta:
        model = Milestone
        fields = ["title", "planned_on", "actual_on", "volume", "components"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.broughts.order_by("component__code", "pk").values_list("component__code", "site__code")
            sites = {}
            for code, site in rows:
                sites[code] = sites.get(code) or site
            self.initial["codes"] = "\n".join(f"{code} {AT} {site}" if site else code for code, site in sites.items())

    def clean_codes(self):
        """Find components and sites: {code: Site or None}. ValidationError names the codes that nobody knows."""
        asked = {}
        for line in self.cleaned_data["codes"].splitlines():
            code, _at, site = (each.strip() for each in line.partition(AT))
            if code:
                asked[code] = site or asked.get(code, "")
        components = Component.objects.filter(programme=self.instance.programme, code__in=asked)
        self.found = dict(components.order_by(F("valid_from").asc(nulls_first=True), "pk").values_list("code", "pk"))
        if unknown := [code for code in asked if code not in self.found]:
            said = {"codes": ", ".join(unknown)}
            raise ValidationError(_("The programme has no component of this code: %(codes)s."), params=said)
        sites = {site.code: site for site in Site.objects.visible_to(self.user).filter(code__in=asked.values())}
        if unknown := [site for site in asked.values() if site and site not in sites]:
            raise ValidationError(_("No site has this code: %(codes)s."), params={"codes": ", ".join(unknown)})
        self.sites = {code: sites.get(site) for code, site in asked.items()}
        return self.cleaned_data["codes"]

    def save_row(self):
        """Write the milestone and what it brings. A component is meant by its code: what stays keeps its rows."""
        row = super().save_row()
        row.broughts.exclude(component__code__in=self.sites).delete()
        kept = {each.component.code: each for each in row.broughts.select_related("component").order_by("pk")}
        for code, site in self.sites.items():
            if code not in kept:
                Brought.objects.create(milestone=row, component_id=self.found[code], site=site)
            elif kept[code].site_id != (site and site.pk):
                row.broughts.filter(component__code=code).update(site=site)
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
