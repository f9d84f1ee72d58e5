"""Sentences that are kept in a JSON column and put into words when they are read, in their reader's language.

What is kept of a lazy text is its message and the values in it: {"text": "The month {month} has not begun.",
"values": {"month": "2026-10"}}. Read again it is a lazy text. Plain texts stay as they are. Errors of forms have their
values as %(name)s.
"""

import json

from django.utils.functional import Promise, lazy
from django.utils.html import strip_tags
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
    message, values = gettext_lazy(found["text"]), found["values"]
    if not values:
        return message
    return _filled(message, **values) if "%(" in found["text"] else format_lazy(message, **values)


def _fill(message, **values):
    return str(message) % values


_filled = lazy(_fill, str)  # what format_lazy is for {name}, for the %(name)s of forms


def lasting(text):
    """Return a text that can be kept; of one that cannot (a plural, a message with a context) its words of now."""
    try:
        kept(text)
    except (TypeError, ValueError):
        return str(text)
    return text


def of_error(error):
    """Return what one ValidationError says: a text that can be kept, else its words of now, without markup."""
    words, message = strip_tags(" ".join(error.messages)), lasting(error.message)
    if not isinstance(message, Promise) or "<" in str(message):
        return words
    if not error.params:
        return message
    values = {name: _value(value) for name, value in error.params.items()}
    return _filled(message, **values) if _fill(message, **values) == words else words


def _value(value):
    return lasting(value) if isinstance(value, Promise) else value if isinstance(value, int) else str(value)


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
