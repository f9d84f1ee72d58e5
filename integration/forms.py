"""The form of a vehicle programme."""

from accounts.models import Firm
from integration.models import VehicleProgramme
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
