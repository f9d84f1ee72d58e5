"""Figures by their title and definition, and published figures by their words."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack import registry
from partstrack.folding import fold
from partstrack.registry import Hit, Search
from partstrack.searching import holding
from reports.models import PublishedFigure

WORDS = ("code", "subject", "words", "measure_fr", "measure_ar", "measure_en", "source")


def figures(user, said, limit):
    """Return the figures with every word in their title and definition."""
    return [
        Hit(
            str(figure.title),
            reverse("figure", args=[figure.name]),
            detail=str(figure.definition),
            exact=said.is_exactly(str(figure.title), figure.name),
        )
        for figure in registry.all_of("figures")
        if user.may(figure.right) and _holds(f"{figure.title} {figure.definition} {figure.name}", said)
    ][:limit]


def _holds(text, said):
    text = fold(text)
    return all(word in text for word in said.words)


def published(user, said, limit):
    """Return the published figures with every word in what they state, measure or cite."""
    return [
        Hit(
            row.measure_in(get_language()),
            reverse("published", args=[row.code]),
            row.code,
            row.source,
            said.is_exactly(row.code),
        )
        for row in holding(PublishedFigure.objects.all(), said.words, *WORDS)[:limit]
    ]


def _more(said):
    return f"{reverse('published_list')}?{urlencode({'q': said.text})}"


SEARCH = [
    Search("figure", _("Figures and their definitions"), figures, order=70),
    Search("published", _("Published figures"), published, order=65, right="see_all", more=_more),
]
