"""The pages of local integration."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.cards import rate_of
from integration.filters import ProgrammeFilters
from integration.forms import CertificationForm, ComponentForm, MilestoneForm, ProgrammeForm
from integration.models import (
    CertificationStart,
    Component,
    Milestone,
    Policy,
    VehicleProgramme,
)
from integration.rates import read
from integration.tables import ProgrammeTable
from office.asking import ask
from office.entry import EntryPage
from partstrack.pages import ListPage, Page


class ProgrammeList(ListPage):
    """Vehicle programmes with their rate of today."""

    title = _("Local integration")
    table_class = ProgrammeTable
    filter_class = ProgrammeFilters
    template = "integration/list.html"

    def rows(self, request):
        """Return the programmes with their rate."""
        return VehicleProgramme.objects.visible_to(request.user).select_related("maker", "market")

    def context(self, request):
        """Add the policy that counts the rates."""
        today = request.moment.today
        return {"policy": Policy.objects.law(today), "today": today, "may_enter": request.user.may("enter")}


class ProgrammePage(Page):
    """One programme: its rate with the ladder of steps, components, road map, commitments to certify."""

    def get(self, request, code):
        """Show the programme as of the asked day."""
        rows = VehicleProgramme.objects.visible_to(request.user).select_related("maker__parent", "market")
        programme = get_object_or_404(rows, code=code)
        asked = ask(request.user, request.moment, {}, {"programme": code})
        reading = read(programme, asked.on)
        context = {
            "programme": programme,
            "partners": programme.partners.select_related("parent"),
            "reading": reading,
            "rate": rate_of(reading, asked),
            "url": f"{reverse('figure', args=['regulatory_rate'])}?programme={code}",
            "policy_note": reading.policy.note_in(get_language()) if reading.policy else "",
            "milestones": [(stage, stage.late_on(asked.on)) for stage in programme.milestones.all()],
            "certifications": programme.certification_starts.select_related("owner"),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "integration/programme.html", context)


class ProgrammeEntry(EntryPage):
    """Add or change a programme."""

    adds = {"partners": "supplier_new"}
    copies = True
    form_class = ProgrammeForm
    title_new, title_edit = _("New vehicle programme"), _("Change the vehicle programme")

    def row(self, request, code=None):
        """Return the programme of a code, or a new one."""
        if code is None:
            return VehicleProgramme()
        return get_object_or_404(VehicleProgramme.objects.visible_to(request.user), code=code)

    def address(self, row):
        """Lead to the programme."""
        return reverse("programme", args=[row.code])

    def back(self, row):
        """Lead back to the programme, or to the list."""
        return self.address(row) if row.pk else reverse("programme_list")


class OfProgramme(EntryPage):
    """Add or change a row of one programme."""

    copies = True
    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the programme."""
        programme = get_object_or_404(VehicleProgramme.objects.visible_to(request.user), code=code)
        return get_object_or_404(self.model, pk=pk, programme=programme) if pk else self.model(programme=programme)

    def address(self, row):
        """Lead to the programme."""
        return reverse("programme", args=[row.programme.code])


class ComponentEntry(OfProgramme):
    """Add or change a component."""

    model, form_class = Component, ComponentForm
    title_new, title_edit = _("New component"), _("Change the component")


class MilestoneEntry(OfProgramme):
    """Add or change a milestone."""

    model, form_class = Milestone, MilestoneForm
    title_new, title_edit = _("New milestone"), _("Change the milestone")


class CertificationEntry(OfProgramme):
    """Add or change a commitment to certify."""

    model, form_class = CertificationStart, CertificationForm
    title_new, title_edit = _("New commitment to certify"), _("Change the commitment to certify")
