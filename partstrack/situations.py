"""The situation that figures are asked for, in words: "Situation as of 22/09/2026, 24:00"."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partstrack.numbers import isolate


def words(ask):
    """Say the situation of a question: the day as it is now, a day to its end, an instant, or a data version."""
    day = _one_run(f"{ask.today:%d/%m/%Y}")
    if not ask.as_of:
        return _("Situation as of %(day)s") % {"day": day}
    if is_version(ask.as_of):
        return _("Situation at version %(version)s, of %(day)s") % {"version": _one_run(ask.version), "day": day}
    if is_day(ask.as_of):
        return _("Situation as of %(day)s, 24:00") % {"day": day}
    return _("Situation as of %(day)s, %(time)s") % {"day": day, "time": _one_run(_time(ask.as_of))}


def is_version(text):
    """Say whether the word of an address names a data version: v12."""
    return text[:1] in ("v", "V") and text[1:].isdecimal() and text.isascii()


def is_day(text):
    """Say whether the word of an address names a whole day: 2026-09-22."""
    return len(text) == 10


def _time(text):
    instant = datetime.fromisoformat(text)
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return f"{local:%H h %M}" if get_language() == "fr" else f"{local:%H:%M}"


def _one_run(text):
    """Keep figures in their order in an Arabic line."""
    return isolate(str(text)) if get_language() == "ar" else str(text)
