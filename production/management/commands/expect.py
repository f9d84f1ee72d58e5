"""bin/manage expect SITE --from M [--to M]: confirm who is to declare."""

from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import write
from partstrack.figures import WrongCall
from partstrack.periods import from_iso
from production import expecting
from suppliers.models import Site


class Command(Base):
    help = "Confirm that a site is to declare from a month (to a month, included)."

    def add_arguments(self, parser):
        parser.add_argument("site", metavar="SITE")
        parser.add_argument("--from", dest="first", required=True, metavar="YYYY-MM")
        parser.add_argument("--to", dest="last", metavar="YYYY-MM")
        super().add_arguments(parser)

    def run(self, user, options):
        site = Site.objects.visible_to(user).filter(code=options["site"]).first()
        if site is None:
            raise WrongCall(f"There is no site {options['site']!r}.")
        try:
            first = from_iso(options["first"])
            last = from_iso(options["last"]) if options["last"] else None
        except ValueError:
            raise WrongCall("--from and --to are months like 2026-08.") from None
        if last and last < first:
            raise WrongCall("--to comes before --from.")
        if not user.may("enter"):
            raise RefusedCall({"state": "refused", "reasons": ["Confirming who declares is for admins and managers."]})
        with write(user, f"expected from {options['first']}") as door:
            expecting.expect(door, site, first, last, by=user)
        return {
            "state": "confirmed",
            "site": site.code,
            "from": options["first"],
            "to": options["last"],
            "version": door.version,
        }
