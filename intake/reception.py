"""How a file reached us: on which day, by which channel, from whom, and what proves it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Firm
from intake.models import Channel
from office.attachments import attach
from office.door import Refused
from office.models import Attachment


@dataclass(frozen=True)
class Reception:
    """What is said of a reception. `received_on` None: today. `proof`: an uploaded file, an Attachment, or None."""

    received_on: date | None = None
    channel: str = ""
    sender: str = ""
    proof: Any = None


def note(door, user, batch, said):
    """Write on an unsaved batch how it reached us; its options name the supplier. Refused: a day still to come.

    Who declares for their own firm does not choose: they send it themselves, today. Else a late month could be
    called in time.
    """
    if user.may("enter"):
        if said.received_on and said.received_on > door.today:
            raise Refused(_("The day of reception is still to come. Give the day on which it arrived."))
        batch.received_on = said.received_on or door.today
        batch.channel, batch.sender = said.channel, said.sender[:160]
    else:
        batch.received_on, batch.sender = door.today, str(user)[:160]
        batch.channel = Channel.ENTRY if said.channel == Channel.ENTRY else Channel.UPLOAD
    batch.proof = _attached(door, user, batch, said.proof)


def _attached(door, user, batch, proof):
    if not proof or isinstance(proof, Attachment):
        return proof or None
    return attach(door, user, firm_of_sender(user, batch.options.get("supplier")), proof)


def firm_of_sender(user, code):
    """Return the firm that the sender named, else the only one that is theirs; None while nobody can tell."""
    firms = Firm.objects.visible_to(user)
    found = firms.filter(code=code or "").first()
    if found or user.may("see_all"):
        return found
    own = firms.order_by("pk")[:2]
    return own[0] if len(own) == 1 else None


def give_proof_to_firm(batch):
    """A proof that came before its firm was known belongs to the firm that the file turned out to be of."""
    if batch.proof and batch.proof.firm_id is None and batch.firm_id:
        batch.proof.firm_id = batch.firm_id
        batch.proof.save(update_fields=["firm"])
