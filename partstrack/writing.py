"""Rows into files: csv and xlsx, typed, inert, complete, in constant memory. Knows neither requests nor tables."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from math import ceil

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from partstrack.numbers import plain

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# XlsxWriter turns text into formulas and links unless told not to.
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32_767  # characters of a cell of a worksheet
SURE_DIGITS = 15  # a worksheet keeps numbers as binary fractions: further digits would be lost
FIRST_DAY = date(1900, 1, 1)  # worksheets know no earlier day
SURE_DAY = date(1900, 3, 1)  # before it worksheets count a day that never was
DAY_ZERO = date(1899, 12, 30)  # what they count later days from
LINE_HEIGHT = 15  # points
MEASURED_ROWS = 200  # the widths of columns are taken from the first rows

# What a spreadsheet would run, and the full-width forms that it reads as the same; unseen characters may precede.
# Written so that Python and PostgreSQL read it alike: "\\s" would not be the same characters in both.
_UNSEEN = "\t-\r\x1c- \x85\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff"
LIVE = f"[{_UNSEEN}]*[=+@|%＝＋－＠｜％-]|[\t\r\n]"
_LIVE = re.compile(LIVE)
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


class TooMuch(ValueError):
    """The content does not fit in the format; it is refused, never cut. The text says what to do."""


@dataclass(frozen=True)
class Column:
    """A column of a file. `kind` "month" shows a date as its month; `summed` asks for its sum at the end."""

    name: str
    heading: str
    kind: str = ""
    summed: bool = False


@dataclass(frozen=True)
class Listing:
    """What goes into a file.

    `rows` gives lists of typed values in the order of `columns`. `closing(count, sums)` is asked after the
    last row and returns the control lines as (label, value); `sums` is {column name: Decimal}. `mark` is
    printed on every sheet of paper; `at` is the day and time that the file carries. `copied(target, english)`, where
    there is one, writes the rows as lines of csv itself and returns their number; then nothing is summed.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable
    closing: Callable
    at: datetime
    mark: str = ""
    copied: Callable | None = None


def write(target, form, listing, language):
    """Write a listing into a binary file in the format "csv" or "xlsx"; return the number of rows."""
    return {"csv": write_csv, "xlsx": write_xlsx}[form](target, listing, language)


def inert(text):
    """Return the text so that no spreadsheet runs it: an apostrophe comes before what could be a formula."""
    return f"'{text}" if _LIVE.match(text) else text


class _Tally:
    """Counts the rows that pass and adds up the columns that want it."""

    def __init__(self, listing):
        self.listing, self.count = listing, 0
        self.sums = {column.name: Decimal(0) for column in listing.columns if column.summed}

    def rows(self):
        """Give the rows on, counted and summed."""
        places = [(index, column.name) for index, column in enumerate(self.listing.columns) if column.summed]
        for row in self.listing.rows:
            self.count += 1
            for index, name in places:
                if row[index] is not None:
                    self.sums[name] += row[index]
            yield row

    def closing(self):
        """Return the control lines."""
        return self.listing.closing(self.count, self.sums)


# csv ------------------------------------------------------------------------------------------------


