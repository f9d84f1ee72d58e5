"""The one shape of our commands: `--json` prints exactly one object, exit 0 done, 1 refused, 2 wrong call."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import User
from partstrack.figures import WrongCall


class RefusedCall(Exception):
    """Refused with reasons: exit 1. `answer` is what --json prints."""

    def __init__(self, answer):
        super().__init__(str(answer))
        self.answer = answer


class Command(BaseCommand):
    """A command that answers with a dictionary. Subclasses give `run(user, options)` and may give `say(answer)`."""

    requires_system_checks = []
    output_transaction = False

    def add_arguments(self, parser):
        """Add --json and --as to the command's own words."""
        parser.add_argument("--json", action="store_true", help="print exactly one JSON object")
        parser.add_argument(
            "--as", dest="acting", default="cli", metavar="EMAIL", help="act as this user (default: cli)"
        )

    def handle(self, *args, **options):
        """Run, print the answer, and leave with the exit code of the contract."""
        with translation.override("en" if options["json"] else options.get("language") or "fr"):
            try:
                answer, code = self.run(self._user(options["acting"]), options), 0
            except RefusedCall as refusal:
                answer, code = refusal.answer, 1
            except (WrongCall, KeyError) as error:
                answer, code = {"state": "wrong_call", "error": error.args[0] if error.args else str(error)}, 2
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else self.say(answer))
        if code:
            sys.exit(code)

    def _user(self, email):
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise WrongCall(f"There is no active user {email!r}. Make one: bin/manage user add {email} --role admin")
        return user

    def run(self, user, options):
        """Do the work and return the answer."""
        raise NotImplementedError

    def say(self, answer):
        """Put the answer into lines for people."""
        return "\n".join(f"{key}: {value}" for key, value in answer.items() if value not in (None, [], {}))


def pair(text):
    """Return (key, value) of a --filter like supplier=P05."""
    key, equals, value = text.partition("=")
    if not equals or not value:
        raise WrongCall(f"--filter {text!r} must look like supplier=P05.")
    return key, value


def wrong(text):
    """Refuse a call that makes no sense."""
    return CommandError(text, returncode=2)
