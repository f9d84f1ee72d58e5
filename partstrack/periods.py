"""Months. A month is `datetime.date` on its first day, everywhere; here they are read, counted and named."""

import re
from datetime import date, datetime, timedelta

from partstrack.folding import fold, latin_digits, seen

FIRST_YEAR, LAST_YEAR = 1900, 2100
PIVOT = 70  # "98" is 1998, "25" is 2025

_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_FR_SHORT = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
_AR = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"  # as said in Algeria; never shortened
_EN = "January February March April May June July August September October November December"
LONG = {"fr": _FR.split(), "ar": _AR.split(), "en": _EN.split()}
SHORT = {"fr": _FR_SHORT.split(), "ar": _AR.split(), "en": [name[:3] for name in _EN.split()]}
# What people type beside the names above, month by month: short forms, Egyptian, Moroccan and Levantine Arabic.
_TYPED = (
    "jan janv يناير كانون_الثاني",
    "fev fevr feb febr فبراير شباط",
    "mar اذار",
    "avr apr ابريل نيسان",
    "ماي مايو ايار",
    "jun يونيو يونيه حزيران",
    "jul juil juill جويليه يوليو يوليه يوليوز تموز",
    "aou aug اغسطس غشت اب",
    "sep sept septembre سبتمبر شتنبر ايلول",
    "oct اكتوبر تشرين_الاول",
    "nov نوفمبر نونبر تشرين_الثاني",
    "dec ديسمبر دجنبر كانون_الاول",
)


def _numbers_by_name():
    found = {}
    for index, typed in enumerate(_TYPED):
        names = [word.replace("_", " ") for word in typed.split()]
        for name in [*names, *(table[language][index] for table in (LONG, SHORT) for language in LONG)]:
            found[fold(name)] = index + 1
    return found


_NUMBER = _numbers_by_name()
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_NAME_YEAR = re.compile(rf"(?:mois d[e ] ?|month of |شهر )?({_NAMES}) ?(\d{{4}}|\d{{2}})")
_YEAR_NAME = re.compile(rf"(\d{{4}}) ?({_NAMES})")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[/.\-] ?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})(?:[/.\-](\d{1,2})|(\d{2}))")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 0?0:00(?::00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]00:00(?::00)?)?")
_LONGEST = 40

# Quarters and half-years: how many of them a year has, by their letter and by their name.
_LETTERS = {"t": 4, "q": 4, "s": 2, "h": 2}
_NAMED = {"trimestre": 4, "quarter": 4, "semestre": 2, "half": 2, "half year": 2, "الثلاثي": 4, "السداسي": 2}
_ORDINALS = (
    "1 1er 1ere 1st i premier first الاول",
    "2 2e 2eme 2nd ii deuxieme second الثاني",
    "3 3e 3eme 3rd iii troisieme third الثالث",
    "4 4e 4eme 4th iv quatrieme fourth الرابع",
)
_ORDINAL = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words.split()}
_ORDINAL_WORDS = "|".join(sorted(_ORDINAL, key=len, reverse=True))
_PART_NAMES = "|".join(sorted(_NAMED, key=len, reverse=True))
_PART = re.compile(
    rf"(?:(?P<before>\d{{4}}) )?(?:(?P<letter>[tqsh]) ?(?P<number>[1-4])"
    rf"|(?P<first>{_ORDINAL_WORDS}) ?(?P<named>{_PART_NAMES})|(?P<name>{_PART_NAMES}) (?P<last>{_ORDINAL_WORDS}))"
    r"(?: (?:de )?(?P<after>\d{4}|\d{2}))?"
)


