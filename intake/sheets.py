"""Any spreadsheet as typed cells: the only code that knows file formats (xlsx, xls, ods, csv).

A cell is None (blank) or a text whose first letter is its type:

    t  text as it stands in the file          n  number, exact and without exponent: "n12", "n0.5"
    d  date "d2025-01-31" (with a time if it has one)      b  "b1" true, "b0" false
    e  error: "e#DIV/0!"                      f  formula that was never calculated: it has no value

Row i of a sheet is row i + 1 of Excel, column j has the letters `column_letters(j)`. Cells are kept as small
codes into one list of distinct values, so two million cells weigh some 10 MB and a column is cleaned by
cleaning its distinct values once (`Sheet.codes`, `Workbook.values`).
"""

import json
import logging
import os
import struct
import subprocess
import sys
import tempfile
from array import array
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.sheets_limits import MIB, Limits, column_letters
from partstrack.folding import fold
from partstrack.numbers import NotANumber, parse_number

__all__ = ["Limits", "Sheet", "Unreadable", "Workbook", "column_letters", "read", "read_inline"]

log = logging.getLogger("intake.sheets")
TEXT, NUMBER, DATE, BOOL, ERROR, FORMULA = "tndbef"
ERASER = "effacer"
ERASERS = frozenset(map(fold, (ERASER, "erase", "مسح")))  # a cell that says so takes a value back: "not said"
_START = (
    "import sys; sys.path.append(sys.argv.pop(1)); from intake import sheets_child; sheets_child.main(*sys.argv[1:])"
)
_ROOT = Path(__file__).resolve().parent.parent


class Unreadable(Exception):
    """The file cannot be read. A normal answer: `reason` says why, `remedy` what the sender can do."""

    def __init__(self, code, reason, remedy):
        super().__init__(code)
        self.code, self.reason, self.remedy = code, reason, remedy

    def __str__(self):
        return f"{self.reason} {self.remedy}"


@dataclass
class Sheet:
    """One sheet: `height` rows of `width` cells. `merged` lists [first row, first column, last row, last column].

    `hidden_rows` and `hidden_columns`: in order, those that the sender's screen does not show.
    """

    name: str
    visible: bool
    height: int
    width: int
    codes: array = field(repr=False)
    values: list = field(repr=False)
    merged: list = field(default_factory=list)
    hidden_rows: list = field(default_factory=list)
    hidden_columns: list = field(default_factory=list)

    @property
    def rows(self):
        """Yield the rows in order, each a list of cells."""
        return (self.row(index) for index in range(self.height))

    def row(self, index):
        """Return one row as a list of cells."""
        values = self.values
        return [values[code] for code in self.codes[index * self.width : (index + 1) * self.width]]

    def cell(self, row, column):
        """Return one cell; None outside the sheet."""
        inside = 0 <= row < self.height and 0 <= column < self.width
        return self.values[self.codes[row * self.width + column]] if inside else None

    def column_codes(self, column, first=0, last=None):
        """Return the codes of a column from row `first` to before row `last`."""
        last = self.height if last is None else last
        return self.codes[first * self.width + column : last * self.width : self.width]

    def column(self, column, first=0, last=None):
        """Return the cells of a column from row `first` to before row `last`."""
        return list(map(self.values.__getitem__, self.column_codes(column, first, last)))


@dataclass
class Workbook:
    """A file as sheets in their order; hidden sheets are named but not read. `values`: the distinct cells."""

    name: str
    sheets: list[Sheet]
    values: list = field(repr=False)


def read(path, name, limits=None):
    """Return the Workbook of a file somebody sent; its content decides the format, `name` names a csv's sheet.

    A child process with limits reads it, for it may be hostile. Unreadable when it cannot be read.
    """
    limits = limits or Limits()
    with tempfile.TemporaryFile() as answer:
        code = _run_child(Path(path), _sheet_name(name), limits, answer)
        size = answer.seek(0, os.SEEK_END)
        answer.seek(0)
        if code != 0 or not 8 <= size <= limits.answer_bytes:
            raise unreadable("died")
        header, arrays = _received(answer, size)
    return _workbook(name, header, arrays)


def read_inline(path, name, limits=None):
    """Return the same Workbook without a child process: only for files that we made ourselves."""
    from intake import sheets_child

    header, arrays = sheets_child.answer(Path(path), _sheet_name(name), limits or Limits())
    return _workbook(name, header, arrays)


def _run_child(path, sheet_name, limits, answer):
    """Run the child to its end; return its exit code."""
    command = [
        sys.executable,
        "-I",
        "-c",
        _START,
        str(_ROOT),
        str(path.absolute()),
        sheet_name,
        json.dumps(limits.as_dict()),
    ]
    needed = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={**needed, "LC_ALL": "C.UTF-8"},  # none of our secrets
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise unreadable("slow") from None
    return done.returncode


def _received(answer, size):
    """Return (header, arrays) of the child's answer. The child is not trusted: every count is checked."""
    try:
        (length,) = struct.unpack(">Q", answer.read(8))
        header = json.loads(answer.read(min(length, size)))
        arrays = [_codes(answer, sheet["height"] * sheet["width"]) for sheet in header.get("sheets", ())]
        if "refused" not in header:
            _check(header, arrays)
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError, struct.error):
        raise unreadable("died") from None
    return header, arrays


