"""The desk's entry in the navigation: received files, at the foot."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem

RAIL = [RailItem("batch_list", _("Received files"), "inbox", order=90, right="upload", at_foot=True, phone=25)]