def parse_month(value, year=None):
    """Return the month that a heading or cell says, None when it says none or could say two.

    Takes a date (its first or its last day of the month) or text: 01/2025, 2025-01, 202501, 01/01/2025
    (only the first day of a month), janvier 2025, janv-25, Jan 2025, جانفي 2025, يناير ٢٠٢٥.
    `year` completes a bare month name ("janvier").
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _of_date(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = latin_digits(seen(value)).strip()
    return _of_figures(text) or _of_words(fold(text), year)


def _of_date(day):
    if day.day == 1 or (day + timedelta(days=1)).day == 1:
        return _month(day.year, day.month)
    return None


def _of_figures(text):
    if match := _MONTH_YEAR.fullmatch(text):
        return _month(match[2], match[1])
    if match := _YEAR_MONTH.fullmatch(text):
        return _month(match[1], match[2] or match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _month(match[3], match[2]) if int(match[1]) == 1 else None
    if match := _YEAR_FIRST.fullmatch(text):
        return _month(match[1], match[2]) if int(match[3]) == 1 else None
    return None


def _of_words(words, year):
    if match := _NAME_YEAR.fullmatch(words):
        return _month(_whole_year(match[2]), _NUMBER[match[1]])
    if match := _YEAR_NAME.fullmatch(words):
        return _month(match[1], _NUMBER[match[2]])
    if year and words in _NUMBER:
        return _month(year, _NUMBER[words])
    return None


def _whole_year(text):
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= PIVOT else 2000)


def _month(year, number):
    year, number = int(year), int(number)
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12:
        return date(year, number, 1)
    return None


def part_of_year(text):
    """Return (numbers of its months, year or None) of a quarter or half-year: "T1 2026", "S2", "1er trimestre 2026".

    None for any other text.
    """
    match = _PART.fullmatch(fold(text)) if len(text) <= _LONGEST else None
    if not match:
        return None
    parts = _LETTERS[match["letter"]] if match["letter"] else _NAMED[match["named"] or match["name"]]
    number = int(match["number"]) if match["letter"] else _ORDINAL[match["first"] or match["last"]]
    if number > parts:
        return None
    long, year = 12 // parts, match["after"] or match["before"]
    return tuple(range((number - 1) * long + 1, number * long + 1)), _whole_year(year) if year else None


def is_month_name(text):
    """Return whether the text names a month without a year: "janvier", "janv.", "جانفي"."""
    return len(text) <= _LONGEST and fold(text) in _NUMBER


def month_names():
    """Return the names of months in every language and short form, folded as partstrack.folding does."""
    return _NUMBER.keys()


def day_of(text):
    """Return the day that a text says, day first or year first ("15/02/2026", "2026-02-15"); None for others."""
    text = latin_digits(seen(text)).strip()
    parts = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if not parts:
        return None
    year, month, day = (parts[3], parts[2], parts[1]) if len(parts[3]) == 4 else (parts[1], parts[2], parts[3])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def month_of(day):
    """Return the month that a day lies in."""
    return date(day.year, day.month, 1)


def shift(month, count):
    """Return the month `count` months later (earlier when negative)."""
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def months_between(first, last):
    """Return how many months lie from `first` to `last`: 0 for the same month, negative when `last` is before."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_range(first, last):
    """Return the months from `first` to `last`, both included, in order; empty when `last` is before."""
    return [shift(first, index) for index in range(months_between(first, last) + 1)]


def year_start(month):
    """Return January of the month's year."""
    return date(month.year, 1, 1)


def to_iso(month):
    """Return the month as "YYYY-MM"."""
    return f"{month.year:04d}-{month.month:02d}"


def from_iso(text):
    """Return the month that "YYYY-MM" says, of the years 1900 to 2100; ValueError otherwise."""
    month = _month(*text.split("-")) if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text) else None
    if month is None:
        raise ValueError(f"A month is written YYYY-MM, not {text!r}.")
    return month


def month_name(month, language, style="long"):
    """Return a month in words.

    Styles: "long" août 2026, "short" janv. 2026, "name" août, "abbr" janv. (the last two without the year).
    """
    table = LONG if style in {"long", "name"} else SHORT
    name = table[_table_key(language)][month.month - 1]
    return name if style in {"name", "abbr"} else f"{name} {month.year}"


def span_label(first, last, language, style="long"):
    """Return a run of months in words: "janvier – août 2026", "2025" for a whole year, "août 2026" for one month."""
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else _from_to(first.year, last.year, language, style)
    if first == last:
        return month_name(first, language, style)
    bare = {"long": "name", "short": "abbr"}[style] if first.year == last.year else style
    return _from_to(month_name(first, language, bare), month_name(last, language, style), language, style)


def _from_to(first, last, language, style):
    if _table_key(language) == "ar":
        return f"من {first} إلى {last}"
    return f"{first} – {last}" if style == "long" else f"{first}–{last}"


def _table_key(language):
    key = (language or "fr").split("-")[0]
    return key if key in LONG else "fr"
