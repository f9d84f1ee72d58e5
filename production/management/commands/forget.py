"""bin/manage forget [--dry-run]: erase names of people that were kept as long as the settings say. Called every month."""

from django.conf import settings
from django.utils import timezone

from accounts.erasing import ended_sessions, sign_ins
from office import clock
from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import write
from partstrack.periods import month_of, shift
from production import forgetting


class Command(Base):
    help = "Erase who sent old files, when people last signed in long ago, and ended sessions; see the settings."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be erased, and erase nothing")
        super().add_arguments(parser)

    def run(self, user, options):
        """Count, then erase in one write; nothing to erase writes nothing."""
        if user.email != "cli" and not user.may("people"):
            raise RefusedCall({"state": "refused", "reasons": ["Erasing names is for system administrators."]})
        today = clock.moment().today
        files, declarations = forgetting.senders(_day(today, settings.KEEP_SENDERS_MONTHS))
        people, sessions = sign_ins(_day(today, settings.KEEP_SIGN_INS_MONTHS)), ended_sessions(timezone.now())
        found = {
            "senders_of_files": files.count(),
            "senders_of_declarations": declarations.count(),
            "sign_ins": people.count(),
            "sessions": sessions.count(),
        }
        state = "checked" if options["dry_run"] else "done" if any(found.values()) else "unchanged"
        if state == "done":
            with write(user, f"forget: {', '.join(f'{name} {count}' for name, count in found.items())}"):
                files.update(sender="")
                declarations.update(sender="")
                people.update(last_login=None)
                sessions.delete()
        return {"state": state, "today": f"{today}", **found}


def _day(today, months):
    """Return the first day of the month so many months before this one: what is older is erased."""
    return shift(month_of(today), -months)
