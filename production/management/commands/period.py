"""bin/manage period close|open M[..M]."""

from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import Refused, write
from partstrack.figures import WrongCall
from partstrack.periods import from_iso, month_range, to_iso
from production import periods


class Command(Base):
    help = "Close months (their figures become final) or open them again."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["close", "open"])
        parser.add_argument("months", metavar="YYYY-MM[..YYYY-MM]")
        parser.add_argument("--accept", default="", metavar="REASON", help="close although something is missing")
        parser.add_argument("--reason", default="", help="why closed months are opened again (required)")
        super().add_arguments(parser)

    def run(self, user, options):
        months = self._months(options["months"])
        try:
            with write(user, options["accept"] or options["reason"]) as door:
                if options["what"] == "close":
                    done = periods.close(door, user, months, options["accept"])
                else:
                    done = periods.reopen(door, user, months, options["reason"])
        except Refused as refusal:
            raise RefusedCall(
                {"state": "refused", "checklist": refusal.reasons, "reasons": refusal.reasons}
            ) from refusal
        return {
            "state": "closed" if options["what"] == "close" else "open",
            "months": [to_iso(m) for m in done],
            "version": door.version,
        }

    def _months(self, text):
        first, _dots, last = text.partition("..")
        try:
            if months := month_range(from_iso(first), from_iso(last or first)):
                return months
            raise ValueError(text)
        except ValueError:
            raise WrongCall(f"{text!r} is neither a month (2026-05) nor a span (2026-01..2026-05).") from None
