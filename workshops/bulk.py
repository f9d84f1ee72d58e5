"""What may be changed of many workshops at once."""

from partstrack.registry import Bulk
from workshops.forms import WorkshopForm

BULK = Bulk("workshop_list", WorkshopForm, ("firm",))
