"""Production on the home page of who declares for their own firm: the state of what they sent."""

from partstrack.registry import Card
from production.models import Declaration

SHOWN = 4


def own_declarations(request, ask):
    """Return the latest declarations of a supplier's user; None (no card) for everybody else."""
    if request.user.may("see_all") or not request.user.may("upload"):
        return None
    rows = Declaration.objects.visible_to(request.user).exclude(state=Declaration.State.WITHDRAWN)
    latest = rows.select_related("head__site").order_by("-head__month", "head__site", "pk")[:SHOWN]
    return {"declarations": list(latest)}


CARDS = [Card("own_declarations", "production/own_declarations.html", own_declarations, order=5)]
