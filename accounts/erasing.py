"""Somebody who left becomes a pseudonym, everywhere and for good: who they were goes, what they did stays."""

from django.apps import apps
from django.contrib.sessions.models import Session

from accounts.models import ERASED, Member, User
from accounts.second_factor import take_away
from partstrack import registry


def erase(person):
    """Replace name and address by a pseudonym, in the history too; they sign in no more and declare for nobody.

    Must run in a transaction with the history's context. Other rooms put the pseudonym where they hold the name as text.
    """
    said = _said(person)
    person.name, person.email, person.is_active = f"Personne n° {person.pk}", f"personne-{person.pk}{ERASED}", False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    Member.objects.filter(user=person).delete()
    take_away(person)
    _events(person).update(name=person.name, email=person.email)
    for erased in registry.all_of("on_erased"):
        erased(said, person.name)


def _said(person):
    """Return every text that named this person, now or before."""
    before = _events(person).values_list("name", "email")
    return {text for pair in ((person.name, person.email), *before) for text in pair if text}


def _events(person):
    return apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj=person.pk)


def sign_ins(before):
    """Return the people whose last sign-in lies before a day and is still known."""
    return User.objects.filter(last_login__date__lt=before)


def ended_sessions(now):
    """Return the sessions that have ended by an instant."""
    return Session.objects.filter(expire_date__lt=now)
