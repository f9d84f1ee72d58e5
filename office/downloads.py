"""The log of files that left."""

from office.models import Download


def log(request, name, filters, rows):
    """Note who took which file, with which filters, and how many rows."""
    Download.objects.create(
        user=request.user, name=name[:200], filters=filters, rows=rows, version=request.moment.version
    )
