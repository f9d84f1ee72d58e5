"""Archives that are made to harm who opens them: bombs, lies, truncations, strange members, harmful XML."""

import io
import struct
import zipfile
from functools import partial

from tests.intake import workbooks
from tests.intake.corpus.case import DAMAGED, HEAD, READ, Case, archive, book, entry_fields, sheet_xml, written, xlsx

MIB = 1024 * 1024
NOT_A_SHEET = [("", "The file is not a spreadsheet.")]
IMPLAUSIBLE = [("", "The workbook is packed more than 100 times smaller")]
WHOLE = xlsx(HEAD, ["A", 1, 2])
SHEET, SHARED, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def bombed(member):
    """A member of 3 MiB that packs to almost nothing."""
    return book(extra=[(member, b" " * (3 * MIB))])


def nested():
    """An archive in an archive in an archive, each a bomb; none of them is ever opened."""
    inner = archive([("zeros", bytes(900_000))])
    for depth in range(5):
        inner = archive([(f"{depth}-{index}.zip", inner) for index in range(9)])
    return book(extra=[("xl/embeddings/nested.zip", inner)])


def lying_about_size(name, size):
    """A member whose entry in the directory names another size than it has."""
    data = bytearray(book())
    at = entry_fields(data, name)
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def wrong_sum(name):
    """A member whose content is not what its check sum says."""
    data = bytearray(book(extra=[(SHARED, "<sst/>"), (STYLES, "<styleSheet/>")]))
    at = entry_fields(data, name)
    data[at + 16] ^= 0xFF
    return bytes(data)


def packed_by(method):
    """A member packed by a method that nobody knows."""
    data = bytearray(book())
    at = entry_fields(data, SHEET)
    data[at + 10 : at + 12] = struct.pack("<H", method)
    return bytes(data)


def locked(flags):
    """Members that are marked as encrypted."""
    data = bytearray(book())
    at = entry_fields(data, SHEET)
    data[at + 8] |= flags
    return bytes(data)


