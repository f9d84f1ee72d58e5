"""Production's entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("production", _("Production"), "chart-column", order=20)]
