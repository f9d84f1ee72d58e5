"""The log of files that left, and the reports among them."""

from office.models import Download
from partstrack.downloads import moment_of


def log(request, name, filters, rows, ask=None, report=""):
    """Note who took which file, with which filters, how many rows, and the situation that it shows (`ask`; now)."""
    shown = ask or request.moment
    Download.objects.create(
        at=moment_of(request),
        user=request.user,
        name=name[:200],
        filters=filters,
        rows=rows,
        version=shown.version,
        report=report,
        year=ask.year if report else None,
        as_of=shown.today if report else None,
    )


def reports_of(user, most=20):
    """Return the reports that left, the last one first; nothing for who does not see all that they hold."""
    if not user.may("see_all"):
        return Download.objects.none()
    return Download.objects.exclude(report="").order_by("-at", "-pk")[:most]
