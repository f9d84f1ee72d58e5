"""Long work of production: the proof of all figures, and forgetting names every day."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.daily import command
from office.door import Refused, be_patient
from partstrack.registry import JobKind
from production.verify import verify

PROOF = "verify_figures"
SAID = 20  # differences that are named


def prove(job, progress):
    """Recount every sum; a difference fails the job and is named."""
    if not job.owner.may("oversee"):
        raise Refused(_("You may not recount all figures any more."))
    with transaction.atomic():
        be_patient()
        found = verify(progress)
    if found:
        words = [", ".join(f"{name}: {value}" for name, value in each.items()) for each in found[:SAID]]
        raise Refused(
            _("Differences: %(count)d. No figure may be published until they are explained.") % {"count": len(found)},
            *words,
        )
    return _("Every sum was counted again from the lines. There is no difference.")


JOBS = [
    JobKind(PROOF, gettext_lazy("Proof of all figures"), prove),
    JobKind("forget", gettext_lazy("Forgetting names past their time"), command("forget"), "FORGET_AT"),
]
