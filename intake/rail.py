"""The desk in the navigation: received files, at the foot, and the pages behind them."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [RailItem("batch_list", _("Received files"), "inbox", order=90, right="upload", at_foot=True, phone=25)]

FILES = ("batch", "batch_new", "batch_repair", "sender")
SECTIONS = [
    Section("batch_list", "batch_list", _("Received files"), 10, "upload", below=FILES),
    Section("batch_list", "record_files", _("Records from files"), 20, "enter", below=("record_upload",)),
]
