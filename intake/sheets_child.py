"""The child process of the reader: one file in, cells out. Everything a hostile file can break, breaks here.

Started by intake/sheets.py without Django, with its own limits on memory, time and output. The answer on
standard output is eight bytes (the length of a header), the header as JSON, then for each sheet its cells as
32-bit codes, row by row: each code is a place in the header's list of distinct values, 0 is a blank.
"""

import datetime
import io
import json
import math
import struct
import sys
from array import array
from decimal import Decimal
from itertools import chain

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from intake import sheets_containers, sheets_marks, sheets_text
from intake.sheets_limits import Limits, Refused

# As Excel writes them in English and French, LibreOffice in numbers; text files carry them as text.
_ERRORS = (
    "#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC! "
    "#NOM? #NUL! #NOMBRE! #VALEUR! Err:502 Err:508 Err:504 Err:522"
)
ERROR_WORDS = frozenset(_ERRORS.split())
SHEET_NAME = 100  # letters; spreadsheet programs allow 31
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta")


class Values(dict):
    """Raw value -> code. `texts` holds the distinct cells in the order of their codes."""

    def __init__(self, limits):
        super().__init__({"": 0})
        self.texts = [None]
        self.most = limits.cell_chars

    def __missing__(self, raw):
        cell = typed(raw, self.most)
        if cell is None:
            code = 0
        else:
            code = len(self.texts)
            self.texts.append(cell)
        self[raw] = code
        return code

    def code_of(self, cell):
        """Return the code of a cell that is typed already; its key cannot meet a raw value of the file."""
        key = (cell,)
        if key not in self:
            self.texts.append(cell)
            self[key] = len(self.texts) - 1
        return self[key]

    def key_of(self, truth):
        """Return the key under which a truth value is found."""
        cell = typed(truth, self.most)
        self.code_of(cell)
        return (cell,)


def typed(raw, most):
    """Return the cell of a raw value: a letter for its type and its text (see intake/sheets.py), None when blank."""
    if isinstance(raw, str):
        return _typed_text(raw, most)
    if isinstance(raw, bool):
        return "b1" if raw else "b0"
    if isinstance(raw, (int, float)):
        return _typed_number(raw)
    if isinstance(raw, datetime.datetime):
        midnight = raw.time() == datetime.time()
        return f"d{raw.date().isoformat() if midnight else raw.isoformat(timespec='seconds')}"
    if isinstance(raw, datetime.date):
        return f"d{raw.isoformat()}"
    return f"t{raw}"


def _typed_text(raw, most):
    if not raw or raw.isspace():
        return None
    if len(raw) > most:
        raise Refused("cell_chars")
    if raw[0] in "#E" and raw.strip() in ERROR_WORDS:
        return f"e{raw.strip()}"
    return "t" + raw.replace("\x00", "\ufffd")


def _typed_number(raw):
    if not math.isfinite(raw):
        return "e#NUM!"
    if abs(raw) < 2**53 and raw == int(raw):
        return f"n{int(raw)}"
    return f"n{Decimal(repr(raw)):f}"


def extract(stream, name, limits):
    """Return (header, arrays of codes) of the file in the binary stream; Refused when it cannot be read."""
    head = stream.read(8)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not size:
        raise Refused("empty")
    if size > limits.file_bytes:
        raise Refused("file_bytes", size=size, most=limits.file_bytes)
    values = Values(limits)
    read = _read_workbook if head.startswith((b"PK", _OLE)) else _read_text
    sheets = list(read(stream, name, head, limits, values))
    header = {"values": values.texts, "sheets": [sheet for sheet, _ in sheets]}
    return header, [codes for _, codes in sheets]


def _read_text(stream, name, head, limits, values):
    data = stream.read()
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise Refused("pdf")
    if start.startswith(_WEB):
        raise Refused("web_page")
    text = sheets_text.decode(data)
    if not text.strip():
        raise Refused("empty")
    rows = sheets_text.rows(text, limits)
    yield _grid(name, rows, values, limits, limits.cells)


def _read_workbook(stream, name, head, limits, values):
    form = sheets_containers.of_container(stream) if head == _OLE else sheets_containers.of_archive(stream, limits)
    with sheets_marks.looking(stream, form) as marks_of:
        stream.seek(0)
        workbook = _opened(stream)
        if not workbook.sheets_metadata:
            raise Refused("damaged")
        if len(workbook.sheets_metadata) > limits.sheets:
            raise Refused("sheets", most=limits.sheets)
        _refuse_twins(workbook.sheet_names)
        left = limits.cells
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                continue
            if about.visible != SheetVisibleEnum.Visible:
                yield {"name": _clean(about.name), "visible": False, "height": 0, "width": 0, "merged": []}, array("I")
                continue
            grid = _sheet_grid(workbook.get_sheet_by_index(index), marks_of(about.name), values, limits, left)
            left -= len(grid[1])
            yield grid


def _refuse_twins(names):
    """Two sheets of one name cannot be told apart where a cell is named; no spreadsheet program makes them."""
    if len({_clean(name).lower() for name in names}) < len(names):
        raise Refused("damaged")


