"""What may be changed of many export agreements at once."""

from exports.forms import AgreementForm
from partstrack.registry import Bulk

BULK = Bulk(
    "export_list",
    AgreementForm,
    ("kind", "state", "signed_on", "place", "valid_from", "valid_to", "currency", "incoterm", "source"),
)
