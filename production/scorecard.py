"""Suppliers beside one another, criterion by criterion. Each criterion is a figure with its formula and its own page.

There is no total: a mark out of ten would be an opinion on weights, and a supplier without activity would get one too. Where
a supplier gives nothing to count, the reason stands in the place of a value, and is never good.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from partstrack import registry
from partstrack.figures import WrongCall


@dataclass(frozen=True)
class Criterion:
    """A figure that suppliers are looked at by. `nothing`: what is said of one without a value; `by_day`: it is asked of a day."""

    name: str
    nothing: str
    by_day: bool = False

    @property
    def figure(self):
        """The figure, with its title, definition and formula."""
        return registry.figure(self.name)

    @property
    def ratio(self):
        """Whether it divides one number by another."""
        return self.figure.unit == "percent" or "/" in self.figure.unit

    def silence(self, answer):
        """Return why an Answer, or a group of it, has no value: its own words, unless no month counts yet."""
        return NOTHING if answer.more.get("months") == 0 else self.nothing

    def ask(self, ask):
        """Return the question in the words that the figure takes."""
        return ask.but(year=None, first=None, last=None, base_year=None) if self.by_day else ask


NOTHING = _("nothing declared")
CRITERIA = (
    Criterion("produced", NOTHING),
    Criterion("sold", NOTHING),
    Criterion("target_attainment", _("no target")),
    Criterion("coverage", _("not expected")),
    Criterion("punctuality", _("nothing due yet")),
    Criterion("restated_share", NOTHING),
    Criterion("scrap_rate", _("scrap not said")),
    Criterion("complaints_per_million", _("nothing sold")),
    Criterion("certificates_valid", _("none valid"), by_day=True),
    Criterion("days_covered", _("no certificate so far")),
    Criterion("commitments_kept", _("none due"), by_day=True),
)
UNASKED = _("not for this question")


def of_all(ask):
    """Return {criterion name: (Answer, {supplier's code: Group})}; a criterion that cannot be asked so is not in it."""
    found = {}
    for criterion in CRITERIA:
        try:
            answer = criterion.figure.compute(criterion.ask(ask).but(by="supplier"))
        except WrongCall:
            continue
        found[criterion.name] = answer, {group.key: group for group in answer.groups or ()}
    return found


def of_one(ask, code):
    """Return [(Criterion, Answer)] of one supplier; a criterion that cannot be asked so is left out."""
    found = []
    for criterion in CRITERIA:
        try:
            asked = criterion.ask(ask).but(filters={"supplier": code}, by=None)
            found.append((criterion, criterion.figure.compute(asked)))
        except WrongCall:
            continue
    return found


def address(criterion, words, code):
    """Return the page of a criterion's figure for one supplier. `words`: those of the question, {word: text}."""
    months = () if criterion.by_day else ("year", "from", "to", "base-year")
    said = {name: words[name] for name in (*months, "as-of", "on") if words.get(name)}
    return f"{reverse('figure', args=[criterion.name])}?{urlencode({**said, 'supplier': code})}"
