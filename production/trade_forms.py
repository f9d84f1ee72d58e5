"""What is entered of imports: a file, an importer, a range with its beginning, an exemption, the ranges of an agreement."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Brand, Family, Part, Unit, reference_key
from intake.sending import FileForm
from office.forms import Day, WriteForm
from production.forms import MonthField
from production.models import Exemption, Range, RangePart, Source
from suppliers.models import Agreement, Supplier


class TradeUploadForm(FileForm):
    """A file of imports, where it comes from, and whose it is when its rows do not say so."""

    field_order = ("key", "file", "source", "importer", "national", "reason")

    about = _(
        "A workbook or a .csv file: one row for each month and goods, with range or family, origin, quantity, value, currency and rate."
    )
    source = forms.ChoiceField(
        label=_("Source"),
        choices=Source.choices,
        help_text=_("What the customs say, what was authorised and what is planned are never added together."),
    )
    importer = forms.ChoiceField(label=_("Importer"), required=False)
    national = forms.BooleanField(
        label=_("This file covers all importers of its families and months"),
        required=False,
        help_text=_("National statistics: they are kept apart from what importers send themselves."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        firms = Firm.objects.living().order_by("name", "pk")
        named = [(firm.code, firm.name_in(get_language())) for firm in firms]
        self.fields["importer"].choices = [("", _("The file names its importers")), *named]

    def clean(self):
        """A file is of one importer or of all of them."""
        data = super().clean()
        if data.get("importer") and data.get("national"):
            self.add_error("importer", _("Choose one importer, or say that the file covers all of them."))
        return data

    def options(self):
        """Return what the desk is told."""
        said = {name: self.cleaned_data.get(name) for name in ("source", "importer", "reason")}
        return {**said, "national": self.cleaned_data.get("national") or ""}


class ImporterForm(WriteForm):
    """A firm that imports and is no supplier."""

    class Meta:
        model = Firm
        fields = ["code", "name", "name_ar"]


class RangeForm(WriteForm):
    """A range, the day its local production began, and the references it holds."""

    began = forms.DateField(
        label=_("Produced locally since"),
        required=False,
        widget=Day,
        help_text=_("From the month after this day on, the brand promises to import no more of this range."),
    )
    began_source = forms.CharField(label=_("How this is known"), required=False, max_length=200)
    references = forms.CharField(
        label=_("References"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("One per line, as SUPPLIER:REFERENCE. Leave empty when the range is the brand's whole family."),
    )

    class Meta:
        model = Range
        fields = ["code", "brand", "family", "application", "importer"]
        help_texts = {
            "importer": _("Whose imports are the brand's own. Empty: the firm that owns the brand."),
            "application": _("The vehicles the parts are for, like “Modèle 1, 2019 and later”."),
        }

    def __init__(self, *args, user, today, **kwargs):
        self.today = today
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.initial |= self._known()

    def narrow(self, user):
        """Order what is chosen from."""
        self.fields["brand"].queryset = Brand.objects.order_by("name", "pk")
        self.fields["family"].queryset = Family.objects.order_by("position", "pk")
        self.fields["importer"].queryset = Firm.objects.living().order_by("name", "pk")

    def _known(self):
        start = self.instance.starts.filter(to_v=None).first()
        parts = Part.objects.filter(ranges__range=self.instance, ranges__to_v=None).select_related("firm")
        return {
            "began": start.began if start else None,
            "began_source": start.source if start else "",
            "references": "\n".join(f"{part.firm.code}:{part.reference}" for part in parts.order_by("reference", "pk")),
        }

    def clean_began(self):
        """Local production that is still to come has not begun."""
        day = self.cleaned_data["began"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_references(self):
        """Keep the parts that the lines name in `parts`; each must be known and in no other range of the brand."""
        lines = [line.strip() for line in self.cleaned_data["references"].splitlines() if line.strip()]
        self.parts = [self._part(line) for line in lines]
        return self.cleaned_data["references"]

    def _part(self, line):
        firm, _colon, reference = line.rpartition(":")
        rows = Part.objects.living().filter(
            reference_key=reference_key(reference), **({"firm__code": firm} if firm else {})
        )
        found = list(rows[:2])
        if len(found) != 1:
            said = _("“{line}” names no part, or several: write SUPPLIER:REFERENCE.")
            raise forms.ValidationError(format_lazy(said, line=line))
        return found[0]

    def clean(self):
        """A part is in one range of a brand at a time: otherwise it would count twice."""
        data = super().clean()
        others = RangePart.objects.filter(
            to_v=None, part__in=getattr(self, "parts", []), range__brand=data.get("brand")
        )
        twice = others.exclude(range=self.instance.pk).select_related("part", "range").first()
        if twice:
            said = _("“{part}” is in the range {range} of this brand already.")
            self.add_error("references", format_lazy(said, part=twice.part.reference, range=twice.range.code))
        return data


class AgreedRangesForm(WriteForm):
    """The ranges of one agreement."""

    ranges = forms.ModelMultipleChoiceField(
        label=_("Ranges"), queryset=Range.objects.none(), required=False, help_text=_("Leave empty when none is named.")
    )

    class Meta:
        model = Agreement
        fields = []

    def narrow(self, user):
        """Offer the ranges this person may see, those that are named chosen."""
        rows = Range.objects.visible_to(user).select_related("brand", "family")
        self.fields["ranges"].queryset = rows.order_by("brand__name", "family__position", "code")
        self.fields["ranges"].widget.attrs["size"] = 12
        self.initial["ranges"] = list(rows.filter(agreed_ranges__agreement=self.instance))


class ExemptionForm(WriteForm):
    """Leave to import a quantity for a time, and why."""

    fixed = ("range",)
    first = MonthField(label=_("From the month"))

    class Meta:
        model = Exemption
        fields = ["first", "until", "quantity", "unit", "why", "shortage_of"]
        widgets = {"until": Day}
        help_texts = {
            "until": _("The last day; the month of this day is still covered."),
            "quantity": _("What is imported beyond it is a breach."),
            "shortage_of": _("The supplier here that cannot deliver, where that is why."),
        }

    def narrow(self, user):
        """Choose the supplier among those that are known."""
        firms = Firm.objects.filter(pk__in=Supplier.objects.values("firm"))
        self.fields["shortage_of"].queryset = firms.order_by("name", "pk")
        self.fields["unit"].queryset = Unit.objects.order_by("position", "code")
