"""Text files, disguises, words and names that are made to harm; what is only strange is read as the text it is."""

import gzip
import random
from functools import partial

from tests.intake.corpus.case import HEAD, READ, Case, csv, xlsx

NOT_A_SHEET = [("", "The file is not a spreadsheet.")]
NO_HEADINGS = [("", "No row of headings was found.")]
LETTERS = [("", "The letters of the file cannot be read.")]
NO_REFERENCE = [("1", "The row of headings lacks: Reference.")]
NO_CELLS = [("", "The file holds no cells in a visible sheet.")]
EMPTY = [("", "The file is empty.")]
GOOD = ["A", 1, 2]
TABLE = csv(HEAD, GOOD)


def noise(seed):
    """Bytes of chance."""
    return random.Random(seed).randbytes(3000) + b"\0"


def sent(data, faults, id, name="volumes.csv", **more):
    """Return a case whose content is these bytes."""
    return Case(id, lambda: data() if callable(data) else data, faults, name=name, **more)


TEXT_FILES = [
    sent(lambda: TABLE().replace(b"A;", b"A\0;"), NOT_A_SHEET, "NUL in a csv"),
    sent(lambda: "ref;01/2026\r\nA\ud800;1\r\n".encode("utf-16-le", "surrogatepass"), NOT_A_SHEET, "half a pair in UTF-16"),
    sent(lambda: b"\xff\xfe" + "ref;01/2026\r\nA\udc00;1\r\n".encode("utf-16-le", "surrogatepass"), LETTERS, "half a pair after a mark"),
    sent(lambda: b";".join([b"x"] * 1_000_000), [("", "The sheet “volumes” has more than 200 columns.")], "a million columns"),
    sent(lambda: TABLE() + b";" * 1_000_000, READ, "a million blank columns"),
    sent(lambda: TABLE() + b";;\r\n" * 600_000, READ, "600,000 blank rows"),
    sent(lambda: TABLE() + b'"' + b"x" * 3_000_000, [("", "A cell in row 3 of the sheet “”")], "a cell that never ends"),
    sent(lambda: TABLE() + b'"x', [("", "A quotation mark in row 3 is not closed.")], "an open quotation mark at the end"),
    sent(lambda: b"x" * 5_000_000, [("", "A cell in row 1 of the sheet “”")], "one gigantic line"),
    sent(lambda: b'"' * 999_999, [("", "A cell in row 1 of the sheet “”")], "quotation marks alone"),
    sent(lambda: b";" * 100_000, NO_CELLS, "delimiters alone"),
    sent(b"\xef\xbb\xbf", EMPTY, "a mark of UTF-8 alone"),
    sent(b"\xff\xfe", EMPTY, "a mark of UTF-16 alone"),
    sent(b"\x1a" * 50, NO_CELLS, "ends of file alone"),
    sent(lambda: csv(HEAD, GOOD, end="\r")() + csv(["B", 3, 4], end="\n")() + csv(["C", 5, 6])(), READ, "three kinds of line ends", new=6),
    sent(lambda: b'sep="\r\n' + TABLE(), NO_HEADINGS, "a quotation mark for a delimiter"),
    sent(lambda: b"sep=\n" + TABLE(), READ, "a delimiter that is not said"),
    *(sent(partial(noise, seed), NOT_A_SHEET, f"noise {seed}") for seed in range(4)),
    sent(bytes(range(1, 9)) * 40, NOT_A_SHEET, "control letters"),
    sent(lambda: TABLE().decode().encode("cp500"), NO_HEADINGS, "the letters of a mainframe"),
    sent(lambda: TABLE().decode().replace("é", "+AOk-").encode(), NO_REFERENCE, "UTF-7"),
    sent(lambda: b"\xc0\xae" * 40 + TABLE(), NO_REFERENCE, "overlong letters"),
    sent(lambda: TABLE().replace(b"A;1", "A;1\u2028".encode()), READ, "a line end that is none"),
]  # fmt: skip