def overlapping():
    """Two entries of the directory that point at one member."""
    data = bytearray(book(extra=[("xl/worksheets/sheet2.xml", sheet_xml())]))
    first, second = entry_fields(data, SHEET), entry_fields(data, "xl/worksheets/sheet2.xml")
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def doubled(name):
    """A member twice, the second time with other content."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return book(extra=[(name, sheet_xml().replace("<v>1</v>", "<v>999</v>"))])


def linked():
    """A member that is a symbolic link."""
    link = zipfile.ZipInfo("xl/media/link.png")
    link.external_attr = 0o120777 << 16
    return book(extra=[(link, "/etc/passwd")])


def cut(share):
    """The first part of a workbook."""
    whole = WHOLE()
    return whole[: int(len(whole) * share)]


def locked_document():
    """An OpenDocument sheet with a password."""
    buffer = io.BytesIO(written(workbooks.ods, "<table:table-row/>"))
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr("Thumbnails/x", b"")
    members = [(name, zipfile.ZipFile(buffer).read(name)) for name in zipfile.ZipFile(buffer).namelist()]
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    return archive([(name, manifest if name == "META-INF/manifest.xml" else content) for name, content in members])


def odt():
    """A text document of the same family as ods."""
    return archive([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")])


ARCHIVES = [
    *(Case(f"bomb in {name}", partial(bombed, name), IMPLAUSIBLE) for name in (SHARED, STYLES, "xl/media/a.png", "xl/theme.xml")),
    Case("bomb in bombs", nested, READ),
    Case("300 members", lambda: book(extra=[(f"x/{index}", b"") for index in range(300)]), [("", "The workbook has more than 200 parts inside.")]),
    Case("more than it may unpack", lambda: lying_about_size(SHEET, 600 * MIB), [("", "The workbook is larger than 500 MiB when unpacked.")]),
    *(Case(f"{name} longer than it says", partial(lying_about_size, name, 10), DAMAGED) for name in (SHEET, BOOK, RELATIONS)),
    *(Case(f"wrong check sum of {name}", partial(wrong_sum, name), DAMAGED) for name in (SHEET, BOOK, RELATIONS, TYPES, SHARED, STYLES)),
    *(Case(f"packed by method {method}", partial(packed_by, method), DAMAGED) for method in (1, 6, 9, 93, 99)),
    *(Case(f"encrypted, flags {flags}", partial(locked, flags), [("", "The file is protected by a password.")]) for flags in (0x01, 0x41)),
    Case("two entries of one member", overlapping, DAMAGED),
    *(Case(f"twice {name}", partial(doubled, name), DAMAGED) for name in (SHEET, BOOK, "XL/worksheets/SHEET1.xml")),
    *(Case(f"cut at {percent} %", partial(cut, percent / 100), NOT_A_SHEET if percent == 0 else DAMAGED) for percent in (1, 5, 20, 35, 50, 65, 80, 90, 95, 99)),
    *(
        Case(f"member called {name}", partial(book, extra=[(name, b"root::0:0")]), READ)
        for name in ("../../../../tmp/x", "/etc/passwd", "..\\..\\boot.ini", "C:\\x", "xl/../../../x", "a" * 60_000, "xl/\u202egnp.exe")
    ),
    Case("symbolic link", linked, READ),
    Case("macros", lambda: book(extra=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")]), READ, name="volumes.xlsm"),
    Case("binary workbook", lambda: book(extra=[("xl/workbook.bin", b"x")]), [("", "The file is a binary workbook (.xlsb).")]),
    Case("external links", lambda: book(extra=[("xl/externalLinks/externalLink1.xml", "<externalLink/>")]), READ),
    Case("document with a password", locked_document, [("", "The file is protected by a password.")], name="volumes.ods"),
    Case("text document", odt, NOT_A_SHEET, name="volumes.ods"),
    *(Case(f"without {name}", partial(book, drop=[name]), NOT_A_SHEET if name == TYPES else DAMAGED) for name in (TYPES, BOOK, RELATIONS, SHEET)),
    Case("an archive of nothing", lambda: archive([]), NOT_A_SHEET),
    *(
        Case(f"{kind} in disguise", partial(archive, [(name, "x")]), NOT_A_SHEET)
        for kind, name in (("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml"), ("apk", "AndroidManifest.xml"), ("jar", "META-INF/MANIFEST.MF"), ("epub", "OEBPS/content.opf"))
    ),
]  # fmt: skip

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
FROM_NET = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>'
MAIN = f'xmlns="{workbooks.SHEET}"'


def declared(member, doctype, entity):
    """A workbook in which a member declares entities and uses one."""
    inside = {
        BOOK: workbooks.parts("")[BOOK].replace("Feuil1", f"F{entity}"),
        RELATIONS: workbooks.parts("")[RELATIONS].replace('Id="rId1"', f'Id="rId1" X="{entity}"'),
        SHEET: sheet_xml().replace("<t>A</t>", f"<t>A{entity}</t>"),
        SHARED: f"<sst {MAIN}><si><t>{entity}</t></si></sst>",
        STYLES: f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="{entity}"/></numFmts></styleSheet>',
    }[member]
    xml = f'<?xml version="1.0"?>{doctype}{inside}'
    return book(xml if member == SHEET else None, {member: xml} if member != SHEET else None)


def ods_declared(doctype, entity):
    """An OpenDocument sheet that declares entities and uses one."""
    data = written(workbooks.ods, f'<table:table-row><table:table-cell office:value-type="string"><text:p>{entity}</text:p></table:table-cell></table:table-row>')  # fmt: skip
    old = zipfile.ZipFile(io.BytesIO(data))
    return archive([(n, (doctype.encode() if n == "content.xml" else b"") + old.read(n)) for n in old.namelist()])


def deep(member, levels=100_000):
    """A member whose elements lie in one another, 100,000 deep."""
    nest = "<a>" * levels + "</a>" * levels
    xml = {SHEET: sheet_xml(before=nest), SHARED: f"<sst {MAIN}>{nest}</sst>", STYLES: f"<styleSheet {MAIN}>{nest}</styleSheet>"}  # fmt: skip
    return book(xml[SHEET] if member == SHEET else None, None if member == SHEET else {member: xml[member]}, method=zipfile.ZIP_STORED)  # fmt: skip


HARMFUL_XML = [
    *(
        Case(f"{kind} in {member}", partial(declared, member, doctype, entity), DAMAGED)
        for kind, doctype, entity in (("entity bomb", BOMB, "&l11;"), ("file of the server", OUTSIDE, "&out;"), ("address on the net", FROM_NET, "&p;"))
        for member in (BOOK, RELATIONS, SHEET, SHARED, STYLES)
    ),
    *(Case(f"{kind} in ods", partial(ods_declared, doctype, entity), DAMAGED, name="volumes.ods") for kind, doctype, entity in (("entity bomb", BOMB, "&l11;"), ("file of the server", OUTSIDE, "&out;"))),
    *(Case(f"100,000 deep in {member}", partial(deep, member), READ) for member in (SHEET, SHARED, STYLES)),
    *(Case(f"{what} for a sheet", partial(book, xml), faults) for what, xml, faults in (
        ("nothing", "", DAMAGED),
        ("no XML", "\x01\x02\x03" * 100, DAMAGED),
        ("half XML", sheet_xml()[:300], DAMAGED),
        ("letter 0", sheet_xml().replace("<t>A</t>", "<t>A&#0;</t>"), DAMAGED),
        ("half a pair", sheet_xml().replace("<t>A</t>", "<t>A&#xD800;</t>"), DAMAGED),
    )),
    Case("two sheets of one name", lambda: book(change={BOOK: workbooks.parts("")[BOOK].replace('<sheet name="Feuil1" sheetId="1" r:id="rId1"/>', '<sheet name="Feuil1" sheetId="1" r:id="rId1"/>' * 2)}), DAMAGED),
    Case("300 sheets", lambda: book(change={BOOK: workbooks.parts("")[BOOK].replace("<sheets>", "<sheets>" + "".join(f'<sheet name="S{n}" sheetId="{n + 2}" r:id="rId1"/>' for n in range(300)))}), [("", "The workbook has more than 100 sheets.")]),
]  # fmt: skip
