"""Pages of the second factor: the code at sign-in and before what matters, setting up, recovery codes, turning off."""

import pghistory
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_factor import must_have, note
from accounts.sessions import end, others
from accounts.throttle import seconds_left, slowed

TOO_MANY = ("too_many_login_attempts", "rate_limited")


class Code:
    """A page with a code to type: named in our words; too many wrong ones are slowed as wrong passwords are."""

    def get_form(self, form_class=None):
        """Name the code; a field with a label needs no second one inside."""
        return worded(super().get_form(form_class))

    def form_invalid(self, form):
        """Show what is wrong; 429 with the time left after too many wrong codes."""
        return slowed_code(self.request, form, self.request.user) or super().form_invalid(form)


def worded(form):
    """Give the field of a code our words, and the phone the keys of numbers."""
    field = form.fields["code"]
    field.label = _("Code")
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "maxlength": 20}
    return form


def slowed_code(request, form, user):
    """Return the page 429 when a form was refused for too many tries, else None."""
    if not any(form.has_error("code", code) for code in TOO_MANY):
        return None
    return slowed(request, seconds_left(request, "login_failed", f"mfa-auth-user-{user.pk}"))  # as allauth counts


@method_decorator(login_not_required, name="dispatch")
class SignInCode(AuthenticateView):
    """After the password: the code."""

    def dispatch(self, request, *args, **kwargs):
        """Show the form again when nothing was sent with it."""
        if request.method == "POST" and "code" not in request.POST:
            return redirect("mfa_authenticate")
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        """Show what is wrong; 429 with the time left after too many wrong codes."""
        return slowed_code(self.request, form, self.stage.login.user) or super().form_invalid(form)

    def get_context_data(self, **kwargs):
        """Name the code in our words."""
        context = super().get_context_data(**kwargs)
        return {**context, "form": worded(self.form or self.auth_form)}


class Slowed:
    """Saying again who one is: ten tries a minute, then 429 with the time left."""

    def dispatch(self, request, *args, **kwargs):
        """Ask again."""
        answer = super().dispatch(request, *args, **kwargs)
        if answer.status_code == 429 and not answer.has_header("Retry-After"):
            return slowed(request, seconds_left(request, "reauthenticate"))
        return answer


class PasswordAgain(Slowed, ReauthenticateView):
    """Before what matters, whoever has no second factor gives their password again."""

    def get_form(self, form_class=None):
        """Name the field in our words."""
        form = super().get_form(form_class)
        form.fields["password"].label = _("Your own password")
        form.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        return form


class CodeAgain(Slowed, Code, CodeAgainView):
    """Before what matters, whoever has a second factor gives a code again."""


class Own:
    """A page of one's own second factor. An account without a password, as the demonstration's, has none."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse accounts without a password."""
        if not request.user.has_usable_password():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add whether a role asks for it."""
        return {**super().get_context_data(**kwargs), "must_have": must_have(self.request.user)}

    def written(self, form, has):
        """Write what the form asks for, and with the person whether they have a factor; sessions elsewhere end."""
        user = self.request.user
        with transaction.atomic(), pghistory.context(user=user.pk, reason=""):
            if User.objects.select_for_update().get(pk=user.pk).second_factor is has:  # sent twice
                return redirect("mfa_view_recovery_codes" if has else "me")
            answer = super().form_valid(form)
            note(user, has)
        end(others(self.request))
        return answer


class SetUp(Own, Code, ActivateTOTPView):
    """Set up a second factor: photograph the picture, type the first code."""

    def dispatch(self, request, *args, **kwargs):
        """Lead whoever has one to the recovery codes."""
        if request.user.second_factor:
            return redirect("mfa_view_recovery_codes")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Write the secret in groups of four, to be typed."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return {**context, "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))}

    def form_valid(self, form):
        """Keep it, and show the recovery codes."""
        answer = self.written(form, True)
        messages.success(self.request, _("The second factor is on. Your other sessions have ended."))
        return answer


class TurnOff(Own, DeactivateTOTPView):
    """Turn one's second factor off."""

    success_url = reverse_lazy("me")

    def form_valid(self, form):
        """Remove it and the recovery codes."""
        answer = self.written(form, False)
        messages.success(self.request, _("The second factor is off. Your other sessions have ended."))
        return answer


class RecoveryCodes(Own, ViewRecoveryCodesView):
    """The recovery codes: shown once, counted later."""


class NewRecoveryCodes(Own, GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones end."""
