"""The pages of localisation projects."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers import project_pictures
from suppliers.agreement_views import figures
from suppliers.models import Gate, Partner, Project
from suppliers.project_forms import GateForm, PartnerForm, ProjectForm
from suppliers.project_tables import ProjectFilters, ProjectTable
from suppliers.schedule import lateness, stage_of, steps


class ProjectList(ListPage):
    """Localisation projects."""

    title = _("Localisation projects")
    table_class = ProjectTable
    filter_class = ProjectFilters
    template = "suppliers/projects.html"

    def rows(self, request):
        """Return the projects with their partners and stages."""
        return Project.objects.visible_to(request.user).prefetch_related("partners__firm", "gates")

    def context(self, request):
        """Add the figures over all projects, and the chart of those going on that pass the filters."""
        today = request.moment.today
        listed = self.conditions.narrowed(self.filters.qs).going_on()
        return {
            "timeline": project_pictures.projects([(row, steps(row.gates.all(), today)) for row in listed], today),
            "figures": figures(request, ("projects_active", "projects_late"), {}),
            "may_enter": request.user.may("enter"),
        }


def project_of(user, code):
    """Return the project of a code, or Http404 when there is none or it is not theirs."""
    return get_object_or_404(Project.objects.visible_to(user).select_related("site__firm", "agreement"), code=code)


def projects_of(user, firm):
    """Return the places of a firm in projects, for the card of its page."""
    partners = Partner.objects.visible_to(user).filter(firm=firm)
    return list(partners.select_related("project").order_by("project__title", "pk"))


class ProjectPage(Page):
    """One project: partners, stages with their lateness, the end of the import."""

    def get(self, request, code):
        """Show the project, or 404 when it is not theirs."""
        project = project_of(request.user, code)
        found = steps(project.gates.visible_to(request.user), request.moment.today)
        context = {
            "project": project,
            "steps": found,
            "timeline": project_pictures.stages(project, found, request.moment.today),
            "stage": stage_of(found),
            "late": lateness(found) if project.state == Project.State.ACTIVE else 0,
            "partners": project.partners.visible_to(request.user).select_related("firm__supplier"),
            "families": project.families.order_by("position", "code"),
            "panels": [(panel.template, panel.build(request, project)) for panel in registry.panels("project")],
            "may_enter": request.user.may("enter"),
            "trail": [(project.title, "")],
        }
        return render(request, "suppliers/project.html", context)


class ProjectEntry(EntryPage):
    """Add or change a project."""

    copies = True
    adds = {"agreement": "agreement_new"}
    form_class = ProjectForm
    title_new, title_edit = _("New project"), _("Change the project")

    def row(self, request, code=None):
        """Return the project of a code, or a new one."""
        return project_of(request.user, code) if code else Project()

    def address(self, row):
        """Lead to the project."""
        return reverse("project", args=[row.code])

    def back(self, row):
        """Lead back to the project, or to the list."""
        return self.address(row) if row.pk else reverse("project_list")

    def above(self, row):
        """Lead back to the project."""
        return [(row.title, self.address(row))] if row.pk else []


class OfProject(EntryPage):
    """Add or change a row of one project."""

    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the project."""
        project = project_of(request.user, code)
        return get_object_or_404(self.model, pk=pk, project=project) if pk else self.model(project=project)

    def address(self, row):
        """Lead to the project."""
        return reverse("project", args=[row.project.code])

    def above(self, row):
        """Lead back to the project."""
        return [(row.project.title, self.address(row))]


class PartnerEntry(OfProject):
    """Add or change a partner."""

    adds = {"firm": "firm_new"}
    model, form_class = Partner, PartnerForm
    title_new, title_edit = _("New partner"), _("Change the partner")


class GateEntry(OfProject):
    """Add or change a stage."""

    model, form_class = Gate, GateForm
    title_new, title_edit = _("New stage"), _("Change the stage")
