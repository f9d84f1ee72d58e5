"""The exports' entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("export_list", _("Exports"), "ship", order=60)]
