"""Sentences that are kept in a JSON column and put into words when they are read, in their reader's language.

What is kept of a lazy text is its message and the values in it: {"text": "The month {month} has not begun.",
"values": {"month": "2026-10"}}. Read again it is a lazy text. Plain texts stay as they are.
"""

import json

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

KEYS = {"text", "values"}


class TextEncoder(json.JSONEncoder):
    """Keeps lazy texts as message and values."""

    def default(self, value):
        """Return what is kept of a lazy text."""
        return kept(value) if isinstance(value, Promise) else super().default(value)


class TextDecoder(json.JSONDecoder):
    """Gives lazy texts back."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, object_hook=_read, **kwargs)


def kept(text):
    """Return message and values of gettext_lazy(message) or format_lazy(message, **values): what pickle would keep.

    A plain text is returned as it is. A column that is one text needs this said: Django would put it into words.
    """
    if not isinstance(text, Promise):
        return text
    _rebuild, (_function, (message,), values, *_types) = text.__reduce__()
    return {**kept(message), "values": values} if isinstance(message, Promise) else {"text": message, "values": values}


def _read(found):
    if found.keys() != KEYS:
        return found
    message = gettext_lazy(found["text"])
    return format_lazy(message, **found["values"]) if found["values"] else message


def listed(texts):
    """Return several texts as one lazy text, with commas between them."""
    values = {f"text{place}": text for place, text in enumerate(texts)}
    return format_lazy(", ".join(f"{{{name}}}" for name in values), **values)


def spoken(value):
    """Return a value of a JSON column with its texts in the language of the moment, for who takes plain JSON."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {name: spoken(each) for name, each in value.items()}
    return [spoken(each) for each in value] if isinstance(value, list | tuple) else value
