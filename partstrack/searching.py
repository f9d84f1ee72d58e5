"""Searching words in names: folded on both sides by the same function of the base, found by index.

A model says what is searched of it by one index, `trigrams("its_name", "code", "name")`, and its rows are found by
`containing(rows, text, "code", "name")` with the same columns, or by `holding`, which takes the words one by one.
"""

from dataclasses import dataclass

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import F, Func, Q, TextField, Value

from partstrack.folding import fold, legible

LONGEST = 100  # letters of a question that are read
MOST_WORDS = 8
TRIGRAM = 3  # letters below which an index finds beginnings of words only


class Folded(Func):
    """Columns as one text without accents, case, punctuation and Arabic letter variants."""

    function = "public.partstrack_folded"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def trigrams(name, *columns):
    """Return the index by which the words of columns are found."""
    return GinIndex(OpClass(Folded(*map(F, columns)), name="gin_trgm_ops"), name=name)


def containing(rows, text, *columns):
    """Return the rows of which these columns contain a text, however its letters are typed."""
    return rows.alias(searched=Folded(*map(F, columns))).filter(
        searched__contains=Folded(Value(text.replace("\0", "")))
    )


@dataclass(frozen=True)
class Said:
    """What somebody searches: the `text` as it was typed, and its folded `words`."""

    text: str
    words: tuple[str, ...]

    @property
    def folded(self):
        """The words as one text."""
        return " ".join(self.words)

    def is_exactly(self, *names):
        """Say whether one of these names is what was typed, however it is written."""
        return any(fold(name) == self.folded for name in names if name)


def said(text):
    """Return what a text searches; without words when there is nothing to search."""
    text = legible(text.replace("\0", "")[:LONGEST])
    return Said(text, tuple(fold(text).split()[:MOST_WORDS]))


def holding(rows, words, *columns):
    """Return the rows of which these columns hold every word, in any order; a short one begins a word there."""
    rows = rows.alias(searched=Folded(*map(F, columns)))
    for word in words:
        rows = rows.filter(_short(word) if len(word) < TRIGRAM else Q(searched__contains=word))
    return rows


def _short(word):
    return Q(searched__startswith=word) | Q(searched__contains=f" {word}")


def found_by(rows, limit, *ways):
    """Return at most `limit` of the rows whose key one of the ways gives, each found by an index of its own.

    A way is a QuerySet of one column that already leaves out what the person may not see, so that the limit counts
    only what is shown.
    """
    first, *others = (way.order_by()[:limit] for way in ways)
    return rows.filter(pk__in=first.union(*others) if others else first)[:limit]
