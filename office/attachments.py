"""Documents that prove something: kept once by content, given back as a file to whoever may see their firm."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from office.door import Refused
from office.downloads import log
from office.models import Attachment
from partstrack.pages import Page


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


class AttachmentFile(Page):
    """An attached document, always as a download."""

    def get(self, request, number):
        """Give the file and log it; 404 when there is none or it is not theirs."""
        found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=number)
        if not found.file.storage.exists(found.file.name):
            raise Http404
        log(request, found.name, "", 0)
        response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
        response["Content-Type"] = "application/octet-stream"
        return response
