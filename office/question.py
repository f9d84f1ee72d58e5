"""The question that a page's address asks: its form, its chips, and the Ask made of it."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.asking import ask
from partstrack.figures import WrongCall
from partstrack.filters import Month
from partstrack.periods import from_iso, month_name
from partstrack.situations import is_day

FILTERS = ("supplier", "site", "family", "part", "wilaya", "brand", "unit")
WORDS = ("year", "from", "to", "base-year", "as-of", "on")
YEARS_BACK = 4


class Question:
    """What the address of a page asks of a figure.

    `filters`: the names it understands; `yearly`: without a year or months, this year is asked.
    `of(by)` gives the Ask; a wrong word is said in `wrong` and left out of the question from then on.
    `link(**changes)` gives the query text with some words changed; `chips` the filters that can be taken off;
    `keep` the situation alone ("?as-of=…"), for links to pages that ask something else.
    """

    def __init__(self, request, filters=FILTERS, yearly=True):
        self.request, self.yearly = request, yearly
        self.words = {word: _said(request, word) for word in WORDS}
        self.filters = {name: _said(request, name) for name in filters}
        self.wrong = ""

    def of(self, by=None, **changes):
        """Return the Ask of this address by a dimension."""
        try:
            asked = self._ask(self.words, self.filters)
        except WrongCall as error:
            self.wrong = str(error)
            self.words = {word: text if self._may_be_asked(word, text) else "" for word, text in self.words.items()}
            asked = self._ask(self.words, self.filters)
        return asked.but(by=by, **changes)

    def _may_be_asked(self, word, text):
        try:
            ask(self.request.user, self.request.moment, {word: text}, {})
        except WrongCall:
            return False
        return True

    def _ask(self, words, filters):
        asked = ask(self.request.user, self.request.moment, words, filters)
        if self.yearly and not asked.year and not asked.first and not asked.last:
            asked = asked.but(year=asked.today.year)
        return asked

    def link(self, **changes):
        """Return "?…" with the words and filters of this address, some of them changed; None takes one out."""
        said = {**self.words, **self.filters, **{name.replace("_", "-"): value for name, value in changes.items()}}
        return "?" + urlencode({name: value for name, value in said.items() if value not in (None, "")})

    def years(self, asked, **words):
        """Return (year, address, chosen) of the years that may be asked; the one that `asked` asks is among them."""
        this, chosen = self.request.moment.today.year, asked.year
        years = sorted({*range(this, this - YEARS_BACK, -1), *([chosen] if chosen else [])}, reverse=True)
        plain = {"from": None, "to": None, **words}
        return [(str(year), self.link(**plain, year=year), year == chosen) for year in years]

    def kept(self, **words):
        """Return (name, value) of what a form on this page keeps: the year, the filters, and `words` of the page."""
        said = {"year": self.words["year"], **self.filters, **words}
        return [(name, value) for name, value in said.items() if value]

    @property
    def situation(self):
        """Return the words of the situation alone: {"as-of": …, "on": …}, those that are said."""
        return {name: self.words[name] for name in ("as-of", "on") if self.words[name]}

    @property
    def keep(self):
        """Return the query text that keeps the situation in a link, or nothing."""
        return f"?{urlencode(self.situation)}" if self.situation else ""

    def chips(self, names=None):
        """Return (label, value, address without it) of each filter and word that narrows the question.

        `names`: {(filter, code): name in the reader's language}, from whoever knows the codes.
        """
        names = names or {}
        labels = {
            "supplier": _("Supplier"),
            "site": _("Site"),
            "family": _("Family"),
            "part": _("Part"),
            "wilaya": _("Wilaya"),
            "brand": _("Brand"),
            "unit": _("Unit"),
            "programme": _("Vehicle programme"),
            "rule": _("Rule"),
            "agreement": _("Agreement"),
            "vintage": _("Division"),
            "zone": _("Zone"),
            "range": _("Range"),
            "importer": _("Importer"),
            "origin": _("Origin"),
            "from": _("From"),
            "to": _("To"),
            "base-year": _("Compared with"),
        }
        said = {**self.words, **self.filters}
        return [
            (str(label), names.get((name, said[name])) or _in_words(name, said[name]), self.link(**{name: None}))
            for name, label in labels.items()
            if said.get(name)
        ]


def _in_words(name, said):
    """Name a month in the reader's language; anything else is said as it is written."""
    try:
        return month_name(from_iso(said), get_language()) if name in ("from", "to") else said
    except ValueError:
        return said


def _said(request, word):
    """Return what an address says, without what no code or day contains and no database takes."""
    return request.GET.get(word, "").replace("\0", "").strip()


def situation_field(label, said):
    """Return the field of a situation: the browser's calendar, or plain text where a version or an instant is said."""
    kind = "text" if said and not is_day(said) else "date"
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"type": kind}))


class Precise(forms.Form):
    """The words behind "Précisions", or some of them: as known on, on a day, compared with, months from and to."""

    def __init__(self, question, names=("as-of", "base-year", "from", "to")):
        super().__init__(initial={name: question.words[name] for name in names})
        known = {
            "as-of": situation_field(_("As known on"), question.words["as-of"]),
            "on": forms.CharField(
                label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
            ),
            "base-year": forms.IntegerField(label=_("Compared with the year"), required=False),
            "from": forms.CharField(label=_("From the month"), required=False, widget=Month()),
            "to": forms.CharField(label=_("To the month"), required=False, widget=Month()),
        }
        self.fields.update({name: known[name] for name in names})
