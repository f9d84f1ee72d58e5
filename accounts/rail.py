"""The people's entry in the navigation, for system administrators, at the foot."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("user_list", _("People"), "users", order=95, right="people", at_foot=True)]
