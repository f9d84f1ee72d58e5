"""Which two situations are compared."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.question import situation_field


class SinceForm(forms.Form):
    """Which two situations are compared, and the year that is counted; empty: the last report, and now."""

    def __init__(self, question, since):
        super().__init__(initial={"since": since, "as-of": question.words["as-of"], "year": question.words["year"]})
        self.fields["since"] = situation_field(_("Known on"), since)
        self.fields["as-of"] = situation_field(_("Compared with what is known on"), question.words["as-of"])
        self.fields["year"] = forms.CharField(
            label=_("Year"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6"})
        )
