"""The workshops' entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("workshop_list", _("Workshops"), "map-pin", order=50, right="see_all")]
