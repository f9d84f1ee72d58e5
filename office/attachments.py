"""Documents that prove something: each is kept once, known by its content."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from office.door import Refused
from office.models import Attachment

# What a document may be, and how such files begin: a program that is called scan.pdf is none.
BEGINNINGS = {
    ".pdf": (b"%PDF",),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8",),
    ".jpeg": (b"\xff\xd8",),
    ".webp": (b"RIFF",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), (b"PK",)),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".msg"), (b"\xd0\xcf\x11\xe0",)),
    **dict.fromkeys((".csv", ".txt", ".eml"), ()),
}
PROGRAMS = (b"mz", b"\x7felf", b"#!", b"<!doctype", b"<html", b"<script", b"<svg")


def check(file):
    """Refuse an uploaded file that is empty, too large, or not a document of a known type."""
    if not file.size:
        raise Refused(_("The attached document is empty."))
    if file.size > settings.UPLOAD_LIMIT_MIB * 1024**2:
        raise Refused(_("The attached document is larger than %(most)d MiB.") % {"most": settings.UPLOAD_LIMIT_MIB})
    ending = Path(file.name).suffix.lower()
    if ending not in BEGINNINGS:
        known = ", ".join(sorted(BEGINNINGS))
        raise Refused(_("A document of this type is not taken. Attach one of: %(known)s.") % {"known": known})
    file.seek(0)
    begins, due = file.read(16), BEGINNINGS[ending]
    if (due and not begins.startswith(due)) or begins.lower().startswith(PROGRAMS):
        raise Refused(
            _("The attached document is not what the ending of its name says: %(ending)s.") % {"ending": ending}
        )


def attach(door, user, firm, file):
    """Keep an uploaded file, inside an open write. Returns the Attachment; Refused when it is no document (see check)."""
    check(file)
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    known = Attachment.objects.filter(firm=firm, sha256=digest.hexdigest()).order_by("pk").first()
    if known:
        return known
    name = Path(file.name.replace("\\", "/")).name[:255]
    fresh = Attachment(firm=firm, name=name, sha256=digest.hexdigest(), size=file.size, author=user, at=door.at)
    file.seek(0)
    fresh.file.save(f"{fresh.sha256[:16]}{Path(name).suffix[:8]}", File(file), save=False)
    fresh.save()
    return fresh
