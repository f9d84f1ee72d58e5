"""What django-allauth may do here: sign in and out, second factors. Accounts are made by a system administrator."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import second_factor


class Adapter(DefaultAccountAdapter):
    """Close the sign-up door, tell nobody which accounts exist, lead each person to a page that is theirs."""

    def is_open_for_signup(self, request):
        """Nobody signs up by themselves."""
        return False

    def authenticate(self, request, **credentials):
        """Answer a deactivated account as an unknown one."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def get_login_redirect_url(self, request):
        """Lead to the first page that this person may open."""
        return landing(request.user)

    def is_reauthentication_required(self, *, app):
        """Whoever signed in, or said again who they are, less than five minutes ago need not do so now."""
        request = context.request
        oldest = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > oldest for record in get_authentication_records(request, request.user))

    def get_reauthentication_methods(self, user):
        """Ask for the code of whoever has a second factor: a password alone does not change it."""
        return super().get_reauthentication_methods(user)[-1:]

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing about signing in and out: the page shows it."""


class FactorAdapter(DefaultMFAAdapter):
    """Keep secrets encrypted, draw the picture under our policy, say what is wrong in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right. Wait for the next one on your phone, or type a recovery code that you have not used."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second factor: set one up first."),
    }

    def encrypt(self, text):
        """Return what the base keeps of a secret."""
        return second_factor.encrypted(text)

    def decrypt(self, encrypted_text):
        """Return a secret; one of another installation's key fits no code, so that its factor must be taken away."""
        return second_factor.decrypted(encrypted_text) or generate_totp_secret()

    def build_totp_svg(self, url):
        """Draw the picture to photograph."""
        return second_factor.picture(url, gettext("QR code of the second factor"))


def landing(user):
    """Return the address a person starts at: home, the list of people, or their own page."""
    if user.may("see"):
        return reverse("home")
    return reverse("user_list") if user.may("people") else reverse("me")
