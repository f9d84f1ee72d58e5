"""bin/manage since NAME --from DATE|vN: what changed in a volume since a situation, and why."""

from office import clock
from office.asking import ask
from office.commands import Command as Base
from office.commands import filters
from partstrack.figures import WrongCall
from production import restatements

BY = ("supplier", "site", "month")


class Command(Base):
    help = "Say what changed in a volume between two situations, over the same months, and why."

    def add_arguments(self, parser):
        parser.add_argument("name", help="produced or sold")
        parser.add_argument("--from", dest="then", required=True, metavar="DATE|vN", help="the earlier situation")
        parser.add_argument("--to", dest="now", metavar="DATE|vN", help="the later situation (default: now)")
        parser.add_argument("--year", help="the year that is counted (default: that of the earlier situation)")
        parser.add_argument("--by", default="supplier", help="supplier, site or month")
        parser.add_argument("--filter", action="append", default=[], metavar="KEY=VALUE")
        super().add_arguments(parser)

    def run(self, user, options):
        if options["by"] not in BY:
            raise WrongCall(f"--by {options['by']!r} is not one of: {', '.join(BY)}.")
        moment, said = clock.moment(), filters(options["filter"])
        then, now = (
            ask(user, moment, {"year": options["year"], "as-of": options[side]}, said) for side in ("then", "now")
        )
        found = restatements.since(options["name"], now, then)
        return restatements.as_json(found, options["by"], restatements.sources(found.lines))
