"""What a file may ask of the reader, and how its child process says no. No Django: the child imports this."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from math import isfinite

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most a file may hold (counted before it is unpacked) and the most its reading may cost."""

    file_bytes: int = 50 * MIB
    members: int = 200
    unpacked_bytes: int = 500 * MIB
    ratio: int = 100
    ratio_from_bytes: int = MIB
    sheets: int = 100
    rows: int = 500_000
    columns: int = 200
    cells: int = 10_000_000
    cell_chars: int = 32_767
    merges: int = 10_000
    answer_bytes: int = 96 * MIB
    memory_bytes: int = 2048 * MIB
    cpu_seconds: int = 45
    wall_seconds: int = 60

    def as_dict(self):
        """Return the limits as plain values, for the child's command line."""
        return asdict(self)


class Refused(Exception):
    """The file cannot be read: a code that intake/sheets.py puts into words, and the values of its sentence."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values_said = values


def percent(text):
    """Return the cell of a number that is shown as a percentage: 0.125 is the text "12.5 %"; None for no number."""
    try:
        value = float(text)  # as the spreadsheet keeps it; a text like 1e999999999 must not be spelt out
    except ValueError:
        return None
    return f"t{(Decimal(repr(value)) * 100).normalize():f} %" if isfinite(value) else None


def column_letters(index):
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
