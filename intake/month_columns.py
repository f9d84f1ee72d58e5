"""The month columns of a wide table: which month each is, and which columns between them would lose volumes."""

import re
from datetime import date
from difflib import get_close_matches

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.headings import is_total_heading
from intake.layouts import MonthColumn
from intake.sheets import DATE, NUMBER, TEXT, column_letters, text_of
from partstrack.folding import fold, latin_digits
from partstrack.numbers import decimal_mark
from partstrack.periods import day_of, month_names, month_of, parse_month, to_iso
from partstrack.registry import Fault

# Headings of columns that are compared or priced, not counted: they may stand between months.
_BESIDE_WORDS = (
    "evolution evol variation var ecart difference diff taux moyenne moy prix average change delta price rate growth "
    "croissance objectif prevision target forecast budget % متوسط الفرق التطور النسبة السعر"
)
_BESIDE = frozenset(map(fold, _BESIDE_WORDS.split()))
_FIGURES = re.compile(r"\d{1,4}(?:\s*[/.\-]\s*\d{1,4}){1,2}")
ALIKE = 0.8  # "Febuary" and "February" are 0.93 alike


def months_of(sheet, header, titles):
    """Return (month columns, faults): bare month names take the year above them, else the one of the title."""
    months, faults = [], []
    first: dict[tuple, int] = {}
    for column, heading in sorted(header.months.items()):
        month = heading.month or parse_month(heading.bare_month, year=header.years.get(column) or titles.year)
        key = (month, heading.measure)
        if month is None:
            remedy = _("Write the year in the heading: 01/2025.")
            faults.append(heading_fault(sheet, header.row, column, _("The month has no year."), remedy))
        elif key in first:
            faults.append(_month_twice(sheet, header, month, first[key], column))
        else:
            first[key] = column
            months.append(MonthColumn(column, month, heading.measure))
    return months, faults


def between(sheet, header, months, vocabulary):
    """Return (month columns, faults, notes): a column of numbers between months is one, or its volumes would be lost.

    A day as a heading is read as its month where that stands in its place between the months beside it.
    """
    faults, notes = [], []
    for column in _unread_columns(sheet, header, months, vocabulary):
        cell = sheet.cell(header.row, column)
        month = _month_of_day(cell)
        if month and _stands_between(month, column, months):
            months = sorted([*months, MonthColumn(column, month)], key=lambda each: each.column)
            text = _("The heading “{heading}” of column {column} is read as the month {month}.")
            said = {"heading": text_of(cell), "column": column_letters(column), "month": to_iso(month)}
            notes.append(format_lazy(text, **said))
        elif _holds_numbers(sheet, header, column):
            remedy = _("Write the month like 02/2026, or take the column out when it holds no volumes.")
            reason = _("This heading is no month, and numbers stand under it beside the months.")
            faults.append(heading_fault(sheet, header.row, column, reason, remedy))
    return months, faults, notes


def _unread_columns(sheet, header, months, vocabulary):
    """Return the columns between the month columns, and those beside them whose headings look like months."""
    if not months:
        return []
    read = {column for column, name in header.fields.items() if vocabulary.roles[name] != "measure"}
    read |= {*header.months, *header.spans}
    first, last = months[0].column, months[-1].column
    return [
        column
        for column in range(sheet.width)
        if column not in read and _is_lost(text_of(sheet.cell(header.row, column)), first < column < last)
    ]


def _is_lost(heading, inside):
    if is_total_heading(heading) or _BESIDE & set(fold(heading).split()):
        return False
    return inside or bool(_FIGURES.fullmatch(latin_digits(heading).strip())) or _is_like_a_month(heading)


def _is_like_a_month(heading):
    """Say whether a heading is nearly the name of a month, with or without a year: Febuary 2026."""
    words = fold(heading).split()
    if not words or len(words) > 2 or len(words[0]) < len("mars") or not all(map(str.isdigit, words[1:])):
        return False
    return bool(get_close_matches(words[0], month_names(), n=1, cutoff=ALIKE))


def _month_of_day(cell):
    """Return the month of a heading that says a whole day, None for others."""
    if cell is None or cell[0] not in (DATE, TEXT):
        return None
    day = date.fromisoformat(cell[1:11]) if cell[0] == DATE else day_of(text_of(cell))
    return day and month_of(day)


def _stands_between(month, column, months):
    """Say whether a month belongs between the month columns beside a column, each of one month alone."""
    if any(each.month == month or each.measure for each in months):
        return False
    before = [each.month for each in months if each.column < column]
    after = [each.month for each in months if each.column > column]
    return (not before or before[-1] < month) and (not after or month < after[0])


def _holds_numbers(sheet, header, column):
    codes = set(sheet.column_codes(column, header.row + 1))
    return any(_is_number(sheet.values[code]) for code in codes)


def _is_number(cell):
    if cell is None or cell[0] not in (NUMBER, TEXT):
        return False
    return cell[0] == NUMBER or cell[1:].strip().isdigit() or decimal_mark(cell[1:]) is not None


def spans_of(sheet, header, months, vocabulary):
    """Return a fault for each filled year, half-year or quarter that no month of the table belongs to.

    Beside months of its own it is a subtotal, in a long table or as a whole year beside other months a reminder.
    """
    long = not months and header.says_measure(vocabulary)
    faults = []
    for column, heading in sorted(header.spans.items()):
        numbers, year = heading.span
        own = any(
            month.month.month in numbers
            and year in {None, month.month.year}
            and heading.measure in {None, month.measure}
            for month in months
        )
        reminder = bool(months) and len(numbers) == 12
        if not own and not reminder and not long and any(sheet.column_codes(column, header.row + 1)):
            reason = _("A year, a half-year or a quarter cannot be split into months.")
            remedy = _("Send one column for each month: 01/2026, 02/2026, 03/2026.")
            faults.append(heading_fault(sheet, header.row, column, reason, remedy))
    return faults


def _month_twice(sheet, header, month, first, second):
    reason = format_lazy(
        _("The month {month} stands in two columns: {first} and {second}."),
        month=to_iso(month),
        first=column_letters(first),
        second=column_letters(second),
    )
    return heading_fault(sheet, header.row, second, reason, _("Keep one column for each month."))


def heading_fault(sheet, row, column, reason, remedy):
    """Return the Fault of a heading."""
    letters = None if column is None else column_letters(column)
    value = "" if column is None else text_of(sheet.cell(row, column))
    return Fault(sheet.name, row + 1, letters, value, reason, remedy)
