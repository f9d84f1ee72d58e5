"""The reports' entry in the navigation."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [
    RailItem("home", _("Home"), "house", order=10),
    RailItem("report_list", _("Reports"), "file-text", order=70, right="report"),
]

PUBLISHED = ("published", "published_new", "published_edit")
SECTIONS = [Section("production", "published_list", _("Published figures"), 100, "see_all", below=PUBLISHED)]
