"""bin/manage user add EMAIL --role R [--firm CODE]: make a person, or give them more roles."""

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Firm, Member, Role, User


class Command(BaseCommand):
    help = "Add a person with roles. The password is asked for, or read from standard input with --password-stdin."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["add"])
        parser.add_argument("email")
        parser.add_argument("--role", action="append", default=[], choices=Role.values)
        parser.add_argument("--firm", help="code of the firm a supplier declares for")
        parser.add_argument("--password-stdin", action="store_true")

    @transaction.atomic
    def handle(self, *args, **options):
        firm = Firm.objects.filter(code=options["firm"]).first()
        if options["firm"] and firm is None:
            raise CommandError(f"There is no firm {options['firm']!r}.", returncode=2)
        user = User.objects.filter(email__iexact=options["email"]).first() or User.objects.create_user(options["email"])
        user.roles = sorted({*user.roles, *options["role"]})
        if password := self._password(options):
            user.set_password(password)
        user.save()
        if firm:
            Member.objects.get_or_create(user=user, firm=firm)
        self.stdout.write(f"{user.email}: {', '.join(user.roles) or 'no role'}")

    def _password(self, options):
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif sys.stdin.isatty():
            password = getpass.getpass("Password (12 characters or more): ")
        else:
            return None
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=1) from error
        return password