def write_csv(target, listing, language):
    """Write csv as the reader's spreadsheet expects it; return the number of rows.

    UTF-8 with BOM; in French and Arabic `;` and decimal comma, in English `,` and decimal point. A blank
    line parts the rows from the control lines.
    """
    english, tally = language.startswith("en"), _Tally(listing)
    stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(stream, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow([inert(column.heading) for column in listing.columns])
    if listing.copied:
        stream.flush()
        tally.count = listing.copied(target, english)
    else:
        kinds = [column.kind for column in listing.columns]
        for row in tally.rows():
            writer.writerow([_csv_cell(value, kind, english) for value, kind in zip(row, kinds, strict=True)])
    writer.writerow([])
    for label, value in tally.closing():
        writer.writerow([inert(label), _csv_cell(value, "", english)])
    stream.flush()
    stream.detach()
    return tally.count


def _csv_cell(value, kind, english):
    if value is None:
        return ""
    if value is True or value is False:
        return _("yes") if value else _("no")
    return _csv_text(value, kind, english)


@lru_cache(maxsize=50_000, typed=True)  # names, months and amounts come again and again
def _csv_text(value, kind, english):
    if isinstance(value, int | Decimal):
        text = plain(Decimal(value))
        return text if english else text.replace(".", ",")
    if isinstance(value, date):
        return _csv_date(value, kind, english)
    return inert(str(value))


def _csv_date(value, kind, english):
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M" if english else "%d/%m/%Y %H:%M")
    if kind == "month":
        return value.strftime("%Y-%m" if english else "%m/%Y")
    return value.strftime("%Y-%m-%d" if english else "%d/%m/%Y")


def _local(moment):
    """Return a moment in the business time zone, without zone: spreadsheets know none."""
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment


# xlsx -----------------------------------------------------------------------------------------------


def write_xlsx(target, listing, language):
    """Write a worksheet with typed cells, filter, frozen head and control lines; return the number of rows.

    TooMuch: a text is longer than a cell may be.
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **INERT})
    book.set_properties({"title": listing.title, "comments": listing.mark, "created": _local(listing.at)})
    sheet = book.add_worksheet(sheet_name(listing.title))
    dress(sheet, listing.title, listing.mark, language)
    cells, tally = Cells(book, sheet, language), _Tally(listing)
    _fill(cells, tally, listing.columns)
    for index, width in enumerate(cells.widths(len(listing.columns))):
        sheet.set_column(index, index, width)
    book.close()
    return tally.count


def _fill(cells, tally, columns):
    cells.heads(0, [column.heading for column in columns])
    kinds = [column.kind for column in columns]
    for row in tally.rows():
        cells.row(tally.count, row, kinds)
    cells.sheet.freeze_panes(1, 0)
    cells.sheet.autofilter(0, 0, tally.count, len(columns) - 1)
    cells.pairs(tally.count + 2, tally.closing())


def sheet_name(title):
    """Return a title as the name of a worksheet: 31 characters, without those that are forbidden."""
    return _SHEET_NAME.sub(" ", title)[:31].strip(" '") or "partstrack"


def dress(sheet, title, mark, language):
    """Give a worksheet its direction and the head and foot of its paper."""
    if language.startswith("ar"):
        sheet.right_to_left()
    left, centre = title.replace("&", "&&"), mark.replace("&", "&&")
    sheet.set_header(f"&L{left}&C{centre}")
    sheet.set_footer("&C&P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


class Cells:
    """Writes typed cells of one worksheet: numbers as numbers, days as days, text never as a formula."""

    def __init__(self, book, sheet, language):
        self.sheet = sheet
        words = {"align": "right", "reading_order": 2} if language.startswith("ar") else {"align": "left"}
        shapes = {
            "head": words | {"bold": True, "bottom": 1, "text_wrap": True},
            "text": words,
            "label": words | {"bold": True},
            "long": words | {"text_wrap": True, "valign": "top"},
            "total": {"bold": True, "top": 1, "num_format": "#,##0"},
            "total number": {"bold": True, "top": 1, "num_format": "#,##0.0##"},
            "whole": {"num_format": "#,##0"},
            "number": {"num_format": "#,##0.0##"},
            "day": {"num_format": "dd/mm/yyyy"} | words,
            "month": {"num_format": "mm/yyyy"} | words,
            "moment": {"num_format": "dd/mm/yyyy hh:mm"} | words,
        }
        self.shapes = {name: book.add_format(shape | {"valign": "top"}) for name, shape in shapes.items()}
        self._wide = {}
        self._typed = lru_cache(maxsize=50_000, typed=True)(self._typing)  # names, months, amounts come again and again

    def heads(self, row, headings):
        """Write a row of headings."""
        for index, heading in enumerate(headings):
            self._text(row, index, heading, self.shapes["head"])

    def pairs(self, row, pairs):
        """Write (label, value) one under the other; return the row after the last."""
        for label, value in pairs:
            self._text(row, 0, label, self.shapes["label"])
            self.put(row, 1, value, measured=False)
            row += 1
        return row

    def long(self, row, index, text, width):
        """Write a text over several lines of a column `width` characters wide, and make the row as high."""
        self._text(row, index, text, self.shapes["long"])
        self.sheet.set_row(row, LINE_HEIGHT * ceil(len(str(text)) / width))

    def put(self, row, index, value, kind="", shape=None, measured=True):
        """Write one typed value; None leaves the cell blank. `shape` overrides the look that the type has."""
        if value is None:
            return
        put, shown, look, own = self._typed(value, kind)
        put(row, index, shown, look if shape is None else self.shapes.get(f"{shape} {own}") or self.shapes[shape])
        if measured:
            self._measure(row, index, value)

    def row(self, row, values, kinds):
        """Write a row of typed values; None leaves a cell blank. This is done for each cell of a file: nothing is done twice."""
        typed = self._typed
        for index, value in enumerate(values):
            if value is not None:
                put, shown, look, _own = typed(value, kinds[index])
                put(row, index, shown, look)
        if row <= MEASURED_ROWS:
            for index, value in enumerate(values):
                if value is not None:
                    self._measure(row, index, value)

    def _measure(self, row, index, value):
        if row <= MEASURED_ROWS:
            self._wide[index] = max(self._wide.get(index, 0), len(str(value)))

    def _typing(self, value, kind):
        """Return (what writes it, what is written, its look, the name of the look) of a value."""
        put, shown, own = self._read(value, kind)
        return put, shown, self.shapes[own], own

    def _read(self, value, kind):
        if isinstance(value, bool):
            return self.sheet.write_boolean, value, "text"
        if isinstance(value, int | Decimal):
            return self._number(Decimal(value))
        if isinstance(value, datetime):
            return self.sheet.write_datetime, _local(value), "moment"
        if isinstance(value, date) and value >= FIRST_DAY:
            own = "month" if kind == "month" else "day"
            if value < SURE_DAY:
                return self.sheet.write_datetime, value, own
            return self.sheet.write_number, (value - DAY_ZERO).days, own
        return self.sheet.write_string, _whole(value), "text"

    def _number(self, value):
        if len(plain(abs(value)).replace(".", "").lstrip("0")) > SURE_DIGITS:
            return self.sheet.write_string, plain(value), "text"
        whole = value == value.to_integral_value()
        return self.sheet.write_number, int(value) if whole else value, "whole" if whole else "number"

    def _text(self, row, index, value, shape=None):
        text = _whole(value)
        self.sheet.write_string(row, index, text, shape)
        if shape is self.shapes["head"]:
            self._wide[index] = max(self._wide.get(index, 0), min(len(text), 24))

    def widths(self, count):
        """Return a width for each column, from its heading and its first rows."""
        return [min(max(self._wide.get(index, 0) + 3, 10), 48) for index in range(count)]


def _whole(value):
    """Return a text that a cell can hold as a whole."""
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise TooMuch(_("A text is longer than a cell of a workbook may be. Download the list as csv."))
    return text
