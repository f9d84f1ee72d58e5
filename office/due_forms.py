"""Which dates are shown, and how somebody hears of them."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office import reminding
from office.forms import fresh_key
from office.models import ReminderChoice
from partstrack.periods import month_name, to_iso


class KindForm(forms.Form):
    """Which dates are shown."""

    q = forms.CharField(label=_("Search in the dates"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *((kind.name, kind.title) for kind in kinds)]

    def asked(self):
        """Return the names of the kinds that are asked for; None: all."""
        said = self.cleaned_data.get("kind")
        return {said} if said else None

    def asks_for(self, title):
        """Say whether a title has the letters that are asked for."""
        return self.cleaned_data.get("q", "").casefold() in title.casefold()

    def chips(self):
        """Return (label, value, address without it) of what is asked."""
        said = self.said()
        return [
            (str(self.fields[name].label), self._shown(name, value), self.address(**{name: ""}))
            for name, value in said.items()
        ]

    def said(self):
        """Return {field: value} of what is asked."""
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    def address(self, **changes):
        """Return the query of what is asked, with some of it changed."""
        return f"?{urlencode({name: value for name, value in {**self.said(), **changes}.items() if value})}"

    def _shown(self, name, value):
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))


class CalendarForm(KindForm):
    """Which dates of a year are shown: of a month, of a span of days before them."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    band = forms.ChoiceField(label=_("Days left"), required=False, choices=[("", _("All")), *reminding.BANDS.items()])

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(to_iso(month), month_name(month, get_language())) for month in months]
        self.fields["month"].choices = [("", _("All")), *named]


class ChoicesForm(forms.Form):
    """One choice for each kind of dates that this person may see, and the language of the mails."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=fresh_key)
    language = forms.ChoiceField(label=_("Language of the e-mails"), choices=settings.LANGUAGES)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"language": user.language}, **kwargs)
        ways = reminding.ways(user)
        for kind in reminding.kinds(user):
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.title, choices=ReminderChoice.Way.choices, initial=ways[kind.name]
            )
