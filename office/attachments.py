"""Documents that prove something: each is kept once, known by its content."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from office.door import Refused
from office.models import Attachment


def attach(door, user, firm, file):
    """Keep an uploaded file as proof, inside an open write. Returns the Attachment; Refused when empty or too large."""
    if not file.size:
        raise Refused(_("The attached document is empty."))
    if file.size > settings.UPLOAD_LIMIT_MIB * 1024**2:
        raise Refused(_("The attached document is larger than %(most)d MiB.") % {"most": settings.UPLOAD_LIMIT_MIB})
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
