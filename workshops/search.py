"""Workshops, found by code and name."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Hit, Search
from partstrack.searching import found_by, holding
from workshops.models import Workshop


def workshops(user, said, limit):
    """Return the workshops with every word in their code and names."""
    rows = Workshop.objects.visible_to(user)
    found = found_by(rows, limit, holding(rows, said.words, "code", "name", "name_ar").values("pk"))
    return [
        Hit(
            row.name_in(get_language()),
            reverse("workshop", args=[row.code]),
            row.code,
            exact=said.is_exactly(row.code, row.name, row.name_ar),
        )
        for row in found
    ]


def _more(said):
    return f"{reverse('workshop_list')}?{urlencode({'q': said.text})}"


SEARCH = [Search("workshop", _("Workshops"), workshops, order=50, right="see_all", more=_more)]
