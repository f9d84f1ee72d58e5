"""The story of a person, for who manages people."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Member, User, manageable
from partstrack.registry import History


def _person(user, key):
    return get_object_or_404(manageable(user), pk=key if key.isdecimal() and len(key) < 10 else 0)


def _parts(person):
    return [(User, {"pgh_obj": person.pk}), (Member, {"user": person.pk})]


def _url(person):
    return reverse("user_edit", args=[person.pk])


HISTORIES = [History("person", _person, _parts, _url, right="people")]
