"""The original of a received file: under which name it is kept, how large it may be, what reading it may cost."""

import hashlib

from django.conf import settings
from django.utils.translation import gettext as _

from intake import sheets
from intake.sheets_limits import MIB
from office.door import Refused
from partstrack.folding import legible

LONGEST_FILE_NAME = 255


def file_name(name):
    """Return the last part of a name as people read it: no folder, no unseen marks, no letters that are none."""
    text = legible(str(name).encode("utf-8", "replace").decode())
    return text.replace("\\", "/").rpartition("/")[2][-LONGEST_FILE_NAME:].strip() or "file"


def limits():
    """Return what a file may hold and what reading it may cost, as the installation allows."""
    return sheets.Limits(
        file_bytes=settings.UPLOAD_LIMIT_MIB * MIB,
        members=settings.UPLOAD_MEMBERS,
        unpacked_bytes=settings.UPLOAD_UNPACKED_MIB * MIB,
        ratio=settings.UPLOAD_RATIO,
        rows=settings.UPLOAD_ROWS,
        columns=settings.UPLOAD_COLUMNS,
        cell_chars=settings.UPLOAD_CELL_CHARS,
        memory_bytes=settings.UPLOAD_MEMORY_MIB * MIB,
        cpu_seconds=settings.UPLOAD_SECONDS,
        wall_seconds=settings.UPLOAD_SECONDS,
    )


def take(chunks, target):
    """Copy what was sent into a file; return (SHA-256, size). Refused above the limit."""
    digest, size, most = hashlib.sha256(), 0, limits().file_bytes
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Refused(
                _("The file is larger than %(most)d MiB. Split it by year or by supplier.") % {"most": most // MIB}
            )
        digest.update(chunk)
        target.write(chunk)
    target.seek(0)
    return digest.hexdigest(), size
