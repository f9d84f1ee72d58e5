"""Numbers: read from text, counted exactly, rounded once, shown in three languages. Decimal only, never float."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from partstrack.folding import latin_digits, seen

NBSP = "\u00a0"  # FiraGO, the face of pages and PDF, has no glyph for U+202F
NARROW = "\u202f"  # what French typography wants where the reader's own font draws
MINUS = "\u2212"
MULTIPLIER_FROM = 1000  # percent: above it "×12,4" is said

_MARK = {"comma": ",", "dot": "."}
_SPACE = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]|(?<=[0-9])['\u2019](?=[0-9])")
_SHAPE = re.compile(r"([+-]?)(\d[\d ,.\u066b\u066c]*|[.,\u066b]\d+)", re.ASCII)
_LONGEST = 40


class NotANumber(ValueError):
    """The text is no number, or is written against the number style of its sender."""


class Ambiguous(ValueError):
    """The text can be read as two numbers, by decimal comma and by decimal dot: `readings` holds both."""

    def __init__(self, text):
        super().__init__(text)
        self.readings = {style: parse_number(text, style) for style in _MARK}


def parse_number(text, decimal=None):
    """Return the Decimal that the text says.

    `decimal` is the sender's mark, "comma" or "dot"; without it a lone mark before exactly three digits
    (2.875) raises Ambiguous. Spaces of any width, apostrophes, U+066C and the other mark group thousands, in threes.
    NotANumber: letters, %, exponents, a trailing minus, wrong groups, a mark against `decimal`.
    """
    sign, whole, fraction, mark = _split(text)
    if mark and decimal and mark != _MARK[decimal]:
        if not _may_group(whole, fraction):
            raise NotANumber(text)
        whole, fraction = whole + fraction, ""
    elif mark and not decimal and _may_group(whole, fraction):
        raise Ambiguous(text)
    elif decimal and not mark and _mark_beside_groups(text) not in {None, decimal}:
        raise NotANumber(text)
    return Decimal(f"{sign}{whole or 0}.{fraction or 0}") if fraction else Decimal(f"{sign}{whole}")


def decimal_mark(text):
    """Return what the text proves of its decimal mark: "comma", "dot", "ambiguous", or None when nothing.

    Text that is no number proves nothing.
    """
    try:
        _, whole, fraction, mark = _split(text)
    except NotANumber:
        return None
    if mark and _may_group(whole, fraction):
        return "ambiguous"
    if mark:
        return "comma" if mark == "," else "dot"
    return _mark_beside_groups(text)


def _split(text):
    """Return sign, whole digits, fraction digits and the mark still in doubt ("," or "."), or raise NotANumber.

    The mark is "" when there is none or when the text itself settles what it is.
    """
    plain_text = _SPACE.sub(" ", latin_digits(seen(text)).replace("\u060c", ",").replace(MINUS, "-")).strip()
    match = _SHAPE.fullmatch(plain_text) if len(plain_text) <= _LONGEST else None
    if not match:
        raise NotANumber(text)
    sign, body = match[1].replace("+", ""), match[2]
    marks = [letter for letter in body if not letter.isdigit()]
    whole, fraction, last = body, "", marks[-1] if marks else ""
    if last in {",", ".", "\u066b"} and marks.count(last) == 1:
        whole, _, fraction = body.partition(last)
        if not fraction.isdigit():
            raise NotANumber(text)
    groups = set(marks) - {last} if fraction else set(marks)
    if len(groups) > 1 or "\u066b" in groups or (groups and not _grouped(whole, groups.pop())):
        raise NotANumber(text)
    doubtful = last if fraction and last != "\u066b" and len(marks) == 1 else ""
    return sign, "".join(letter for letter in whole if letter.isdigit()), fraction, doubtful


def _grouped(whole, mark):
    first, *others = whole.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in others)


def _may_group(whole, fraction):
    """Return whether "whole mark fraction" could be thousands: 2.875 could, 0.875 and 1234.567 could not."""
    return len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def _mark_beside_groups(text):
    """Return the mark proved by two kinds of marks (1.234,5) or by repeated groups (1.234.567), else None."""
    marks = re.findall(r"[.,]", text.replace("\u060c", ","))
    if not marks:
        return None
    if len(set(marks)) == 1 and len(marks) > 1:
        return "dot" if marks[0] == "," else "comma"
    return "comma" if marks[-1] == "," else "dot"


def round_half_up(value, places=0):
    """Return the Decimal rounded half up (away from zero) at `places` decimals, whatever its size."""
    with localcontext() as context:
        context.prec = max(28, len(value.as_tuple().digits) + abs(value.adjusted()) + places + 2)
        return value.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP)


def quotient12(numerator, denominator):
    """Return numerator / denominator rounded half up, once, at 12 decimals. ZeroDivisionError on 0."""
    over, under = Decimal(numerator).as_integer_ratio(), Decimal(denominator).as_integer_ratio()
    top, bottom = over[0] * under[1], over[1] * under[0]
    whole, rest = divmod(abs(top) * 10**12, abs(bottom))
    whole += 2 * rest >= abs(bottom)
    negative = (top < 0) != (bottom < 0) and whole != 0
    return Decimal((int(negative), tuple(int(digit) for digit in str(whole)), -12))


def growth(new, old):
    """Return (new - old) / old x 100, in percent, at 12 decimals.

    None when either is unknown or `old` is zero or negative: then there is no percentage, only words.
    """
    if new is None or old is None or old <= 0:
        return None
    return quotient12((new - old) * 100, old)


def share(part, whole):
    """Return part / whole x 100, in percent, at 12 decimals; None when unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return quotient12(part * 100, whole)


