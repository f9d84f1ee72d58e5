"""How a figure may be said: true wordings of a number at a rounding, and why a wording is false.

Pure: Decimals in, texts out. A number is of pieces (or another count) or, with `percent`, a change in percent whose
sign is said by the word (a rise, a fall), so that "at least" always speaks of the size.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.numbers import isolate, round_half_up, show, show_percent, show_percent_signed

EXACT, AT_LEAST, MORE_THAN, ALMOST, ABOUT = "exact", "at_least", "more_than", "almost", "about"
QUALIFIERS = {
    EXACT: gettext_lazy("exactly"),
    AT_LEAST: gettext_lazy("at least"),
    MORE_THAN: gettext_lazy("more than"),
    ALMOST: gettext_lazy("almost"),
    ABOUT: gettext_lazy("about"),
}
TOLERANCE = Decimal(2)  # percent of the number by which "about" and "almost" may be off, unless another is stated
MILLION = Decimal(10) ** 6
# What may still be true of an amount when a qualifier is not, the strongest first.
INSTEAD = {
    EXACT: (),
    AT_LEAST: (ALMOST,),
    MORE_THAN: (AT_LEAST, ALMOST),
    ALMOST: (MORE_THAN, AT_LEAST),
    ABOUT: (),
}


@dataclass(frozen=True)
class Said:
    """A wording: its qualifier and its amount, the size of a change where it is one. `text` in one language."""

    qualifier: str
    amount: Decimal
    text: str


def wordings(value, step, language, percent=False, tolerance=TOLERANCE):
    """Return the true wordings of a number at a rounding `step` (1000, 0.5 …), the exact one first."""
    size = abs(value)
    amounts = {
        EXACT: _exact(size, percent),
        AT_LEAST: rounded(size, step, ROUND_FLOOR),
        MORE_THAN: rounded(size, step, ROUND_FLOOR),
        ALMOST: rounded(size, step, ROUND_CEILING),
        ABOUT: rounded(size, step, ROUND_HALF_UP),
    }
    return [
        Said(name, amount, words(name, amount, language, percent, value < 0))
        for name, amount in amounts.items()
        if (amount or name == EXACT) and is_true(name, amount, size, tolerance)
    ]


def rounded(size, step, rounding):
    """Return the multiple of `step` that a rounding takes a size to."""
    return (size / step).to_integral_value(rounding) * step


def is_true(qualifier, stated, size, tolerance=TOLERANCE):
    """Say whether "qualifier stated" is true of a size. Exact: to the decimals that are stated."""
    near = abs(size - stated) * 100 <= tolerance * size
    return {
        EXACT: size.quantize(Decimal(1).scaleb(min(0, stated.as_tuple().exponent)), ROUND_HALF_UP) == stated,
        AT_LEAST: size >= stated,
        MORE_THAN: size > stated,
        ALMOST: size < stated and near,
        ABOUT: near,
    }[qualifier]


def refusal(qualifier, stated, value, language, percent=False, tolerance=TOLERANCE):
    """Return why "qualifier stated" is false of a number, with the nearest true wording; None when it is true.

    `stated` and `value` carry their signs: a rise that is called a fall is false however it is rounded.
    """
    same_way = not percent or (stated < 0) == (value < 0) or not stated
    if same_way and is_true(qualifier, abs(stated), abs(value), tolerance):
        return None
    with translation.override(language):
        said = {
            "said": words(qualifier, abs(stated), language, percent, stated < 0),
            "declared": _number(value, language, percent),
            "tolerance": _number(tolerance, language, True),
            "nearest": nearest(qualifier, stated, value, language, percent, tolerance).text,
        }
        why = _("“%(said)s” is false: %(declared)s was declared.")
        if qualifier in (ABOUT, ALMOST) and same_way:
            why = _("“%(said)s” is false: %(declared)s was declared, which is not within %(tolerance)s.")
        return f"{why} {_('True is: “%(nearest)s”.')}" % said


def nearest(qualifier, stated, value, language, percent=False, tolerance=TOLERANCE):
    """Return the true wording nearest to a false one.

    The same amount under another qualifier; else the same qualifier at the coarsest rounding that is near enough;
    else the exact number.
    """
    amount, size = abs(stated), abs(value)
    for other in INSTEAD[qualifier]:
        if amount and is_true(other, amount, size, tolerance):
            return Said(other, amount, words(other, amount, language, percent, value < 0))
    step = _step_of(amount)
    while step >= Decimal("0.1" if percent else 1):
        for each in wordings(value, step, language, percent, tolerance):
            if each.qualifier == qualifier and is_true(ABOUT, each.amount, size, tolerance):
                return each
        step /= 10
    exact = _exact(size, percent)
    return Said(EXACT, exact, words(EXACT, exact, language, percent, value < 0))


def _exact(size, percent):
    """Return a size as it may be called exact: a count as it is, a change at one decimal."""
    return round_half_up(size, 1) if percent else size


def _step_of(amount):
    """Return the rounding that an amount shows: 1000000 of 1 000 000, 10000 of 770 000."""
    _sign, digits, exponent = amount.normalize().as_tuple()
    return Decimal(1).scaleb(exponent) if any(digits) else Decimal(1)


# Words ------------------------------------------------------------------------------------------------
COUNTS = {
    EXACT: "%(number)s",
    AT_LEAST: gettext_lazy("at least %(number)s"),
    MORE_THAN: gettext_lazy("more than %(number)s"),
    ALMOST: gettext_lazy("almost %(number)s"),
    ABOUT: gettext_lazy("about %(number)s"),
}
RISES = {
    EXACT: gettext_lazy("a rise of %(number)s"),
    AT_LEAST: gettext_lazy("a rise of at least %(number)s"),
    MORE_THAN: gettext_lazy("a rise of more than %(number)s"),
    ALMOST: gettext_lazy("a rise of almost %(number)s"),
    ABOUT: gettext_lazy("a rise of about %(number)s"),
}
FALLS = {
    EXACT: gettext_lazy("a fall of %(number)s"),
    AT_LEAST: gettext_lazy("a fall of at least %(number)s"),
    MORE_THAN: gettext_lazy("a fall of more than %(number)s"),
    ALMOST: gettext_lazy("a fall of almost %(number)s"),
    ABOUT: gettext_lazy("a fall of about %(number)s"),
}
MILLIONS = {
    AT_LEAST: gettext_lazy("at least one million"),
    MORE_THAN: gettext_lazy("more than one million"),
    ALMOST: gettext_lazy("almost one million"),
    ABOUT: gettext_lazy("about one million"),
}


def words(qualifier, amount, language, percent=False, fall=False):
    """Say "qualifier amount" in a language; one million in words."""
    with translation.override(language):
        if amount == MILLION and not percent and qualifier in MILLIONS:
            return str(MILLIONS[qualifier])
        table = (FALLS if fall else RISES) if percent else COUNTS
        return str(table[qualifier]) % {"number": _number(amount, language, percent)}


def stated(qualifier, value, language, percent=False):
    """Say a published number with its qualifier, at the decimals that were published: about +30%, at least 1,000,000.

    "" for no number; one without a qualifier, or an exact one, stands alone.
    """
    if value is None:
        return ""
    with translation.override(language):
        if value == MILLION and not percent and qualifier in MILLIONS:
            return str(MILLIONS[qualifier])
        shown = show_percent_signed(value, language, _places(value)) if percent else show(value, language)
        number = isolate(shown) if language == "ar" else shown
        return str(COUNTS.get(qualifier, COUNTS[EXACT])) % {"number": number}


def _number(value, language, percent):
    """Show a number; a rate with two decimals at most."""
    shown = show_percent(value, language, _places(value)) if percent else show(value, language)
    return isolate(shown) if language == "ar" else shown


def _places(value):
    return min(2, max(0, -value.normalize().as_tuple().exponent))
