"""The one shape of our commands: `--json` prints exactly one object, exit 0 done, 1 refused, 2 wrong call."""

import json
import logging
import sys
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from accounts.models import User
from office.door import Refused
from partstrack.figures import WrongCall
from partstrack.registry import Unknown

log = logging.getLogger("partstrack.commands")


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

    def create_parser(self, prog_name, subcommand, **kwargs):
        """Return a parser whose refusals are objects too when --json is asked for."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = Parser
        return parser

    def handle(self, *args, **options):
        """Run, print the answer, and leave with the exit code of the contract."""
        with translation.override("en" if options["json"] else options.get("language") or "fr"):
            answer, code = self._answered(options)
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else self.say(answer))
        if code:
            sys.exit(code)

    def _answered(self, options):
        """Return (answer, exit code). What nobody foresaw is logged under a reference, as a broken page is."""
        try:
            _readable(options)
            return self.run(self._user(options["acting"]), options), 0
        except RefusedCall as refusal:
            return refusal.answer, 1
        except Refused as refusal:
            return {"state": "refused", "reasons": refusal.reasons}, 1
        except (WrongCall, Unknown) as error:
            return _wrong_call(str(error)), 2
        except Exception as error:
            if options["traceback"]:
                raise
            reference = uuid4().hex[:8]
            log.exception("A command broke, reference %s", reference)
            said = f"{type(error).__name__}: the command broke and nothing of it was kept. Reference {reference}."
            return {"state": "broken", "error": said, "reference": reference}, 1

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
        return "\n".join(lines(answer))


def filters(texts):
    """Return {key: value} of --filter supplier=P05 …; each key once."""
    pairs = [text.partition("=") for text in texts]
    if wrong := next((text for text, (_key, _equals, value) in zip(texts, pairs, strict=True) if not value), None):
        raise WrongCall(f"--filter {wrong!r} must look like supplier=P05.")
    found = {key: value for key, _equals, value in pairs}
    if len(found) < len(pairs):
        raise WrongCall("A filter is given once: ask again for another code.")
    return found


class Parser(CommandParser):
    """Says a wrong call as one object on standard output when --json is among the words."""

    def error(self, message):
        """Leave with exit 2."""
        if "--json" in sys.argv:
            print(json.dumps(_wrong_call(message), ensure_ascii=False))
            sys.exit(2)
        super().error(message)


def lines(answer, inset=""):
    """Yield the lines of an answer: what is nested stands further in, what is empty is left out."""
    for key, value in answer.items():
        if value in (None, [], {}, ""):
            continue
        if isinstance(value, dict):
            yield f"{inset}{key}:"
            yield from lines(value, inset + "  ")
        elif isinstance(value, list):
            yield f"{inset}{key}:"
            yield from (f"{inset}  - {_in_one_line(each)}" for each in value)
        else:
            yield f"{inset}{key}: {value}"


def _in_one_line(value):
    if not isinstance(value, dict):
        return value
    return ", ".join(f"{key} {each}" for key, each in value.items() if each not in (None, ""))


def _wrong_call(message):
    return {"state": "wrong_call", "error": message}


def _readable(options):
    """Refuse words that are not UTF-8 (a file's name may be anything)."""
    for name, value in options.items():
        said = value if isinstance(value, list) else [value]
        if name != "file" and any(isinstance(text, str) and not _is_utf8(text) for text in said):
            raise WrongCall(f"--{name} is not readable: write it in UTF-8.")


def _is_utf8(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
