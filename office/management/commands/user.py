"""bin/manage user add EMAIL --role R [--firm CODE]: make a person, or give them more roles; user lost-phone EMAIL: end a second factor."""

import getpass
import sys

import pghistory
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Firm, Member, Role, User
from accounts.second_factor import take_away
from accounts.sessions import end, sessions_of
from office.commands import Command as Base
from office.commands import RefusedCall
from partstrack.figures import WrongCall

LONGEST = User._meta.get_field("email").max_length


class Command(Base):
    help = "Add a person with roles. The password is asked for, or read from standard input with --password-stdin."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["add", "lost-phone"])
        parser.add_argument("email")
        parser.add_argument("--role", action="append", default=[], choices=Role.values)
        parser.add_argument("--firm", help="code of the firm a supplier declares for")
        parser.add_argument(
            "--reason", default="lost phone", help="why a second factor is taken away; kept in the history"
        )
        parser.add_argument("--password-stdin", action="store_true")
        super().add_arguments(parser)

    def run(self, acting, options):
        """Whoever works at this machine as `cli` may; anybody else needs the right."""
        if acting.email != "cli" and not acting.may("people"):
            raise RefusedCall({"state": "refused", "reasons": ["Adding people is for system administrators."]})
        if options["what"] == "lost-phone":
            return _without_factor(acting, options)
        email, firm = _address(options["email"]), _firm(options["firm"])
        password = _password(options)
        with transaction.atomic():
            user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
            user.roles = sorted({*user.roles, *options["role"]})
            if password:
                user.set_password(password)
            user.save()
            if firm:
                Member.objects.get_or_create(user=user, firm=firm)
        return {"state": "added", "email": user.email, "roles": user.roles, "firm": options["firm"]}

    def say(self, answer):
        if answer["state"] == "without factor":
            return f"{answer['email']} signs in with the password alone, until a new second factor is set up."
        if answer["state"] != "added":
            return super().say(answer)
        return f"{answer['email']}: {', '.join(answer['roles']) or 'no role'}"


def _without_factor(acting, options):
    person = User.objects.filter(email__iexact=options["email"]).first()
    if person is None:
        raise WrongCall(f"Nobody signs in as {options['email']!r}.")
    with transaction.atomic(), pghistory.context(user=acting.pk, reason=options["reason"]):
        take_away(person)
    end(sessions_of(person))
    return {"state": "without factor", "email": person.email}


def _address(text):
    try:
        validate_email(text)
    except ValidationError:
        raise WrongCall(f"{text!r} is not an e-mail address.") from None
    if len(text) > LONGEST:
        raise WrongCall(f"An e-mail address has at most {LONGEST} characters.")
    return text


def _firm(code):
    firm = Firm.objects.filter(code=code).first() if code else None
    if code and firm is None:
        raise WrongCall(f"There is no firm {code!r}.")
    return firm


def _password(options):
    if options["password_stdin"]:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty() and not options["json"]:
        password = getpass.getpass("Password (12 characters or more): ")
    else:
        return None
    try:
        validate_password(password)
    except ValidationError as error:
        raise RefusedCall({"state": "refused", "reasons": error.messages}) from error
    return password
