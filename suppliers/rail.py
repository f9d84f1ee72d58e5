"""The suppliers' entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("supplier_list", _("Suppliers"), "factory", order=30)]
