"""How long a session lasts: thirty minutes without a request (settings), twelve hours in all; what comes first."""

import time

from django.contrib.auth import logout
from django.shortcuts import redirect

from accounts.second_factor import lacks
from accounts.sessions import device

LONGEST = 12 * 3600  # seconds
TOUCHED_EVERY = 60  # seconds: a session is not written at each request


class SessionLimits:
    """End a session twelve hours after it began, whatever was done in it; keep one alive that is used."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look at the session before the page is refused to strangers. Open pages read no session here."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return
        now = int(time.time())
        if now - request.session.setdefault("began", now) >= LONGEST:
            logout(request)
        elif now - request.session.get("used", 0) >= TOUCHED_EVERY:
            request.session["used"] = now
            request.session["device"] = device(request.headers.get("User-Agent", ""))


class FactorFirst:
    """Lead whoever must have a second factor, and has none, to setting one up; nothing else opens before."""

    OPEN = {"mfa_activate_totp", "account_reauthenticate", "account_logout", "language"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look at the person; open pages are left alone."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated or not lacks(request.user):
            return None
        if request.resolver_match.url_name in self.OPEN:
            return None
        return redirect("mfa_activate_totp")
