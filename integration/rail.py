"""Local integration's entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("programme_list", _("Local integration"), "circle-gauge", order=40, phone=80)]
