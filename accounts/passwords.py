"""Passwords: Argon2id at 19 MiB, 12 to 128 characters, no rules of composition."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
LONGEST = 128


class Argon2(Argon2PasswordHasher):
    """Argon2id with the memory that eight sign-ins at once can afford (reliability: passwords)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class MinimumLength:
    """Refuse passwords under 12 characters, in our own words: Django has no Arabic ones for it."""

    def validate(self, password, user=None):
        """Raise ValidationError below the limit."""
        if len(password) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self):
        """Return the rule in words."""
        return _("A password has at least %(shortest)d characters.") % {"shortest": SHORTEST}


class MaximumLength:
    """Refuse passwords longer than 128 characters: hashing them is work for an attacker to give away."""

    def validate(self, password, user=None):
        """Raise ValidationError above the limit."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        """Return the rule in words."""
        return _("A password has at most %(longest)d characters.") % {"longest": LONGEST}
