"""The panel of notes and documents that the page of a thing carries."""

from django import template

from accounts.models import scope
from office.carried_views import carried

register = template.Library()
SHOWN = 3


@register.inclusion_tag("office/carried_panel.html", takes_context=True)
def notes(context, kind, key, row, span=12):
    """Draw the newest notes and documents of a thing; `kind` and `key` are those of its history."""
    user = context["request"].user
    found = carried(user, kind, row, SHOWN)
    words = {"kind": kind, "thing_key": key, "span": span, "moment": context["moment"]}
    return {**words, **found, "may_write": user.may("upload"), "house": scope(user) is None, "user": user}
