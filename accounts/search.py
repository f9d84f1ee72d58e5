"""People, found by who manages them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import manageable
from partstrack.registry import Hit, Search
from partstrack.searching import holding


def people(user, said, limit):
    """Return the people whose name or address holds every word."""
    found = holding(manageable(user), said.words, "name", "email").order_by("email", "pk")[:limit]
    return [
        Hit(str(person), reverse("user_edit", args=[person.pk]), person.email, exact=said.is_exactly(str(person)))
        for person in found
    ]


SEARCH = [Search("person", _("People"), people, order=90, right="people")]
