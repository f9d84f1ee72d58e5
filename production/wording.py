"""What changed between two situations, in words: the sentence above the table."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partstrack import situations
from partstrack.numbers import isolate, show, show_percent_signed, show_signed
from partstrack.periods import month_name, span_label
from production.restatements import CAUSES

NAMED = 3  # suppliers that the sentence names
MONTHS = 2  # months that it names of each


def start(asked):
    """Say since when: the situation of a question."""
    return _("Since the %(situation)s") % {"situation": _lower(situations.words(asked))}


def sentence(found, names):
    """Say in one sentence what changed. `names`: {supplier's code: name}."""
    since = start(found.asked_then)
    if found.window is None:
        return _("%(since)s: no month has enough declarations to be compared.") % {"since": since}
    said = {"since": since, "span": span_label(*found.window, get_language())}
    if not found.lines:
        return _("%(since)s: nothing has changed over the same months (%(span)s).") % said
    said["parts"] = _parts(found, names)
    if not found.difference:
        return _("%(since)s: the total over the same months (%(span)s) is the same, though %(parts)s.") % said
    said["change"] = _change(found)
    return _("%(since)s: %(change)s over the same months (%(span)s), of which %(parts)s.") % said


def _change(found):
    change, difference = found.points(found.difference), _signed(found.difference)
    if change is None:
        return difference
    return _("%(percent)s, that is %(difference)s") % {"percent": _run(percent(change)), "difference": difference}


def _parts(found, names):
    groups = found.groups()
    shown = [
        f"{names.get(key, key)} {_signed(difference)} ({_why(lines)})" for key, difference, lines in groups[:NAMED]
    ]
    rest = len(groups) - len(shown)
    if rest:
        more = ngettext("%(count)s other supplier", "%(count)s other suppliers", rest) % {"count": _run(rest)}
        others = sum(difference for _key, difference, _lines in groups[NAMED:])
        shown.append(f"{more} {_signed(others)}")
    return _(", ").join(shown)


def _why(lines):
    """Name the months and the causes that moved most, then how many more there are."""
    largest = sorted(lines, key=lambda line: -abs(line.difference))[:MONTHS]
    words = [f"{month_name(line.month, get_language())} {CAUSES[line.cause]}" for line in largest]
    return _(", ").join([*words, *(["…"] if len(lines) > MONTHS else [])])


def percent(change):
    """Show a change in percent, a small one with the decimals that let it be seen; "" for none."""
    return "" if change is None else show_percent_signed(change, get_language(), 1 if abs(change) >= 1 else 2)


def _signed(amount):
    return _run(show_signed(amount, get_language(), None))


def _run(text):
    text = show(text, get_language()) if isinstance(text, int) else text
    return isolate(text) if get_language() == "ar" else text


def _lower(words):
    return words[:1].lower() + words[1:]
