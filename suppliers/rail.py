"""The suppliers in the navigation, and the pages behind their list."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [RailItem("supplier_list", _("Suppliers"), "factory", order=30)]

SUPPLIERS = ("supplier", "supplier_new", "supplier_edit", "site_new", "site_edit")
SECTIONS = [Section("supplier_list", "supplier_list", _("Suppliers"), 10, below=SUPPLIERS)]
