"""Export agreements, found by code, title and party."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from exports.models import Agreement, AgreementParty
from partstrack.registry import Hit, Search
from partstrack.searching import found_by, holding


def agreements(user, said, limit):
    """Return the agreements with every word in their code and title, or in the names of a party that this person may see."""
    rows = Agreement.objects.visible_to(user)
    firms = holding(Firm.objects.visible_to(user), said.words, "code", "name", "name_ar").values("pk")
    named = holding(rows, said.words, "code", "title").values("pk")
    signed = AgreementParty.objects.visible_to(user).filter(firm__in=firms).values("agreement")
    return [
        Hit(
            row.title,
            reverse("export", args=[row.code]),
            row.code,
            f"{row.get_kind_display()} · {row.get_state_display()}",
            said.is_exactly(row.code, row.title),
        )
        for row in found_by(rows, limit, named, signed)
    ]


SEARCH = [Search("agreement", _("Export agreements"), agreements, order=55)]
