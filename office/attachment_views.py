"""The page that gives a document back."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from office.downloads import log
from office.models import Attachment
from partstrack.pages import Page


class AttachmentFile(Page):
    """An attached document, always as a download."""

    def get(self, request, number):
        """Give the file and log it; 404 when there is none or it is not theirs."""
        return given(request, get_object_or_404(Attachment.objects.visible_to(request.user), pk=number))


def given(request, attachment):
    """Return the file of an attachment as a download, and log it; 404 when it is lost."""
    if not attachment.file.storage.exists(attachment.file.name):
        raise Http404
    log(request, attachment.name, "", 0)
    response = FileResponse(attachment.file.open("rb"), as_attachment=True, filename=attachment.name)
    response["Content-Type"] = "application/octet-stream"
    return response
