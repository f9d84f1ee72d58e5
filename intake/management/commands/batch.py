"""bin/manage batch rollback N."""

from intake import desk
from intake.models import Batch
from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import Refused
from partstrack.figures import WrongCall


class Command(Base):
    help = "Take back what a file wrote: what stood before stands again."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["rollback"])
        parser.add_argument("number", type=int)
        parser.add_argument("--reason", default="", help="why the file is rolled back")
        super().add_arguments(parser)

    def run(self, user, options):
        batch = Batch.objects.visible_to(user).filter(pk=options["number"]).first()
        if batch is None:
            raise WrongCall(f"There is no file {options['number']}.")
        try:
            return desk.roll_back(user, batch, reason=options["reason"])
        except Refused as refusal:
            raise RefusedCall({**desk.answer(batch), "state": "refused", "reasons": refusal.reasons}) from refusal