def plain(value):
    """Return the exact number as text: no exponent, no trailing zeros, "0" for every zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def show(value, language, places=None, space=NBSP):
    """Return the number as its reader writes it: fr 1 234 567,89, ar 1.234.567,89, en 1,234,567.89.

    `places` None keeps the number's own decimals. A real minus (U+2212) stands before negative numbers.
    """
    text = plain(value) if places is None else format(round_half_up(value, places), "f")
    negative, (whole, _, fraction) = text.startswith("-"), text.lstrip("-").partition(".")
    thousands, mark = _marks(language, space)
    grouped = f"{int(whole):,}".replace(",", thousands)
    shown = f"{grouped}{mark}{fraction}" if fraction else grouped
    return f"{MINUS}{shown}" if negative and text.strip("-0.") else shown


def show_signed(value, language, places=1, space=NBSP):
    """Return the number with its sign, + or U+2212; what rounds to zero has none."""
    shown = show(value, language, places, space)
    return f"+{shown}" if value > 0 and shown.strip("0,.") else shown


def show_percent(value, language, places=1, space=NBSP):
    """Return a rate that is already x 100: fr and ar "74,1 %", en "74.1%". In Arabic isolate it left to right."""
    return _with_percent(show(value, language, places, space), language, space)


def show_percent_signed(value, language, places=1, space=NBSP):
    """Return a growth in percent with its sign, "+14,3 %"; above 1000 % the multiplier, "×12,4"."""
    if value > MULTIPLIER_FROM:
        return f"×{show(1 + value / 100, language, places, space)}"
    return _with_percent(show_signed(value, language, places, space), language, space)


def show_points(value, language, places=1, space=NBSP):
    """Return a change of a rate in points with its sign, "+4,1"; the word "points" is the page's."""
    return show_signed(value, language, places, space)


def isolate(text):
    """Return the text as one left-to-right run (U+2066 … U+2069), for numbers in Arabic lines without markup."""
    return f"\u2066{text}\u2069"


def _marks(language, space):
    key = (language or "fr").split("-")[0]
    return {"ar": (".", ","), "en": (",", ".")}.get(key, (space, ","))


def _with_percent(shown, language, space):
    return f"{shown}%" if (language or "").startswith("en") else f"{shown}{space}%"
