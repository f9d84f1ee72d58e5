"""The forms of local integration: a programme, its components, its road map, its commitments to certify."""

from accounts.models import Firm
from integration.models import CertificationStart, Milestone, VehicleProgramme
from office.forms import WriteForm


class ProgrammeForm(WriteForm):
    """A vehicle programme."""

    class Meta:
        model = VehicleProgramme
        fields = [
            "code",
            "maker",
            "model",
            "vehicle_type",
            "power_from",
            "power_to",
            "market",
            "partners",
            "approved_on",
            "aim",
            "source",
        ]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        firms = Firm.objects.visible_to(user).living()
        self.fields["maker"].queryset = firms
        self.fields["partners"].queryset = firms
        self.fields["partners"].widget.attrs["size"] = 8


class MilestoneForm(WriteForm):
    """A stage of the road map."""

    fixed = ("programme",)

    class Meta:
        model = Milestone
        fields = ["title", "planned_on", "actual_on", "volume", "components"]


class CertificationForm(WriteForm):
    """A commitment to start certifying."""

    fixed = ("programme",)

    class Meta:
        model = CertificationStart
        fields = ["owner", "standard", "state", "promised_on", "started_on", "source"]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        self.fields["owner"].queryset = Firm.objects.visible_to(user).living()
