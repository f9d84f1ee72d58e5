"""Text as people type it, folded so that two spellings of one word meet."""

import re
import unicodedata

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
# Arabic letters that are typed for one another, the tatweel that only stretches, and the French ligatures.
_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا", "ـ": "", "œ": "oe", "Œ": "OE", "æ": "ae"})
_GAP = re.compile(r"[^\w%]+|_+")


def latin_digits(text):
    """Return the text with Arabic-Indic and Persian digits written 0 to 9."""
    return text if text.isascii() else text.translate(DIGITS)


def fold(text):
    """Return the text without accents, case, punctuation and Arabic letter variants, words one space apart.

    The sign % stays: "produit" and "produit %" are two different headings.
    """
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text.translate(_LETTERS).translate(DIGITS))
        text = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _GAP.sub(" ", text.casefold()).strip()
