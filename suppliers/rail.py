"""The suppliers in the navigation, and the pages behind their list."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [RailItem("supplier_list", _("Suppliers"), "factory", order=30)]

SUPPLIERS = ("supplier", "supplier_new", "supplier_edit", "supplier_status", "site_new", "site_edit")
FIRMS = ("firm", "firm_new", "firm_edit", "role_new", "role_edit", "registration", "number_new", "number_edit")
CONTACTS = ("contact_new", "contact_edit")
AGREEMENTS = ("agreement", "agreement_new", "agreement_edit", "agreed_party_new", "agreed_party_edit")
PROMISES = ("promise_new", "promise_edit")
EVENTS = (
    "event",
    "event_new",
    "event_edit",
    "attendance_new",
    "attendance_edit",
    "action_new",
    "action_edit",
    "event_record",
)
PAPERS = ("paper", "paper_new", "paper_edit", "standard_new", "stop_new", "stop_edit", "audit_new", "audit_edit")
PROJECTS = ("project", "project_new", "project_edit", "partner_new", "partner_edit", "gate_new", "gate_edit")
SECTIONS = [
    Section("supplier_list", "supplier_list", _("Suppliers"), 10, below=SUPPLIERS),
    Section("supplier_list", "agreement_list", _("Agreements"), 20, below=AGREEMENTS + PROMISES),
    Section("supplier_list", "commitment_list", _("Commitments"), 25),
    Section("supplier_list", "event_list", _("Events"), 30, below=EVENTS),
    Section("supplier_list", "project_list", _("Projects"), 35, below=PROJECTS),
    Section("supplier_list", "paper_list", _("Certificates"), 40, below=PAPERS),
    Section("supplier_list", "expiry_calendar", _("Calendar"), 45),
    Section("supplier_list", "ppap_list", _("Samples"), 50, below=("ppap_new", "ppap_edit")),
    Section("supplier_list", "complaint_list", _("Complaints"), 60, below=("complaint_new", "complaint_edit")),
    Section("supplier_list", "firm_list", _("Organisations"), 80, below=FIRMS + CONTACTS),
    Section("supplier_list", "onboarding", _("Onboarding"), 90, right="enter"),
]
