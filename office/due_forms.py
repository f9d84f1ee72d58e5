"""Which dates are shown, and how somebody hears of them."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from office import reminding
from office.forms import fresh_key
from office.models import ReminderChoice


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
        named = {"q": self.cleaned_data.get("q"), "kind": self.cleaned_data.get("kind")}
        said = {name: value for name, value in named.items() if value}
        shown = {**said, "kind": str(dict(self.fields["kind"].choices).get(said.get("kind"), ""))}
        return [
            (str(self.fields[name].label), shown[name], f"?{urlencode({k: v for k, v in said.items() if k != name})}")
            for name in said
        ]


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
