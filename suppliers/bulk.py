"""What may be changed of many suppliers at once."""

from partstrack.registry import Bulk
from suppliers.actions import follow
from suppliers.forms import SupplierForm

BULK = Bulk("supplier_list", SupplierForm, ("status", "joined_on", "language", "email"), along=follow)
