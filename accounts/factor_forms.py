"""The forms of codes: one's own after the password, once more before what matters; and the end of somebody's factor."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.cache import cache

VALID = 120  # seconds: longer than a code of an application is taken


class Once:
    """A code is taken once, however long it is valid."""

    def clean_code(self):
        """Refuse a wrong code, and one that was taken already."""
        code = super().clean_code()
        if not cache.add(f"second-factor-{self.user.pk}-{normalize_user_code(code)}", True, VALID):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(Once, ReauthenticateForm):
    """The code before what matters."""
