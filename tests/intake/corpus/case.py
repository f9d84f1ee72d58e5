"""A file of the corpus, and short ways to build one. Content is always bytes; nothing is kept on disk."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.intake import workbooks

HEAD = ["Référence", "01/2026", "02/2026"]
DAMAGED = [("", "The file is damaged")]
READ = []  # nothing is wrong with it: it waits to be applied


@dataclass
class Case:
    """A file and what must be said of it: `faults` as [(place "sheet-less": "B2", "2" or "", words of the reason)]; `questions`: places.

    Without either it is read and waits to be applied; `new` counts its values then.
    """

    id: str
    build: Callable[[], bytes]
    faults: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    new: int = 2
    name: str = "volumes.xlsx"
    options: dict = field(default_factory=dict)

    @property
    def state(self):
        """The state of its batch."""
        return "refused" if self.faults or self.questions else "checked"


def written(build, *content, **more):
    """Return the bytes that a builder of tests/intake/workbooks.py writes."""
    buffer = io.BytesIO()
    build(buffer, *content, **more)
    return buffer.getvalue()


def xlsx(*rows, **sheets):
    """Return a function that builds an xlsx file of rows, or of named sheets."""
    return partial(written, workbooks.xlsx, **(sheets or {"Volumes": rows}))


def csv(*rows, mark=";", encoding="utf-8", end="\r\n"):
    """Return a function that builds a text file; texts stand in it as they are given."""
    text = end.join(mark.join("" if cell is None else str(cell) for cell in row) for row in rows) + end
    return lambda: text.encode(encoding)


def archive(members, method=zipfile.ZIP_DEFLATED):
    """Return the bytes of an archive of (name or ZipInfo, content)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(cells="", before="", after=""):
    """Return the XML of a sheet with headings, one good row and these cells (XML of rows)."""
    return (
        f'<worksheet xmlns="{workbooks.SHEET}">{before}<sheetData>'
        f"{row(1, text('A1', 'ref'), number('B1', '202601'), number('C1', '202602'))}"
        f"{row(2, text('A2', 'A'), number('B2', 1), number('C2', 2))}{cells}</sheetData>{after}</worksheet>"
    )


def book(xml=None, change=None, extra=(), drop=(), method=zipfile.ZIP_DEFLATED):
    """Return the bytes of a small workbook; `change` replaces members, `extra` adds (name, content), `drop` leaves out."""
    members = workbooks.parts(sheet_xml() if xml is None else xml) | (change or {})
    kept = [(name, content) for name, content in members.items() if name not in drop]
    return archive([*kept, *extra], method)


def row(index, *cells):
    """Return the XML of a row."""
    return f'<row r="{index}">{"".join(cells)}</row>'


def text(place, words):
    """Return the XML of a cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(place, value):
    """Return the XML of a cell with a number, however it is written."""
    return f'<c r="{place}"><v>{value}</v></c>'


def entry_fields(data, name):
    """Return where the record of a member begins in the archive's directory."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    return at
