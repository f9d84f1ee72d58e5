"""Signing in and out, the doors of the demonstration, the language of the pages, and one's own page."""

from allauth.account.views import LoginView, LogoutView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from accounts.adapter import landing
from accounts.models import Firm, Role, User
from accounts.second_factor import must_have, said_again
from accounts.sessions import others
from accounts.throttle import seconds_left, slowed

YEAR_SECONDS = 365 * 24 * 3600
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
SLOWED = "too_many_login_attempts"

# The demonstration's accounts, one button each (reports/demo/people.py makes them).
DOORS = {
    Role.ANALYST.value: "analyste@demo.invalid",
    Role.ADMIN.value: "admin@demo.invalid",
    Role.MANAGER.value: "manager@demo.invalid",
    Role.SUPPLIER.value: "fournisseur@demo.invalid",
    Role.SYSTEM.value: "systeme@demo.invalid",
}


def safe_next(request, default="/"):
    """Return where to go on, inside this site only."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else default


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign in by e-mail and password; in the demonstration also by one button per role."""

    def dispatch(self, request, *args, **kwargs):
        """Sign in, unless this address tried too often: then 429 with the time left."""
        answer = super().dispatch(request, *args, **kwargs)
        if answer.status_code == 429 and not answer.has_header("Retry-After"):
            return slowed(request, seconds_left(request, "login"))
        return answer

    def get_form(self, form_class=None):
        """Name the address in our words; a field with a label needs no second one inside."""
        form = super().get_form(form_class)
        form.fields["login"].label = _("E-mail address")
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        return form

    def form_invalid(self, form):
        """Show what is wrong; 429 with the time left when there were too many wrong passwords."""
        if form.has_error("__all__", SLOWED):
            account = f"{self.request.get_host()}:{form.cleaned_data['login'].lower()}"  # as allauth counts
            return slowed(self.request, seconds_left(self.request, "login_failed", account))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        """Add the doors of the demonstration, when it is loaded."""
        return {**super().get_context_data(**kwargs), "demo_roles": doors(self.request.moment)}


def doors(moment):
    """Return the roles that can be entered without a password: those of the demonstration's accounts."""
    if not moment.demo:
        return []
    there = set(User.objects.filter(email__in=DOORS.values(), is_active=True).values_list("email", flat=True))
    return [role for role, email in DOORS.items() if email in there]


class SignOut(LogoutView):
    """Sign out; the browser forgets the pages that it keeps, so that nobody finds them by going back."""

    def post(self, request, *args, **kwargs):
        """End the session."""
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer


@method_decorator(login_not_required, name="dispatch")
class DemoDoor(View):
    """Enter the demonstration as one of its accounts, without a password."""

    def post(self, request):
        """Sign in; 404 unless the demonstration is loaded and has that door."""
        role = request.POST.get("role", "")
        if role not in doors(request.moment):
            raise Http404
        user = User.objects.get(email=DOORS[role])
        login(request, user, backend=BACKEND)
        return redirect(safe_next(request, landing(user)))


@method_decorator(login_not_required, name="dispatch")
class Language(View):
    """Keep the chosen language for a year, in the browser and for what is sent to the person."""

    def post(self, request):
        """Set the cookie and go back to the page."""
        answer = redirect(safe_next(request))
        code = request.POST.get("language")
        if code in dict(settings.LANGUAGES):
            User.objects.filter(pk=request.user.pk).exclude(language=code).update(language=code)
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                code,
                max_age=YEAR_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return answer


class Me(View):
    """One's own page, for everybody who is signed in: who am I here, and what may I."""

    def get(self, request):
        """Show name, address, roles, firms and languages."""
        firms = Firm.objects.filter(members__user=request.user).order_by("name", "pk")
        context = {
            "firms": firms,
            "others": others(request),
            "sees": request.user.may("see"),
            "must_have": must_have(request.user),
        }
        return render(request, "accounts/me.html", context)


class Password(View):
    """Change one's own password. Whoever has none (the demonstration's accounts) cannot get one here."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse accounts without a password; whoever has a second factor says again who they are."""
        if not request.user.has_usable_password():
            raise PermissionDenied
        return (request.user.second_factor and said_again(request)) or super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Show the form."""
        return self._show(request, PasswordChangeForm(request.user))

    def post(self, request):
        """Change it and end the other sessions; 429 after five tries in a minute."""
        if not ratelimit.consume(request, action="change_password", user=request.user):
            return slowed(request, seconds_left(request, "change_password"))
        form = PasswordChangeForm(request.user, request.POST)
        if not form.is_valid():
            return self._show(request, form)
        update_session_auth_hash(request, form.save())
        messages.success(request, _("The password is changed. Your other sessions have ended."))
        return redirect("me")

    def _show(self, request, form):
        return render(request, "accounts/password.html", {"form": form})
