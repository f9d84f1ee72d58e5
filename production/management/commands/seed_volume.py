"""bin/manage seed_volume --lines N: an empty installation filled to any size, to measure with."""

from office.clock import moment
from office.commands import Command as Base
from office.commands import RefusedCall
from partstrack.figures import WrongCall
from partstrack.periods import from_iso, shift
from production.seed import Plan, seed

MOST = {"lines": 100_000_000, "suppliers": 5_000_000, "parts": 5_000_000}
LEAST_ONE = ("sites", "months", "families")


class Command(Base):
    help = "Fill an empty installation with invented volumes, suppliers and parts of any number."

    def add_arguments(self, parser):
        parser.add_argument("--lines", type=int, default=0, metavar="N", help="lines of volumes, rounded up")
        parser.add_argument("--sites", type=int, default=40, help="sites that declare (default 40)")
        parser.add_argument("--months", type=int, default=60, help="months that each declares (default 60)")
        parser.add_argument("--families", type=int, default=4, help="families of their parts (default 4)")
        parser.add_argument("--until", metavar="YYYY-MM", help="the last month (default: the last whole one)")
        parser.add_argument("--suppliers", type=int, default=0, metavar="N", help="suppliers in all, for long lists")
        parser.add_argument("--parts", type=int, default=0, metavar="N", help="parts in all, for long lists")
        super().add_arguments(parser)

    def run(self, user, options):
        if not user.may("approve"):
            raise RefusedCall({"state": "refused", "reasons": ["Filling an installation is for managers."]})
        return {"state": "seeded", **seed(user, _plan(options))}


def _plan(options):
    numbers = {name: options[name] for name in (*MOST, *LEAST_ONE)}
    for name, value in numbers.items():
        least, most = (1, 10_000) if name in LEAST_ONE else (0, MOST[name])
        if not least <= value <= most:
            raise WrongCall(f"--{name} is from {least} to {most}.")
    if not any(numbers[name] for name in MOST):
        raise WrongCall("Say how much: --lines N, --suppliers N or --parts N.")
    try:
        until = from_iso(options["until"]) if options["until"] else shift(moment().today.replace(day=1), -1)
    except ValueError:
        raise WrongCall("--until is a month like 2026-08.") from None
    return Plan(until=until, **numbers)
