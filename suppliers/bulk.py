"""What may be changed of many suppliers, agreements and projects at once."""

from partstrack.registry import Bulk
from suppliers.actions import follow
from suppliers.agreement_forms import AgreementForm
from suppliers.forms import SupplierForm
from suppliers.project_forms import ProjectForm

BULK = [
    Bulk("supplier_list", SupplierForm, ("status", "joined_on", "language", "email"), along=follow),
    Bulk(
        "agreement_list",
        AgreementForm,
        ("kind", "binding", "state", "place", "event", "valid_from", "valid_to", "source"),
    ),
    Bulk("project_list", ProjectForm, ("kind", "state", "state_why", "phase_out_on", "source")),
]
