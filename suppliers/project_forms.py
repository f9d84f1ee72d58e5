"""The forms of localisation projects: the project, its partners, its stages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.forms import WriteForm
from suppliers.forms import not_ahead
from suppliers.models import Agreement, Gate, Partner, Project, Site


class ProjectForm(WriteForm):
    """A project. Partners and stages are entered on its page."""

    class Meta:
        model = Project
        fields = [
            "code",
            "title",
            "kind",
            "state",
            "state_why",
            "families",
            "site",
            "agreement",
            "phase_out_on",
            "know_how",
            "note",
            "source",
        ]
        help_texts = {
            "phase_out_on": _("The day from which the part is not imported any more."),
            "site": _("Where it is to be made, once that is known."),
            "source": _("Where this is known from."),
        }

    def narrow(self, user):
        """Limit choices to what this person may see."""
        language = get_language()
        self.fields["site"].queryset = Site.objects.visible_to(user).living()
        self.fields["site"].label_from_instance = lambda site: f"{site.name_in(language)} ({site.code})"
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user)
        self.fields["agreement"].label_from_instance = str
        self.fields["families"].widget.attrs["size"] = 8
        for name in ("know_how", "note"):
            self.fields[name].widget.attrs["rows"] = 3


class PartnerForm(WriteForm):
    """A partner of a project."""

    fixed = ("project",)

    class Meta:
        model = Partner
        fields = ["firm", "role", "local"]

    def narrow(self, user):
        """Limit firms to those this person may see."""
        self.fields["firm"].queryset = Firm.objects.visible_to(user).living()


class GateForm(WriteForm):
    """A stage of a project."""

    fixed = ("project",)

    class Meta:
        model = Gate
        fields = ["stage", "planned_on", "months_after", "actual_on", "note"]
        help_texts = {"months_after": _("Instead of a day: how long it takes once the stage before is reached.")}

    def clean_actual_on(self):
        """Refuse a day that is still to come."""
        return not_ahead(self.cleaned_data["actual_on"])
