"""The second factor: a code of an application on the person's phone, or one of ten recovery codes, after the password.

Secrets are kept encrypted by allauth's table, which has no history; that somebody has a factor is a field of the person.
"""

import base64
import hashlib

import qrcode
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from accounts.models import User


def must_have(user):
    """Say whether a role of this person asks for a second factor. Accounts without a password, the demonstration's, have none."""
    asked = settings.SECOND_FACTOR
    return bool(asked) and user.has_usable_password() and (user.is_superuser or not asked.isdisjoint(user.roles))


def lacks(user):
    """Say whether this person must set up a second factor before anything else."""
    return not user.second_factor and must_have(user)


def note(user, has):
    """Keep with the person whether they have a factor. Must run in a transaction with the history's context."""
    User.objects.filter(pk=user.pk).exclude(second_factor=has).update(second_factor=has)
    user.second_factor = has


def take_away(user):
    """Remove the factor of a person and their recovery codes. Must run in a transaction with the history's context."""
    Authenticator.objects.filter(user=user).delete()
    note(user, False)


def said_again(request):
    """Return where to say again who sits there, None when they did so lately. What was typed is not kept: it holds passwords."""
    if not is_reauthentication_required(request, app="accounts"):
        return None
    name = "mfa_reauthenticate" if request.user.second_factor else "account_reauthenticate"
    return redirect(f"{reverse(name)}?{urlencode({'next': request.path})}")


# Secrets -------------------------------------------------------------------------------------------------
def encrypted(text):
    """Return a secret as the base keeps it."""
    return _keys().encrypt(text.encode()).decode()


def decrypted(text):
    """Return a secret; None when it was encrypted with another key than the installation's."""
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def _keys():
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"partstrack second factor" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def picture(text, label):
    """Draw a text as a QR code: SVG without styles, dark on white in every look, since cameras want it so."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" role="img" aria-label="{0}" viewBox="0 0 {1} {1}" shape-rendering="crispEdges">'
        '<rect width="{1}" height="{1}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        label,
        len(rows),
        squares,
    )
