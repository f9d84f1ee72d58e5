"""bin/manage declaration approve|return|nil --site S --month M, or approve|return --batch N for a whole file."""

from intake.models import Batch
from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import Refused, write
from partstrack.figures import WrongCall
from partstrack.periods import from_iso, to_iso
from production import actions
from suppliers.models import Site


class Command(Base):
    help = "Accept or return the declaration that waits for a month, or declare that nothing was made."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["approve", "return", "nil"])
        parser.add_argument("--site", metavar="CODE")
        parser.add_argument("--month", metavar="YYYY-MM")
        parser.add_argument("--batch", type=int, metavar="N", help="all that waits of this file")
        parser.add_argument("--reason", default="", help="why (return: what is to be corrected)")
        super().add_arguments(parser)

    def run(self, user, options):
        if options["batch"] is not None:
            return self._whole_file(user, options)
        if not options["site"] or not options["month"]:
            raise WrongCall("Name --site and --month, or --batch.")
        site = Site.objects.visible_to(user).filter(code=options["site"]).first()
        if site is None:
            raise WrongCall(f"There is no site {options['site']!r}.")
        try:
            month = from_iso(options["month"])
        except ValueError:
            raise WrongCall(f"--month {options['month']!r} is not a month like 2026-08.") from None
        try:
            with write(user, options["reason"]) as door:
                declaration = self._do(door, user, site, month, options)
        except Refused as refusal:
            raise RefusedCall({"state": "refused", "reasons": refusal.reasons}) from refusal
        return {
            "state": str(declaration.state),
            "kind": str(declaration.kind),
            "site": site.code,
            "month": to_iso(month),
            "revision": declaration.revision,
            "version": door.version,
        }

    def _whole_file(self, user, options):
        batch = Batch.objects.visible_to(user).filter(pk=options["batch"]).first()
        if batch is None or options["what"] == "nil":
            raise WrongCall(f"There is no file {options['batch']} to accept or return.")
        waiting = actions.waiting_of(batch)
        try:
            with write(user, options["reason"] or batch.name) as door:
                if options["what"] == "approve":
                    done = actions.approve_all(door, user, waiting)
                else:
                    done = actions.send_back_all(door, user, waiting, options["reason"])
        except Refused as refusal:
            raise RefusedCall({"state": "refused", "reasons": refusal.reasons}) from refusal
        return {
            "state": str(done[0].state),
            "batch": batch.pk,
            "declarations": len(done),
            "months": sorted({to_iso(each.head.month) for each in done}),
            "version": door.version,
        }

    def _do(self, door, user, site, month, options):
        if options["what"] == "nil":
            return actions.declare_nil(door, user, site, month, options["reason"])
        declaration = actions.waiting_declaration(site, month)
        if options["what"] == "approve":
            return actions.approve(door, user, declaration)
        return actions.send_back(door, user, declaration, options["reason"])
