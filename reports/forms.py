"""What is entered in reports: a published figure; and how a figure is to be said."""

from decimal import Decimal

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.forms import WriteForm
from partstrack.numbers import Ambiguous, NotANumber, parse_number, show
from reports.declared import contradiction, declared
from reports.models import PublishedFigure
from reports.wording_of_figures import QUALIFIERS, TOLERANCE

STEPS = ("1", "10", "100", "1000", "10000", "100000", "1000000")
PERCENT_STEPS = ("0.1", "1", "5", "10")


def read(text):
    """Return the number that a person typed in the way of their language. ValidationError: it is none."""
    try:
        return parse_number(text, "dot" if get_language() == "en" else "comma")
    except (NotANumber, Ambiguous):
        raise forms.ValidationError(_("Write the number in digits, like 1 000 000 or 30,5.")) from None


class PublishedForm(WriteForm):
    """What a communiqué states. One that the declared figure contradicts is saved as disputed only, with the reason."""

    value = forms.CharField(label=_("Number stated"), max_length=30, required=False)

    class Meta:
        model = PublishedFigure
        fields = [
            "code",
            "subject",
            "words",
            "measure_fr",
            "measure_ar",
            "measure_en",
            "qualifier",
            "value",
            "unit",
            "period",
            "figure",
            "source",
            "published_on",
            "disputed",
            "disputed_reason",
            "note_fr",
            "note_ar",
            "note_en",
        ]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": _("A short name to cite it by."),
            "words": _("As they stand in the source, in its own language."),
            "period": _(
                "Like 2025, 2025-03 or 2025-01..2025-06; other words are kept, and nothing is put beside them."
            ),
            "figure": _("Empty when nothing of the kind is declared here."),
        }

    def __init__(self, *args, asked, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)
        if isinstance(self.instance.value, Decimal):
            self.initial["value"] = show(self.instance.value.normalize(), get_language(), space=" ")

    def clean_value(self):
        """Return the number, or nothing."""
        text = self.cleaned_data["value"].strip()
        return read(text) if text else None

    def clean(self):
        """Hold the statement against what was declared of the same months."""
        data = super().clean()
        if data.get("disputed") or self.errors or data.get("value") is None or not data.get("qualifier"):
            return data
        names = [field for field in self.Meta.fields if field in data]
        row = PublishedFigure(**{name: data[name] for name in names})
        why = contradiction(row, declared(self.asked, [row]).get(row.code), get_language())
        if why:
            said = _("%(why)s Correct what is stated, or keep it as disputed with the reason. Nothing was saved.")
            self.add_error("qualifier", said % {"why": why})
        return data


class SayingForm(forms.Form):
    """A rounding, a tolerance, and a wording to be checked."""

    step = forms.ChoiceField(label=_("Rounded to"), required=False)
    tolerance = forms.CharField(
        label=_("“About” may be off by, in percent"), required=False, max_length=6, widget=forms.TextInput
    )
    qualifier = forms.ChoiceField(label=_("To check: qualifier"), required=False)
    amount = forms.CharField(label=_("To check: number"), required=False, max_length=30)

    def __init__(self, data, percent):
        usual = {"step": "1" if percent else "1000", "tolerance": str(TOLERANCE)}
        super().__init__({**usual, **{name: data[name] for name in data if data[name]}})
        steps = PERCENT_STEPS if percent else STEPS
        self.fields["step"].choices = [(step, show(Decimal(step), get_language())) for step in steps]
        self.fields["qualifier"].choices = [("", "–"), *QUALIFIERS.items()]

    def clean_step(self):
        """Return the rounding as a Decimal."""
        return Decimal(self.cleaned_data["step"])

    def clean_tolerance(self):
        """Return the tolerance in percent, between 0 and 20."""
        value = read(self.cleaned_data["tolerance"].strip())
        if not 0 <= value <= 20:
            raise forms.ValidationError(_("A tolerance lies between 0 and 20 percent."))
        return value

    def clean_amount(self):
        """Return the number to check, or nothing."""
        text = self.cleaned_data["amount"].strip()
        return read(text) if text else None
