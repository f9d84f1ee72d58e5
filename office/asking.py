"""From an address or a command line to the question that a figure understands."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import scope
from office import clock
from partstrack.figures import Ask, WrongCall
from partstrack.periods import FIRST_YEAR, LAST_YEAR, from_iso
from partstrack.situations import is_day, is_version

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
OWN_WORDS = ("year", "from", "to", "base-year", "by", "as-of", "on")


def ask(user, moment, words, filters, parts=False):
    """Build an Ask for a person at a moment.

    `words`: year, from, to (YYYY-MM), base-year, by, as-of (a day, a day with time, or vN), on (a day); all
    text, all optional. `filters`: name -> code. WrongCall says what is wrong with which word.
    """
    version, today = as_of(words.get("as-of"), moment)
    return Ask(
        today=today,
        version=version,
        on=_day(words.get("on"), "on") or today,
        year=_year(words.get("year"), "year"),
        first=_month(words.get("from"), "from"),
        last=_month(words.get("to"), "to"),
        base_year=_year(words.get("base-year"), "base-year"),
        by=words.get("by") or None,
        filters={name: value for name, value in filters.items() if value},
        scope=scope(user),
        parts=parts,
        as_of=words.get("as-of") or "",
        data=moment.data,
    )


def as_of(text, moment):
    """Return (version, today) of an "as of": vN, a day (its end), a day with time, or nothing (now)."""
    if not text:
        return moment.version, moment.today
    if is_version(text):
        return _version(int(text[1:]), moment)
    try:
        day = _sensible(date.fromisoformat(text)) if is_day(text) else None
        instant = _sensible(datetime.fromisoformat(text)) if re.match(DAY + "[T ]", text) else None
    except ValueError:
        day = instant = None
    if day:
        return clock.version_on(_begun(day, text, moment)), day
    if instant is None:
        said = _("'%(text)s' is neither a day (2026-03-31), a moment (2026-03-31T12:00) nor a version (v12).")
        raise WrongCall(_wrong("as-of", said, text))
    instant = instant if timezone.is_aware(instant) else timezone.make_aware(instant)
    day = _begun(timezone.localtime(instant).date(), text, moment)
    return clock.version_before(instant), day


def _version(version, moment):
    if version > moment.version:
        said = _("There is no version v%(text)s yet: the last one is v%(last)s.")
        raise WrongCall(f"as-of: {said % {'text': version, 'last': moment.version}}")
    return version, clock.day_of(version) or moment.today


def _begun(day, text, moment):
    """Return a day that has begun: what will be known later is known to nobody."""
    if day > moment.today:
        raise WrongCall(_wrong("as-of", _("'%(text)s' is still to come: nobody knows what will be known then."), text))
    return day


def _sensible(day):
    """Return a day or an instant of the years that are asked about; ValueError otherwise."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


def _year(text, word):
    if not text:
        return None
    if not re.fullmatch("[0-9]{4}", str(text)) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise WrongCall(_wrong(word, _("'%(text)s' is not a year like 2026."), text))
    return int(text)


def _month(text, word):
    if not text:
        return None
    try:
        return from_iso(text)
    except ValueError:
        raise WrongCall(_wrong(word, _("'%(text)s' is not a month like 2026-08."), text)) from None


def _day(text, word):
    if not text:
        return None
    try:
        return _sensible(date.fromisoformat(text))
    except ValueError:
        raise WrongCall(_wrong(word, _("'%(text)s' is not a day like 2026-09-22."), text)) from None


def _wrong(word, said, text):
    """Name the word of the address or of the command line that is wrong, and say why."""
    return f"{word}: {said % {'text': text}}"
