"""Dates of workshops: equipment that was promised to them."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Due, DueKind
from workshops.models import RollOut


def deliveries(user, first, last):
    """Return the equipment planned for these days and not delivered."""
    rows = RollOut.objects.visible_to(user).filter(planned_on__range=(first, last), delivered_on=None)
    return [_due(row) for row in rows.select_related("workshop").order_by("planned_on", "pk")]


def _due(row):
    title = f"{row.workshop.name_in(get_language())} – {row.get_kind_display()}"
    return Due(f"{row.pk}", title, row.planned_on, reverse("workshop", args=[row.workshop.code]))


DUE = [DueKind("delivery", _("Delivery of equipment"), deliveries)]