def _opened(stream):
    try:
        return CalamineWorkbook.from_filelike(stream)
    except PasswordError:
        raise Refused("protected") from None


def _sheet_grid(sheet, marks, values, limits, cells_left):
    end = sheet.end or (-1, -1)
    height = max(end[0], *(row for row, _ in marks.cells), -1) + 1 if marks.cells else end[0] + 1
    width = max(end[1], *(column for _, column in marks.cells), -1) + 1 if marks.cells else end[1] + 1
    _bounded(sheet.name, height, width, limits, cells_left)
    codes = None if marks.truths else _at_once(sheet, values, height * width)
    if codes is None:
        left = [""] * (sheet.start[1] if sheet.start else 0)
        codes = _grid(sheet.name, (left + row for row in sheet.iter_rows()), values, limits, cells_left, height, width)[
            1
        ]
    for (row, column), cell in marks.cells.items():
        codes[row * width + column] = values.code_of(cell)
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []] + marks.merged
    if len(merged) > limits.merges:
        raise Refused("merges", sheet=_clean(sheet.name), most=limits.merges)
    about = {"name": _clean(sheet.name), "visible": True, "height": height, "width": width, "merged": merged}
    hidden = {
        "hidden_rows": sorted(row for row in marks.hidden_rows if row < height),
        "hidden_columns": sorted(column for column in marks.hidden_columns if column < width),
    }
    return about | hidden, codes


def _at_once(sheet, values, count):
    """Return all codes of a sheet in the quickest way; None when its rows need a look one by one."""
    try:
        codes = array("I", map(values.__getitem__, chain.from_iterable(sheet.iter_rows())))
    except Refused:
        return None  # the slower way finds the place of the refused cell
    return codes if len(codes) == count else None


def _bounded(name, height, width, limits, cells_left):
    if height > limits.rows:
        raise Refused("rows", sheet=_clean(name), most=limits.rows)
    if width > limits.columns:
        raise Refused("columns", sheet=_clean(name), most=limits.columns)
    if height * width > cells_left:
        raise Refused("cells", most=limits.cells)


def _grid(name, rows, values, limits, cells_left, height=0, width=0):
    """Return (about the sheet, codes): every row padded to one width, blank rows at the end dropped."""
    codes, widths, blank = array("I"), [], 0
    look_up = values.__getitem__
    for row in rows:
        if row.count("") == len(row):
            blank += 1
            continue
        widths.extend([0] * blank)
        blank = 0
        if bool in map(type, row):  # True would be found under 1
            row = [values.key_of(raw) if isinstance(raw, bool) else raw for raw in row]
        try:
            codes.extend(map(look_up, row))
        except Refused as refused:
            raise _with_place(refused, name, len(widths), row, limits) from None
        widths.append(len(row))
        if len(widths) > limits.rows:
            raise Refused("rows", sheet=_clean(name), most=limits.rows)
    height, width = max(height, len(widths)), max(width, max(widths, default=0))
    _bounded(name, height, width, limits, cells_left)
    about = {"name": _clean(name), "visible": True, "height": height, "width": width, "merged": []}
    return about, _padded(codes, widths, height, width)


def _with_place(refused, name, row_index, row, limits):
    column = next((index for index, raw in enumerate(row) if isinstance(raw, str) and len(raw) > limits.cell_chars), 0)
    return Refused(refused.code, sheet=_clean(name), row=row_index + 1, column=column)


def _padded(codes, widths, height, width):
    if len(codes) == height * width:
        return codes
    padded, start = array("I", bytes(4 * height * width)), 0
    for index, count in enumerate(widths):
        padded[index * width : index * width + count] = codes[start : start + count]
        start += count
    return padded


def _clean(name):
    return str(name).replace("\x00", "\ufffd")[:SHEET_NAME]


def limit_itself(limits):
    """Bound this process: memory, processor time, size of its answer, no core file. Not everywhere possible."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.answer_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def answer(path, name, limits):
    """Return the answer for a file as (header, arrays), a refusal being a header with its code."""
    try:
        with open(path, "rb") as stream:
            return extract(stream, name, limits)
    except Refused as refused:
        return {"refused": refused.code, "said": refused.values_said}, []
    except MemoryError:
        return {"refused": "died", "said": {}}, []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the parser's panics are no Exception; all mean the same to the sender
        return {"refused": "damaged", "said": {}, "error": f"{type(error).__name__}: {error}"[:300]}, []


def main(path, name, limits_json):
    """Read the file and write the answer on standard output."""
    limits = Limits(**json.loads(limits_json))
    limit_itself(limits)
    header, arrays = answer(path, name, limits)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) + sum(4 * len(codes) for codes in arrays) > limits.answer_bytes - 8:
        text, arrays = b'{"refused":"died","said":{}}', []
    out = sys.stdout.buffer
    out.write(struct.pack(">Q", len(text)) + text)
    for codes in arrays:
        out.write(codes.tobytes())
    out.flush()
