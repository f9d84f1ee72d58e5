"""People, for system administrators: who they are, their roles, the firms they declare for."""

import pghistory
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.erasing import erase
from accounts.filters import PeopleFilters
from accounts.forms import EraseForm, PersonForm, ReasonForm, printed
from accounts.models import User, manageable
from accounts.second_factor import said_again, take_away
from accounts.sessions import end, sessions_of
from accounts.tables import PeopleTable
from accounts.throttle import seconds_left, slowed
from partstrack.pages import ListPage, Page


class PeopleList(ListPage):
    """Everybody who can sign in, or could."""

    right = "people"
    title = gettext_lazy("People")
    table_class = PeopleTable
    filter_class = PeopleFilters
    template = "accounts/people.html"

    def rows(self, request):
        """Return the people with their firms."""
        return manageable(request.user).prefetch_related("memberships__firm").order_by("email", "pk")


class OnPerson(Page):
    """A page that changes somebody: the own password comes with its form, and before it the code of whoever has a second factor."""

    right = "people"

    def dispatch(self, request, *args, **kwargs):
        """Ask for the code, unless it was given lately."""
        asks = request.user.second_factor and request.user.may(self.right)
        return (asks and said_again(request)) or super().dispatch(request, *args, **kwargs)

    def _person(self, request, number, lock=False):
        people = manageable(request.user).exclude(pk=request.user.pk)
        return get_object_or_404(people.select_for_update() if lock else people, pk=number)

    def _done(self, request):
        messages.info(request, _("This was already done."))
        return redirect("user_list")


class PersonEntry(OnPerson):
    """Add a person, or change one. Whoever does it gives their own password with it."""

    def get(self, request, number=None):
        """Show the form."""
        return self._show(request, PersonForm(instance=self._person(request, number), acting=request.user))

    def post(self, request, number=None):
        """Write; 400 without the print of what was read, 409 when somebody was quicker, 429 after ten tries."""
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return slowed(request, seconds_left(request, "reauthenticate"))
        if "seen" not in request.POST:
            raise BadRequest("The form came without the print of what was read.")
        with transaction.atomic(), pghistory.context(user=request.user.pk, reason=""):
            return self._write(request, self._person(request, number, lock=True))

    def _write(self, request, person):
        if person.pk and request.POST["seen"] != printed(person):
            return self._conflict(request, person)
        form = PersonForm(request.POST, instance=person, acting=request.user)
        if not form.is_valid():
            return self._show(request, form)
        form.save_person()
        messages.success(request, _("Saved."))
        return redirect("user_list")

    def _person(self, request, number, lock=False):
        if number is None:
            return User()
        people = manageable(request.user).select_for_update() if lock else manageable(request.user)
        return get_object_or_404(people, pk=number)

    def _conflict(self, request, person):
        """Show what stands now beside what was typed; sending again writes over what stands now."""
        data = request.POST.copy()
        data["seen"] = printed(person)
        form = PersonForm(data, instance=person, acting=request.user)
        return self._show(request, form, 409, differences=form.differences())

    def _show(self, request, form, status=200, **context):
        title = _("Change the person") if form.instance.pk else _("New person")
        context |= {"form": form, "title": title, "conflict": status == 409}
        return render(request, "accounts/person.html", context, status=status)


class PersonErase(OnPerson):
    """Put a pseudonym in the place of somebody who left: who they were goes, what they did stays."""

    def get(self, request, number):
        """Show what goes and what stays."""
        person = self._person(request, number)
        return (
            self._done(request) if person.erased else self._show(request, EraseForm(person=person, acting=request.user))
        )

    def post(self, request, number):
        """Erase; 429 after ten tries of a password."""
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return slowed(request, seconds_left(request, "reauthenticate"))
        with transaction.atomic():
            person = self._person(request, number, lock=True)
            if person.erased:
                return self._done(request)
            form = EraseForm(request.POST, person=person, acting=request.user)
            if not form.is_valid():
                return self._show(request, form)
            with pghistory.context(user=request.user.pk, reason=form.cleaned_data["reason"]):
                erase(person)
        messages.success(request, _("From now on this is %(name)s.") % {"name": person.name})
        return redirect("user_list")

    def _show(self, request, form):
        return render(request, "accounts/person_erase.html", {"form": form, "person": form.person})


class PersonFactor(OnPerson):
    """Take the second factor of somebody away who lost their phone; their sessions end."""

    def get(self, request, number):
        """Show what follows; lead back to the person when there is no factor."""
        person = self._person(request, number)
        if not person.second_factor:
            return self._done(request)
        return self._show(request, ReasonForm(person=person, acting=request.user))

    def post(self, request, number):
        """Take it away; 429 after ten tries of a password."""
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return slowed(request, seconds_left(request, "reauthenticate"))
        with transaction.atomic():
            person = self._person(request, number, lock=True)
            if not person.second_factor:
                return self._done(request)
            form = ReasonForm(request.POST, person=person, acting=request.user)
            if not form.is_valid():
                return self._show(request, form)
            with pghistory.context(user=request.user.pk, reason=form.cleaned_data["reason"]):
                take_away(person)
            end(sessions_of(person))
        words = _("%(name)s signs in with the password alone, until a new second factor is set up.")
        messages.success(request, words % {"name": person})
        return redirect("user_list")

    def _show(self, request, form):
        return render(request, "accounts/person_factor.html", {"form": form, "person": form.person})
