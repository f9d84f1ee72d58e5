"""Searching words in names: folded on both sides by the same function of the base, found by index.

A model says what is searched of it by one index, `trigrams("its_name", "code", "name")`, and its rows are found by
`containing(rows, text, "code", "name")` with the same columns.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import F, Func, TextField, Value


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
