"""What files may bring of vehicle programmes: the programmes themselves, and their milestones. Components have a kind of their own."""

from django.utils.translation import gettext_lazy as _

from intake.record_kind import kind
from intake.records import Records
from integration.forms import ProgrammeForm
from integration.models import Milestone, VehicleProgramme
from integration.road_forms import MilestoneForm

RECORDS = [
    Records(
        "programmes",
        _("Vehicle programmes"),
        VehicleProgramme,
        ProgrammeForm,
        {"code": "code"},
        VehicleProgramme.objects.visible_to,
        "programme_list",
    ),
    Records(
        "milestones",
        _("Milestones of road maps"),
        Milestone,
        MilestoneForm,
        {"programme": "programme", "title": "title"},
        lambda user: Milestone.objects.visible_to(user).select_related("programme"),
        "programme_list",
        owner="programme",
        lists=("codes",),
    ),
]
KINDS = [kind(records) for records in RECORDS]