def _codes(answer, count):
    codes = array("I")
    codes.frombytes(answer.read(4 * count))
    if len(codes) != count:
        raise ValueError("the answer ends early")
    return codes


def _check(header, arrays):
    values = header["values"]
    if values[0] is not None or not all(type(cell) is str and cell[:1] in "tndbef" for cell in values[1:]):
        raise ValueError("a cell that is none")
    if any(codes and max(codes) >= len(values) for codes in arrays):
        raise ValueError("a code without a value")


def _workbook(name, header, arrays):
    if "refused" in header:
        if "error" in header:
            log.info("unreadable file: %s", header["error"])
        raise unreadable(header["refused"], **header["said"])
    values = header["values"]
    sheets = [Sheet(codes=codes, values=values, **about) for about, codes in zip(header["sheets"], arrays, strict=True)]
    return Workbook(name, sheets, values)


def _sheet_name(name):
    return Path(str(name).replace("\\", "/")).stem.replace("\x00", "")[:100] or "csv"


# What cells say -------------------------------------------------------------------------------------


def text_of(cell):
    """Return what stands in the cell as plain text, without spaces around it; "" for a blank."""
    if cell is None or cell == FORMULA:
        return ""
    if cell[0] == BOOL:
        return "TRUE" if cell == "b1" else "FALSE"
    return cell[1:].strip()


def decimal_of(cell, decimal=None):
    """Return the Decimal of a cell, None for a blank; text is read with `decimal` ("comma", "dot" or None).

    NotANumber for dates, truth values, errors, formulas without a value and other text; Ambiguous for "2.875".
    """
    if cell is None:
        return None
    if cell[0] == NUMBER:
        return parse_number(cell[1:], "dot")
    if cell[0] == TEXT:
        return parse_number(cell[1:], decimal)
    raise NotANumber(text_of(cell))


# What is said when a file cannot be read ------------------------------------------------------------

_SAVE_AGAIN = _("Open it in your spreadsheet program, copy only the table into a new workbook and save that as .xlsx.")
_SPLIT = _("Split the file and send the parts one by one.")
_SEND_SHEET = _("Send a workbook (.xlsx, .xls, .ods) or a .csv file.")
_SAVE_XLSX = _("Open it in your spreadsheet program and save it as .xlsx.")
_WORDS = {
    "empty": (_("The file is empty."), _("Send the file again.")),
    "file_bytes": (_("The file is larger than {most} MiB."), _SPLIT),
    "not_a_workbook": (_("The file is not a spreadsheet."), _SEND_SHEET),
    "pdf": (_("The file is a PDF, not a spreadsheet."), _SEND_SHEET),
    "web_page": (_("The file is a web page or XML under another name, not a spreadsheet."), _SAVE_XLSX),
    "xlsb": (_("The file is a binary workbook (.xlsb)."), _SAVE_XLSX),
    "protected": (_("The file is protected by a password."), _("Save it without a password and send it again.")),
    "damaged": (_("The file is damaged and cannot be read."), _SAVE_AGAIN),
    "died": (_("The file cannot be read: it is damaged, or its cells lie too far apart."), _SAVE_AGAIN),
    "slow": (_("The file takes too long to read."), _SAVE_AGAIN),
    "members": (_("The workbook has more than {most} parts inside."), _SAVE_AGAIN),
    "unpacked": (_("The workbook is larger than {most} MiB when unpacked."), _SPLIT),
    "ratio": (
        _("The workbook is packed more than {most} times smaller than its content, which is not plausible."),
        _SAVE_AGAIN,
    ),
    "sheets": (_("The workbook has more than {most} sheets."), _SPLIT),
    "rows": (_("The sheet “{sheet}” has more than {most} rows."), _SPLIT),
    "columns": (_("The sheet “{sheet}” has more than {most} columns."), _SAVE_AGAIN),
    "cells": (_("The file has more than {most} cells."), _SPLIT),
    "merges": (
        _("The sheet “{sheet}” has more than {most} merged ranges."),
        _("Undo the merging of cells and send it again."),
    ),
    "cell_chars": (
        _("A cell in row {row} of the sheet “{sheet}” holds too long a text."),
        _("Shorten the text of this cell."),
    ),
    "quotes": (_("A quotation mark in row {row} is not closed."), _("Close or remove the quotation mark in this row.")),
    "encoding": (_("The letters of the file cannot be read."), _("Save it again as “CSV UTF-8” or as .xlsx.")),
}
_IN_MIB = {"file_bytes", "unpacked"}


def unreadable(code, **said):
    """Return the Unreadable of a refusal code, in words; a code nobody knows is a damaged file."""
    code = code if code in _WORDS else "damaged"
    reason, remedy = _WORDS[code]
    values = {"sheet": "", "row": "", "most": "", **said}
    if code in _IN_MIB and isinstance(values["most"], int):
        values["most"] //= MIB
    return Unreadable(code, format_lazy(reason, **values), remedy)
