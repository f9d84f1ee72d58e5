"""Which two references of a firm are one."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Part, reference_key


class MergeForm(forms.Form):
    """Two references of one firm, as they are written; `merged` and `kept` become Parts."""

    merged = forms.CharField(
        label=_("Reference that disappears"),
        max_length=80,
        help_text=_("It is kept as another name: files that still use it are understood."),
    )
    kept = forms.CharField(label=_("Reference that is kept"), max_length=80)

    def __init__(self, *args, firm, **kwargs):
        super().__init__(*args, **kwargs)
        self.firm = firm

    def clean_merged(self):
        """Return the part of the reference."""
        return self._part(self.cleaned_data["merged"])

    def clean_kept(self):
        """Return the part of the reference."""
        return self._part(self.cleaned_data["kept"])

    def _part(self, text):
        rows = Part.objects.filter(firm=self.firm, reference_key=reference_key(text))
        found = rows.living().select_related("unit", "firm").first()
        if found is None:
            said = gettext("This supplier has no reference “%(text)s”, or it was merged already.")
            raise forms.ValidationError(said % {"text": text})
        return found
