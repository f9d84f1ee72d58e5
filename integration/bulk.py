"""What may be changed of many vehicle programmes at once."""

from integration.forms import ProgrammeForm
from partstrack.registry import Bulk

BULK = Bulk("programme_list", ProgrammeForm, ("vehicle_type", "market", "approved_on", "source"))
