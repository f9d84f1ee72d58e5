"""Error cells and hidden rows and columns of an old Excel file (BIFF in an OLE container).

The parser gives errors as blanks and does not tell what is hidden.

Layouts: Microsoft's published [MS-CFB] (container) and [MS-XLS] (records).
"""

import struct

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers are marks, not sectors
_BOUNDSHEET, _FORMULA, _BOOLERR, _EOF, _ROW, _COLUMNS = 0x85, 0x06, 0x205, 0x0A, 0x208, 0x7D
_FILEPASS, _ENCRYPTED = 0x2F, "EncryptedPackage".encode("utf-16-le")  # how an xls and an xlsx are locked


def marks(data):
    """Return {sheet name: (cells, merged, truths, hidden rows, hidden columns)} of the xls file's bytes.

    Merged ranges are told by the parser itself.
    """
    book = _stream(data)
    return {name: (_cells(book, start), [], True, *_hidden(book, start)) for name, start in _sheets(book)}


def why_closed(data):
    """Return the refusal code of an OLE file that cannot be read, None for a sound one."""
    try:
        book = _stream(data)
    except KeyError:
        return "protected" if _ENCRYPTED in data else "not_a_workbook"
    except (struct.error, IndexError, ValueError):
        return "damaged"
    return "protected" if any(kind == _FILEPASS for kind, _body in _globals(book)) else None


class _Container:
    """The sectors of an OLE file and the table that chains them."""

    def __init__(self, data):
        self.data = data
        self.size = 1 << struct.unpack_from("<H", data, 30)[0]
        self.table = _numbers(b"".join(map(self.sector, self._table_sectors())))

    def sector(self, number):
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chained(self, number):
        """Return the content that begins in a sector."""
        return b"".join(map(self.sector, _chain(self.table, number)))

    def said(self, offset):
        """Return a number of the header."""
        return struct.unpack_from("<I", self.data, offset)[0]

    def _table_sectors(self):
        """The table's own sectors are listed in the header, then in a chain of lists."""
        listed = list(struct.unpack_from("<109I", self.data, 76))
        more, seen = self.said(68), 0
        while more < _LAST_SECTOR and seen <= len(self.data) // self.size:
            block = _numbers(self.sector(more))
            listed += block[:-1]
            more, seen = block[-1], seen + 1
        return [number for number in listed if number < _LAST_SECTOR]


def _stream(data):
    """Return the workbook's stream out of the container; short streams lie in 64-byte pieces of the root's."""
    container = _Container(data)
    directory = container.chained(container.said(48))
    entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
    named = {_entry_name(entry): entry for entry in reversed(entries)}
    start, length = struct.unpack_from("<II", named.get("workbook") or named["book"], 116)
    book = container.chained(start) if length >= container.said(56) else _short_stream(container, entries, start)
    if len(book) < length:
        raise ValueError("the stream ends early")
    return book[:length]


def _short_stream(container, entries, start):
    small = container.chained(struct.unpack_from("<I", entries[0], 116)[0])
    chain = _chain(_numbers(container.chained(container.said(60))), start)
    return b"".join(small[number * 64 : number * 64 + 64] for number in chain)


def _numbers(block):
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])


def _chain(table, number):
    seen = 0
    while number < len(table):
        if seen > len(table):
            raise ValueError("a chain of sectors without end")
        yield number
        number, seen = table[number], seen + 1


def _entry_name(entry):
    length = max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)
    return entry[: min(length, 64)].decode("utf-16-le", "replace").lower()


def _records(book, start):
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _globals(book):
    """Yield the records before the first sheet."""
    for kind, body in _records(book, 0):
        if kind == _EOF:
            return
        yield kind, body


def _sheets(book):
    for kind, body in _globals(book):
        if kind == _BOUNDSHEET and len(body) > 8:
            wide = body[7] & 1
            raw = body[8 : 8 + body[6] * (2 if wide else 1)]
            yield raw.decode("utf-16-le" if wide else "latin-1", "replace"), struct.unpack_from("<I", body)[0]


def _of_sheet(book, start):
    """Yield the records of one sheet; charts inside it open and close their own. ValueError when it is cut off."""
    depth = 0
    for kind, body in _records(book, start):
        depth += {0x809: 1, _EOF: -1}.get(kind, 0)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
    raise ValueError("the sheet ends early")


def _cells(book, start):
    found = {}
    for kind, body in _of_sheet(book, start):
        code = _error_code(kind, body)
        if code is not None:
            found[struct.unpack_from("<HH", body)] = "e" + _ERRORS.get(code, "#N/A")
    return found


def _hidden(book, start):
    """Return (hidden rows, hidden columns)."""
    rows, columns = [], []
    for kind, body in _of_sheet(book, start):
        if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
            rows.append(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns += range(first, min(last, 255) + 1)
    return rows, columns


def _error_code(kind, body):
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
