"""Production's entries in the navigation: volumes, imports."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [
    RailItem("production", _("Production"), "chart-column", order=20),
    RailItem("imports", _("Imports"), "package-open", order=55, right="see_all", phone=85),
]
