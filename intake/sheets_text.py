"""Text files as rows: their encoding, their delimiter, their quotes. Runs in the reader's child process."""

import csv
import io
import re

from intake.sheets_limits import Refused

DELIMITERS = ";\t|,"  # in this order when two explain the file equally well: a comma may be a decimal mark
SAMPLE_LINES = 200
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a")
# Letters of cp1256 that are Arabic; cp1252 has accented letters and signs there.
_ARABIC = rb"[\x81\x8d\x8e\x90\x98\x9a\x9f\xaa\xc0-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed\xf0-\xf3\xf5\xf6\xf8\xfa]"
_ARABIC_RUN = re.compile(_ARABIC + rb"{2,}")
_HIGH = re.compile(rb"[\x80-\x9f\xaa\xc0-\xff]")


def decode(data):
    """Return the text of the bytes: by BOM, as UTF-16 or UTF-8, else as the Windows page of Western or Arabic letters."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if encoding := _wide(data):
        return _strict(data, encoding)
    if data.translate(None, _CONTROLS) != data:
        raise Refused("not_a_workbook")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_or_windows(data)


def _wide(data):
    """Return the UTF-16 that a text without BOM is in: every other byte of its digits and line ends is 0."""
    sample = data[:10_000]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if (even and odd) or (even + odd) * 8 < len(sample):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _damaged_or_windows(data):
    """UTF-8 with a few broken letters is damaged; the letters of Windows pages hardly ever look like UTF-8."""
    letters = [letter for letter in data[:1_000_000].decode("utf-8", "replace") if letter > "\x7f"]
    broken = letters.count("\ufffd")
    if len(letters) - broken > broken:
        raise Refused("encoding")
    return _strict(data, "cp1256" if _looks_arabic(data) else "cp1252")


def _strict(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("encoding") from None


def _looks_arabic(data):
    """Arabic words are runs of high bytes; in French they stand alone between plain letters."""
    sample = data[:1_000_000]
    in_runs = sum(len(run) for run in _ARABIC_RUN.findall(sample))
    return in_runs * 2 > len(_HIGH.findall(sample))


def rows(text, limits):
    """Yield the records of a csv text, each a list of texts; the first is Excel's row 1.

    Raises Refused "quotes" with the row where a quoted cell does not end, "rows" and "columns" over the limits.
    """
    text, delimiter = _without_hint(text.rstrip("\x1a"))
    csv.field_size_limit(limits.cell_chars)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or sniff(text), strict=True)
    number = 0
    try:
        for record in reader:
            number += 1
            if len(record) > limits.columns:
                record = _trimmed(record)
            yield record
    except csv.Error as error:
        code = "cell_chars" if "field larger" in str(error) else "quotes"
        raise Refused(code, sheet="", row=number + 1, column="") from None


def _trimmed(record):
    """Drop the empty cells that a spreadsheet writes behind its last column."""
    width = max((index for index, text in enumerate(record, start=1) if text.strip()), default=0)
    return record[:width]


def _without_hint(text):
    """Return the text and the delimiter that a first line "sep=;" states; Excel does not count that line."""
    match = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    return (text[match.end() :], match[1]) if match else (text, None)


def sniff(text):
    """Return the delimiter under which most of the first lines have the same number of cells, above one."""
    lines = text[:500_000].splitlines()[:SAMPLE_LINES]
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines, delimiter):
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if record]
    except csv.Error:
        return 0
    counts = {width: widths.count(width) for width in set(widths) if width > 1}
    return max(counts.values(), default=0)
