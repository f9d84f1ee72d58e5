"""Vehicle programmes, found by code, model and maker."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from integration.models import VehicleProgramme
from partstrack.registry import Hit, Search
from partstrack.searching import found_by, holding


def programmes(user, said, limit):
    """Return the programmes with every word in their code and model, or in the names of their maker."""
    rows = VehicleProgramme.objects.visible_to(user)
    makers = Firm.objects.filter(pk__in=rows.order_by().values("maker"))
    named = holding(rows, said.words, "code", "model").values("pk")
    made = rows.filter(maker__in=holding(makers, said.words, "code", "name", "name_ar").values("pk")).values("pk")
    return [
        Hit(
            row.name_in(get_language()),
            reverse("programme", args=[row.code]),
            row.code,
            exact=said.is_exactly(row.code, row.model),
        )
        for row in found_by(rows.select_related("maker"), limit, named, made)
    ]


SEARCH = [Search("programme", _("Vehicle programmes"), programmes, order=45)]
