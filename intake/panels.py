"""What the desk adds to other apps' pages: what is remembered of a supplier's files."""

from catalogue.models import PartAlias
from intake.models import SenderProfile
from partstrack.registry import Panel


def supplier(request, subject):
    """Return what is remembered of a supplier's files; None for who sends no files."""
    if not request.user.may("upload"):
        return None
    profiles = SenderProfile.objects.visible_to(request.user).filter(firm=subject.firm)
    answers = profiles.values_list("answers", flat=True).first() or {}
    matched = PartAlias.objects.visible_to(request.user).forgettable().filter(firm=subject.firm).count()
    return {"firm": subject.firm, "decimal": answers.get("decimal"), "matched": matched}


PANELS = [Panel("supplier", "intake/sender_panel.html", supplier, order=80)]
