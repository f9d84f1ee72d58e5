"""What django-allauth may do here: sign in and out. Accounts are made by a system administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


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

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing about signing in and out: the page shows it."""


def landing(user):
    """Return the address a person starts at: home, the list of people, or their own page."""
    if user.may("see"):
        return reverse("home")
    return reverse("user_list") if user.may("people") else reverse("me")
