"""Text as people type it, folded so that two spellings of one word meet."""

import re
import unicodedata

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
# Arabic letters that are typed for one another, the tatweel that only stretches, and the French ligatures.
_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا", "ـ": "", "œ": "oe", "Œ": "OE", "æ": "ae"})
_GAP = re.compile(r"[^\w%]+|_+")
# Marks that are copied along unseen: zero-width letters, directions, joiners, soft hyphens, a lost BOM.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NO_LETTER = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def latin_digits(text):
    """Return the text with Arabic-Indic and Persian digits written 0 to 9."""
    return text if text.isascii() else text.translate(DIGITS)


def seen(text):
    """Return the text without the marks that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def legible(text):
    """Return the text as its reader sees it: without unseen marks, each run of spaces or control letters one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _NO_LETTER.sub(" ", seen(text)).strip()


def fold(text):
    """Return the text without accents, case, punctuation and Arabic letter variants, words one space apart.

    The sign % stays: "produit" and "produit %" are two different headings.
    """
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", seen(text).translate(_LETTERS).translate(DIGITS))
        text = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _GAP.sub(" ", text.casefold()).strip()
