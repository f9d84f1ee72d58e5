"""The words of names as they are searched: letters that people type for one another are one letter."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# The same folding as partstrack/folding.py, for words of names: no accents and vowel signs, small letters, one form of the
# Arabic letters that are typed for one another, 0 to 9, punctuation as a space. Immutable, so that it can be indexed.
FOLDED = """
CREATE FUNCTION public.partstrack_folded(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT regexp_replace(
    regexp_replace(
        lower(normalize(translate(replace(replace(replace($1, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'),
            'ىیةکٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ـ', 'ييهكا01234567890123456789'), NFKD)),
        '[\\u0300-\\u036f\\u064b-\\u065f\\u0670\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]', '', 'g'),
    '[]\\s_.,;:/\\\\()''’"«»&+*#!?[-]+', ' ', 'g')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FOLDED, "DROP FUNCTION public.partstrack_folded(text)"),
    ]
