"""Vintages: how many wilayas the country had, and from when. A rate names the vintage of its denominator."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Vintage:
    """`number` of wilayas, in law from `legal_from`, the default from `default_from`."""

    number: int
    law: str
    legal_from: date
    default_from: date


# Law 26-06 gives its wilayas full powers on 1 January 2027: until then the 69 are a choice, not the default.
VINTAGES = (
    Vintage(48, "84-09", date(1984, 2, 4), date(1984, 2, 4)),
    Vintage(58, "19-12", date(2019, 12, 18), date(2019, 12, 18)),
    Vintage(69, "26-06", date(2026, 4, 5), date(2027, 1, 1)),
)


def default_vintage(day):
    """Return 48, 58 or 69: the vintage that counts on a day when nobody chose one.

    48 before 18 December 2019, 58 until the day before the newest wilayas have full powers, 69 from
    1 January 2027. A day before 1984 counts the 48 too: no older division is kept.
    """
    return max((v.number for v in VINTAGES if v.default_from <= day), default=VINTAGES[0].number)


def choices_on(day):
    """Return the vintages that a person may choose on a day: those whose law is in force, ascending."""
    return tuple(v.number for v in VINTAGES if v.legal_from <= day) or (VINTAGES[0].number,)


def vintage(number):
    """Return the vintage of 48, 58 or 69 wilayas. ValueError: there is no such vintage."""
    for entry in VINTAGES:
        if entry.number == number:
            return entry
    known = ", ".join(str(entry.number) for entry in VINTAGES)
    raise ValueError(f"There is no vintage of {number} wilayas. There are: {known}.")
