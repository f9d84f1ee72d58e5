"""Dates of the promise not to import what is made here: exemptions that end."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Due, DueKind
from production.models import Exemption


def exemptions_ending(user, first, last):
    """Return the standing exemptions that end in these days; for the house, as their page is."""
    rows = Exemption.objects.filter(to_v=None, until__range=(first, last)).select_related(
        "range__brand", "range__family"
    )
    return [
        Due(f"{row.pk}", _title(row.range), row.until, reverse("range", args=[row.range.code]))
        for row in rows.order_by("until", "pk")
    ]


def _title(watched):
    return f"{watched.code} – {watched.brand.name}, {watched.family.name_in(get_language())}"


DUE = [DueKind("exemption_end", _("End of an exemption"), exemptions_ending, right="see_all")]