DISGUISES = [
    sent(data, NOT_A_SHEET, f"{kind} in disguise", name="volumes.xlsx")
    for kind, data in (
        ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + bytes(40)),
        ("GIF", b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0;"),
        ("gzip", gzip.compress(b"ref;01/2026\nA;1\n")),
        ("7-Zip", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40)),
        ("RAR", b"Rar!\x1a\7\1\0" + bytes(40)),
        ("ELF", b"\x7fELF\2\1\1\0" + bytes(60)),
        ("program of Windows", b"MZ\x90\0\3\0\0\0\4\0" + bytes(60)),
        ("SQLite", b"SQLite format 3\0" + bytes(80)),
        ("tar", b"name".ljust(100, b"\0") + b"0000644\0" * 20),
        ("MP3", b"ID3\3\0\0\0\0\0\x21" + bytes(40)),
        ("picture before a workbook", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + xlsx(HEAD, GOOD)()),
        ("program before a workbook", b"MZ\x90\0\3\0\0\0" + xlsx(HEAD, GOOD)()),
    )
] + [
    sent(lambda: b"%PDF-1.4\n" + xlsx(HEAD, GOOD)(), [("", "The file is a PDF")], "PDF before a workbook", name="volumes.xlsx"),
    sent(lambda: b"<html>" + xlsx(HEAD, GOOD)(), [("", "The file is a web page")], "web page before a workbook", name="volumes.xlsx"),
    sent(lambda: xlsx(HEAD, GOOD)() + TABLE(), READ, "text behind a workbook", name="volumes.xlsx"),
    sent(b"{\\rtf1\\ansi ref}", NO_HEADINGS, "RTF in disguise", name="volumes.xls"),
    sent(b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", [("", "The file is a web page or XML")], "XML of Excel 2003", name="volumes.xls"),
    sent(b"PK\3\4", [("", "The file is damaged")], "four letters of an archive", name="volumes.xlsx"),
    sent(b"#!/bin/sh\nrm -rf /\n", NO_HEADINGS, "a script", name="volumes.csv"),
    sent(b"SYLK;ID;P\nC;Y1;X1;K1\nE\n", NO_HEADINGS, "SYLK", name="volumes.csv"),
]  # fmt: skip

# Words that would do something if a page, a query or a spreadsheet took them for more than words.
WORDS = {
    "script": "<script>alert(1)</script>",
    "picture": "<img src=x onerror=alert(1)>",
    "end of a tag": "\"'><svg/onload=alert(1)>",
    "SQL": "x'; DROP TABLE production_line; --",
    "template": "{{ 7|add:7 }}{% debug %}",
    "format": "%s %(x)s {0} {x}",
    "look-up": "${jndi:ldap://127.0.0.1/a}",
    "folder": "../../../../etc/passwd",
    "formula": "=1+1",
    "plus": "+1+1",
    "at": "@SUM(1)",
    "pipe": "|calc",
    "full width formula": "\uff1d1+1",
    "COPY": "\\N\\.\\t",
}
LONG = "x" * 5000

HARMFUL_WORDS = [
    *(Case(f"{what} for a reference", csv(HEAD, [f'"{words.replace(chr(34), chr(34) * 2)}"', 1, 2]), READ, name="volumes.csv") for what, words in WORDS.items()),
    *(Case(f"{what} for a quantity", csv(HEAD, ["A", f'"{words.replace(chr(34), chr(34) * 2)}"', 2]), [("B2", "This is not a number.")], name="volumes.csv") for what, words in WORDS.items() if what not in {"plus"}),
    *(Case(f"{what} for a sheet", partial(lambda words: xlsx(**{words: [HEAD, GOOD]})(), words), READ) for what, words in (("script", "<script>alert(1)"), ("formula", "=1+1"), ("picture", "<img onerror=x>"))),
    *(Case(f"{what} for a heading", xlsx([*HEAD, words], [*GOOD, 5]), READ) for what, words in WORDS.items() if what in {"script", "SQL", "formula", "template"}),
    Case("script for a unit", csv(["ref", "unité", "01/2026"], ["A", WORDS["script"], 1]), [("B2", "This unit is not known.")]),
    Case("script for a brand", csv(["ref", "marque", "01/2026"], ["A", WORDS["script"], 1]), [("B2", "This brand is not known.")]),
    Case("script for a supplier", csv(["ref", "fournisseur", "01/2026"], ["A", WORDS["script"], 1]), [("B2", "This supplier or site is not known.")]),
    Case("script for a month", csv(["ref", "mois", "production"], ["A", WORDS["script"], 1]), [("B2", "This is not a month.")]),
    Case("5,000 letters for a supplier", csv(["ref", "fournisseur", "01/2026"], ["A", LONG, 1]), [("B2", "This supplier or site is not known.")]),
    Case("5,000 letters for a designation", csv(["ref", "désignation", "01/2026"], ["A", LONG, 1]), [("B2", "The designation of this new reference is too long.")]),
    Case("5,000 letters for a family", csv(["ref", "famille", "01/2026"], ["A", LONG, 1]), READ, new=1),
    Case("a letter that becomes eighteen", csv(HEAD, ["\ufdfa" * 20, 1, 2]), [("A2", "The reference is missing or too long.")] ),
    Case("nothing but unseen marks", csv(HEAD, ["\u200b\u202e\u2066", 1, 2]), [("A2", "The reference is missing or too long.")]),
    Case("two references that look the same", csv(HEAD, GOOD, ["\u202eA\u200b", 3, 4]), [(f"A{row}", f"A stands more than once for 2026-0{month}") for row in (2, 3) for month in (1, 2)]),
    Case("letters under letters", csv(HEAD, ["A" + "\u0301" * 60, 1, 2]), READ),
    Case("pictures for letters", csv(HEAD, ["\U0001f600\U0001f468\u200d\U0001f469", 1, 2]), READ),
    Case("the largest letter", csv(HEAD, ["\U0010ffff\ufffe", 1, 2]), READ),
]  # fmt: skip
