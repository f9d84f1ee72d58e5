"""bin/manage demo: load the demonstration into an empty base, set it back, or say how to sign in."""

import sys

from django.db import transaction
from django.utils.translation import gettext as _

from office import clock
from office.commands import Command as Base
from office.commands import RefusedCall
from office.door import Refused
from partstrack.figures import WrongCall
from reports.demo import emptying, leave, people
from reports.demo.load import is_empty, load


class Command(Base):
    help = "Load the demonstration: invented partners and volumes, real names for published facts only."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--if-empty", action="store_true", help="do nothing when there is data")
        what.add_argument("--accounts", action="store_true", help="print the demonstration's accounts")
        what.add_argument("--reset", action="store_true", help="empty the base and load the demonstration afresh")
        parser.add_argument("--yes", action="store_true", help="with --reset: do not ask")
        parser.add_argument(
            "--in", dest="named", metavar="DATABASE", help="the name of the real database that is meant"
        )
        super().add_arguments(parser)

    def run(self, user, options):
        if options["yes"] and not options["reset"]:
            raise WrongCall("--yes goes with --reset.")
        if options["accounts"]:
            return {"state": "accounts", "accounts": _accounts()}
        try:
            return self._reset(options) if options["reset"] else self._load(options)
        except Refused as refusal:
            raise RefusedCall({"state": "refused", "reasons": refusal.reasons}) from refusal

    def _load(self, options):
        if options["if_empty"] and not is_empty():
            return {"state": "unchanged"}
        leave.ask_leave(options["named"])
        load()
        return _loaded()

    def _reset(self, options):
        leave.ask_leave(options["named"])
        leave.ask_leave_to_empty(options["named"])
        if not options["yes"]:
            self._confirm()
        with transaction.atomic():
            emptying.empty()
            load()
        return _loaded()

    def _confirm(self):
        """Have the database's name typed; refused without a keyboard."""
        name = leave.database_name()
        if not sys.stdin.isatty():
            raise Refused(_("Everything that was entered would be lost. Say --yes if that is meant."))
        self.stderr.write(_("Everything that was entered in %(name)s will be lost.") % {"name": name})
        self.stderr.write(_("Type %(name)s to go on:") % {"name": name}, ending=" ")
        if input().strip() != name:
            raise Refused(_("That was not the name. Nothing was emptied."))

    def say(self, answer):
        if "reasons" in answer:
            return "\n".join(answer["reasons"])
        if answer["state"] == "wrong_call":
            return answer["error"]
        if answer["state"] == "unchanged":
            return _("There is data already: the demonstration was not loaded.")
        lines = [_("The demonstration is loaded. Its day is %(day)s.") % {"day": f"{clock.moment().today:%d/%m/%Y}"}]
        lines = lines if answer["state"] == "loaded" else []
        return "\n".join([*lines, *_introduced(answer["accounts"])])


def _loaded():
    moment = clock.moment()
    return {"state": "loaded", "version": moment.version, "today": f"{moment.today}", "accounts": _accounts()}


def _accounts():
    return [{"email": each.email, "name": each.name, "role": str(each.role)} for each in people.existing()]


def _introduced(accounts):
    """Say who can sign in, in lines that stand under the address that bin/run prints."""
    if not accounts:
        return []
    heading = _("Demonstration accounts, one button each on the sign-in page, without a password:")
    return [f"  {heading}", *(f"    {each['email']:<28}{each['name']}" for each in accounts)]
