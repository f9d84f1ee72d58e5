"""What a cell means that is no plain number, and which references a spreadsheet program has changed."""

import re

from django.utils.translation import gettext_lazy as _

from intake.sheets import BOOL, DATE, ERROR, FORMULA, NUMBER, text_of
from partstrack.folding import fold, latin_digits, legible
from partstrack.numbers import NotANumber, parse_number
from partstrack.periods import is_month_name

EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number

# Said instead of a quantity that is not known: read as blank, with a note.
_UNSAID_WORDS = "n/a;na;n.a.;nd;n.d.;nc;n.c.;s/o;non disponible;non communiqué;not available;غير متوفر;غير متوفرة"
_DASHES = re.compile(r"[-\u2010-\u2015\u2212_./\u2026 ]*")
# Said instead of 0 by some and instead of "not known" by others: asked back.
_NOTHING_WORDS = (
    "néant;ras;r.a.s.;rien;rien à signaler;aucun;aucune;zéro;nul;nulle;nil;none;nothing;null;"
    "لا شيء;لاشيء;لا يوجد;بدون;بدون إنتاج;صفر"
)
_UNSAID = frozenset(map(fold, _UNSAID_WORDS.split(";")))
_NOTHING = frozenset(map(fold, _NOTHING_WORDS.split(";")))
_MONEY = re.compile(r"\b(?:da|dzd|eur|euros?|usd|dinars?|دج|دينار)\b|[€$£]")
_AMOUNT = re.compile(r"[-+]?[0-9][0-9 .,'\u2019\u066b\u066c]*")
_NEGATIVE = re.compile(r"\((.+)\)|([0-9].*)-")

# Figures as a spreadsheet shows a number that is too long for its cell: 1,23E+12.
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]{1,3}", re.IGNORECASE)
_NUMBER_WITH_NOTHING_BEHIND = re.compile(r"([0-9]+)[.,]0")
_DAY = re.compile(r"(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:]+)?")
_DAY_AND_NAME = re.compile(r"[0-9]{1,2}-([^\W\d_]+\.?)|([^\W\d_]+\.?)-[0-9]{2}")


def in_words(text):
    """Return (reason, remedy) of a text that is no number; None when it says that nothing is said."""
    words = fold(text)
    if words in _UNSAID or _DASHES.fullmatch(legible(text)):
        return None
    if words in _NOTHING:
        return _("This can mean zero, or that nothing is known."), _(
            "Write 0 when nothing was made, or leave the cell empty when nothing is known."
        )
    said = latin_digits(legible(text)).casefold()
    if said != (bare := said.strip("%٪ ")) and _AMOUNT.fullmatch(bare):
        return _("This is a percentage, not a quantity."), _("Write the quantity itself.")
    if said != (bare := _MONEY.sub("", said).strip()) and _AMOUNT.fullmatch(bare):
        return _("This is an amount of money, not a quantity."), _("Write the number of pieces, without a currency.")
    if _is_negative(said):
        return _("A volume cannot be negative."), _(
            "Correct the month it belongs to instead of sending a negative quantity."
        )
    return _("This is not a number."), _("Write the quantity in digits, or leave the cell empty when nothing is known.")


def inexact(value):
    """Return (reason, remedy) of a stored number of which a spreadsheet has lost digits, None for all others."""
    if len(value.normalize().as_tuple().digits) <= EXACT_DIGITS:
        return None
    return _("A spreadsheet keeps 15 digits of a number: the last digits of this one are lost."), _(
        "Write a shorter number, or format the cell as text and type it again."
    )


def _is_negative(text):
    """Return whether a number stands in brackets or before its minus, as bookkeepers write negative ones."""
    match = _NEGATIVE.fullmatch(text)
    try:
        return bool(match) and parse_number(match[1] or match[2], "comma") is not None
    except NotANumber:
        return False


def changed_reference(cell):
    """Return (reason, remedy) of a reference that is no longer what was typed, None for all others."""
    as_text = _("Format the column as text and type the reference again.")
    if cell is None:
        return None
    if cell == FORMULA or cell[0] in (ERROR, BOOL):
        return _("This is not a reference."), _("Write the reference itself in this cell.")
    if cell[0] == DATE:
        return _("The spreadsheet program turned this reference into a date."), as_text
    if cell[0] == NUMBER:
        return _changed_number(cell[1:], as_text)
    return _changed_text(legible(text_of(cell)), as_text)


def _changed_number(digits, remedy):
    if "." in digits or digits.startswith("-"):
        return _("This reference is stored as a number with decimals or a sign: it may not be what was typed."), remedy
    if len(digits) > EXACT_DIGITS:
        return _("This reference is stored as a number of more than 15 digits: its last digits are lost."), remedy
    return None


def _changed_text(text, remedy):
    if _EXPONENT.fullmatch(text):
        return _("The spreadsheet program turned this reference into a number with an exponent."), remedy
    if _DAY.fullmatch(text) or _is_day_and_name(text):
        return _("The spreadsheet program turned this reference into a date."), remedy
    return None


def _is_day_and_name(text):
    """Return whether the text is a day as spreadsheets show it: 1-mars, Mar-25; DEC-10 is a reference."""
    match = _DAY_AND_NAME.fullmatch(text)
    return bool(match) and not text.isupper() and is_month_name(match[1] or match[2])


def reference_of(text):
    """Return a reference without the ".0" that some programs put behind whole numbers."""
    match = _NUMBER_WITH_NOTHING_BEHIND.fullmatch(text)
    return match[1] if match else text
