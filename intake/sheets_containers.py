"""Looks at the archive or container of a workbook before it is parsed. Runs in the reader's child process."""

import zipfile

from intake import sheets_xls
from intake.sheets_limits import MIB, Refused


def of_container(stream):
    """Return "xls" after following its chains once: the parser would follow one without end."""
    if code := sheets_xls.why_closed(stream.read()):
        raise Refused(code)
    return "xls"


def of_archive(stream, limits):
    """Return "xlsx" or "ods" after counting what the archive would unpack to; nothing is unpacked before."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refused("damaged") from None
    members = archive.infolist()
    if len(members) > limits.members:
        raise Refused("members", most=limits.members)
    if len({member.filename.lower() for member in members}) < len(members):
        raise Refused("damaged")  # two programs would read two different files
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise Refused("unpacked", most=limits.unpacked_bytes)
    for member in members:
        if member.file_size > max(limits.ratio_from_bytes, limits.ratio * member.compress_size):
            raise Refused("ratio", most=limits.ratio)
        if member.flag_bits & 1:
            raise Refused("protected")
    form = _archive_form(archive)
    _unpack_once(archive, members)
    return form


def _unpack_once(archive, members):
    """Unpack what the parser will read, for nothing: a part that is longer than it says, or damaged, ends here."""
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                while stream.read(MIB):
                    pass


def _archive_form(archive):
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise Refused("xlsb")
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            if member.read(60).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise Refused("protected")
                return "ods"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Refused("not_a_workbook")
