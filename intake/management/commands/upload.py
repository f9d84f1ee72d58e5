"""bin/manage upload KIND FILE: the same road as the desk's pages, in one call."""

from datetime import date
from pathlib import Path

from intake import answers, desk
from intake.models import Batch, Channel
from intake.reception import Reception
from office import clock
from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import Refused
from partstrack import registry
from partstrack.figures import WrongCall

CHUNK = 1024 * 1024


class Command(Base):
    help = "Upload a file: check it, and apply it unless something is refused or --dry-run is given."

    def add_arguments(self, parser):
        parser.add_argument("kind")
        parser.add_argument("file")
        parser.add_argument("--supplier", metavar="CODE")
        parser.add_argument("--site", metavar="CODE")
        parser.add_argument(
            "--create", action="store_true", help="make the unknown supplier, its first site and its parts"
        )
        parser.add_argument("--measure", metavar="M", help="what an unnamed column holds (default: produced)")
        parser.add_argument("--importer", metavar="CODE", help="whose imports the rows are that name nobody")
        parser.add_argument("--source", metavar="S", help="where imports come from: customs, authorisation or planned")
        parser.add_argument("--national", action="store_true", help="the file covers all importers")
        parser.add_argument("--decimal", choices=["comma", "dot"])
        parser.add_argument("--reason")
        parser.add_argument("--accept", metavar="REASON", help="take suspicious values as they are")
        parser.add_argument("--mode", choices=desk.MODES, help="what becomes of values that the file does not mention")
        parser.add_argument(
            "--received-on", metavar="DATE", help="the day it arrived, like 2026-09-14 (default: today)"
        )
        parser.add_argument("--channel", choices=Channel.values)
        parser.add_argument("--sender", default="", metavar="TEXT", help="who sent it")
        parser.add_argument("--dry-run", action="store_true")
        super().add_arguments(parser)

    def run(self, user, options):
        registry.kind(options["kind"])
        path = Path(options["file"])
        if not path.is_file():
            raise WrongCall(f"There is no file {options['file']!r}.")
        said = {
            name: options[name]
            for name in ("supplier", "site", "measure", "decimal", "reason", "accept", "mode", "importer", "source")
            if options[name]
        }
        said |= {name: True for name in ("create", "national") if options[name]}
        try:
            return self._upload(user, path, options["kind"], said, options)
        except Refused as refusal:
            raise RefusedCall(answers.refused(path.name, refusal.reasons)) from refusal

    def _upload(self, user, path, kind, said, options):
        how = Reception(_day(options["received_on"]), options["channel"] or "", options["sender"])
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(CHUNK), b"")
            batch = desk.receive(user, kind, path.name, chunks, said, clock.moment(), reception=how)
        found = desk.check(user, batch, clock.moment())
        if found["state"] == Batch.State.REFUSED:
            raise RefusedCall(found)
        if found["state"] != Batch.State.CHECKED or options["dry_run"]:
            return found
        if found["suspicious"] and "accept" not in said:
            raise RefusedCall(found)
        found = desk.apply(user, batch, clock.moment())
        if found["state"] == Batch.State.CHECKED:
            raise RefusedCall(found)
        return found


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongCall(f"--received-on {text!r} is not a day like 2026-09-14.") from None
