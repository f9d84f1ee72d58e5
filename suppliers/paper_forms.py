"""The forms of papers and quality: a certificate or an approval, its suspensions and audits; samples; complaints."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Part, reference_key
from office.forms import WriteForm
from suppliers.forms import not_ahead
from suppliers.models import Audit, Complaint, Paper, Ppap, Site, Standard, Stop


def _sites(user):
    return Site.objects.visible_to(user).living().select_related("firm")


def _site_named(site):
    language = get_language()
    return f"{site.name_in(language)} ({site.code})"


class PaperForm(WriteForm):
    """A certificate or an approval. What a supplier's own people enter waits until an admin accepts it."""

    references = forms.CharField(
        label=_("References of the test group"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
        help_text=_("For an approval of parts: one reference of the firm per line."),
    )

    class Meta:
        model = Paper
        fields = [
            "standard",
            "site",
            "firm",
            "number",
            "body",
            "scope",
            "families",
            "valid_from",
            "valid_to",
            "renews",
            "accepted",
        ]
        help_texts = {
            "site": _("A certificate belongs to a site, never to a company."),
            "firm": _("For an approval of parts that names no site: the firm that holds it."),
            "scope": _("What it covers, in its own words."),
            "valid_to": _("The last day on which it is valid; empty when it has no end."),
            "renews": _("The paper that it follows. Days between the two are covered by neither."),
            "accepted": _("Only accepted papers count."),
        }

    field_order = ["standard", "site", "firm", "number", "body", "scope", "families", "references"]

    def narrow(self, user):
        """Limit choices to what this person may see; only who enters data accepts."""
        self.fields["site"].queryset = _sites(user)
        self.fields["site"].label_from_instance = _site_named
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()
        self.fields["firm"].required = False
        self.fields["standard"].label_from_instance = str
        papers = Paper.objects.visible_to(user).exclude(pk=self.instance.pk).select_related("standard", "firm")
        self.fields["renews"].queryset = papers.filter(firm=self.instance.firm_id) if self.instance.pk else papers
        self.fields["renews"].label_from_instance = _paper_named
        self.fields["families"].widget.attrs["size"] = 6
        if self.instance.pk:
            references = self.instance.parts.order_by("reference").values_list("reference", flat=True)
            self.initial["references"] = "\n".join(references)
        if not user.may("enter"):
            del self.fields["accepted"]
            self.instance.accepted = False

    def clean(self):
        """Let the site say the firm; a certificate needs its site, references belong to the firm."""
        given = super().clean() or self.cleaned_data
        standard, site = given.get("standard"), given.get("site")
        if site:
            given["firm"] = site.firm
        elif standard and standard.kind == Standard.Kind.CERTIFICATE:
            self.add_error("site", _("Choose the site that the certificate is for."))
        elif not given.get("firm"):
            self.add_error("firm", _("Choose the site or the firm that holds it."))
        if given.get("firm"):
            self.instance.firm = given["firm"]
            given["parts"] = self._parts(given["firm"], given.get("references") or "")
            renewed = given.get("renews")
            if renewed and renewed.firm_id != given["firm"].pk:
                self.add_error("renews", _("It renews a paper of the same firm."))
        return given

    def _parts(self, firm, text):
        """Return the parts of the lines; those that nobody knows are said."""
        lines = {reference_key(line): line.strip() for line in text.splitlines() if line.strip()}
        known = {part.reference_key: part for part in Part.objects.filter(firm=firm, reference_key__in=lines)}
        if unknown := [lines[key] for key in lines if key not in known]:
            said = {"references": ", ".join(unknown[:20]), "firm": firm.name_in(get_language())}
            self.add_error(
                "references", ValidationError(_("%(firm)s has no part of this reference: %(references)s."), params=said)
            )
        return list(known.values())

    def save_row(self):
        """Write the paper and its references."""
        row = super().save_row()
        row.parts.set(self.cleaned_data.get("parts", ()))
        return row


def _paper_named(paper):
    return f"{paper} ({paper.firm.name_in(get_language())})"


class StandardForm(WriteForm):
    """A standard or a regulation."""

    class Meta:
        model = Standard
        fields = ["code", "name", "kind"]


class StopForm(WriteForm):
    """A suspension or a withdrawal."""

    fixed = ("paper",)

    class Meta:
        model = Stop
        fields = ["kind", "since", "until", "why"]
        help_texts = {"until": _("The day from which it is valid again; empty while it lasts.")}


class AuditForm(WriteForm):
    """A surveillance audit."""

    fixed = ("paper",)

    class Meta:
        model = Audit
        fields = ["planned_on", "done_on", "result", "note"]

    def clean_done_on(self):
        """Refuse a day that is still to come."""
        return not_ahead(self.cleaned_data["done_on"])


class PpapForm(WriteForm):
    """A submission of first samples."""

    reference = forms.CharField(label=_("Reference"), max_length=80, widget=forms.TextInput(attrs={"dir": "ltr"}))

    class Meta:
        model = Ppap
        fields = [
            "site",
            "revision",
            "customer",
            "level",
            "submitted_on",
            "decision",
            "decided_on",
            "interim_until",
            "note",
        ]
        help_texts = {"level": _("How much is submitted, from 1 to 5. It is no score.")}

    field_order = ["site", "reference"]

    def narrow(self, user):
        """Limit choices to what this person may see."""
        self.fields["site"].queryset = _sites(user)
        self.fields["site"].label_from_instance = _site_named
        self.fields["customer"].queryset = Firm.objects.visible_to(user).living()
        if self.instance.pk:
            self.initial["reference"] = self.instance.part.reference

    def clean(self):
        """Find the part: a reference of the site's firm."""
        given = super().clean() or self.cleaned_data
        site, reference = given.get("site"), given.get("reference")
        if site and reference:
            part = Part.objects.filter(firm=site.firm, reference_key=reference_key(reference)).first()
            if part is None:
                said = {"firm": site.firm.name_in(get_language()), "references": reference}
                self.add_error(
                    "reference",
                    ValidationError(_("%(firm)s has no part of this reference: %(references)s."), params=said),
                )
            else:
                self.instance.part = part
        return given


class ComplaintForm(WriteForm):
    """A complaint, a return, a warranty case."""

    class Meta:
        model = Complaint
        fields = ["site", "family", "kind", "received_on", "quantity", "customer", "defect", "answer", "closed_on"]

    def narrow(self, user):
        """Limit choices to what this person may see."""
        self.fields["site"].queryset = _sites(user)
        self.fields["site"].label_from_instance = _site_named
        self.fields["customer"].queryset = Firm.objects.visible_to(user).living()
