"""bin/manage upload KIND FILE: the same road as the desk's pages, in one call."""

from pathlib import Path

from intake import desk
from intake.models import Batch
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
        parser.add_argument("--decimal", choices=["comma", "dot"])
        parser.add_argument("--reason")
        parser.add_argument("--accept", metavar="REASON", help="take suspicious values as they are")
        parser.add_argument("--dry-run", action="store_true")
        super().add_arguments(parser)

    def run(self, user, options):
        registry.kind(options["kind"])
        path = Path(options["file"])
        if not path.is_file():
            raise WrongCall(f"There is no file {options['file']!r}.")
        said = {
            name: options[name]
            for name in ("supplier", "site", "measure", "decimal", "reason", "accept")
            if options[name]
        }
        if options["create"]:
            said["create"] = True
        try:
            return self._upload(user, path, options["kind"], said, options["dry_run"])
        except Refused as refusal:
            raise RefusedCall(desk.refused(path.name, refusal.reasons)) from refusal

    def _upload(self, user, path, kind, said, dry):
        with path.open("rb") as file:
            batch = desk.receive(user, kind, path.name, iter(lambda: file.read(CHUNK), b""), said, clock.moment())
        found = desk.check(user, batch, clock.moment())
        if found["state"] == Batch.State.REFUSED:
            raise RefusedCall(found)
        if found["state"] != Batch.State.CHECKED or dry:
            return found
        if found["suspicious"] and "accept" not in said:
            raise RefusedCall(found)
        found = desk.apply(user, batch, clock.moment())
        if found["state"] == Batch.State.CHECKED:
            raise RefusedCall(found)
        return found
