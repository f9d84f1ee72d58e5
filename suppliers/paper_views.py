"""The pages of papers and quality: certificates and approvals, samples, complaints."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers.agreement_views import figures
from suppliers.models import Agreement, Audit, Complaint, Paper, Ppap, Site, Standard, Stop
from suppliers.models.papers import STATES
from suppliers.paper_filters import ComplaintFilters, PaperFilters, PpapFilters
from suppliers.paper_forms import AuditForm, ComplaintForm, PaperForm, PpapForm, StandardForm, StopForm
from suppliers.paper_tables import ComplaintTable, PaperTable, PpapTable

FIGURES = ("certificates_valid", "certified_share", "papers_ending")


class PaperList(ListPage):
    """Certificates and approvals, the next to end first."""

    title = _("Papers")
    table_class = PaperTable
    filter_class = PaperFilters
    template = "suppliers/papers.html"

    def rows(self, request):
        """Return the papers with whose they are and what stopped them."""
        rows = Paper.objects.visible_to(request.user).select_related("standard", "firm", "site")
        return rows.prefetch_related("stops", "renewals")

    def context(self, request):
        """Add the figures over all papers."""
        return {"figures": figures(request, FIGURES, {}), "may_upload": request.user.may("upload")}


def paper_of(user, pk):
    """Return the paper of a number, or Http404 when there is none or it is not theirs."""
    papers = Paper.objects.visible_to(user).select_related("standard", "firm", "site", "renews__standard")
    return get_object_or_404(papers.prefetch_related("stops", "renewals"), pk=pk)


class PaperPage(Page):
    """One paper: its days, what stopped it, its audits, and what stands on it."""

    def get(self, request, pk):
        """Show the paper, or 404 when it is not theirs."""
        paper = paper_of(request.user, pk)
        today = request.moment.today
        state = paper.state_on(today)
        context = {
            "paper": paper,
            "state": state,
            "state_said": STATES[state],
            "families": paper.families.order_by("position", "code"),
            "parts": paper.parts.visible_to(request.user).order_by("reference"),
            "renewals": Paper.objects.visible_to(request.user).filter(renews=paper).select_related("standard"),
            "stops": paper.stops.all(),
            "audits": paper.audits.all(),
            "agreements": self._agreements(request.user, paper, today),
            "panels": [(panel.template, panel.build(request, paper)) for panel in registry.panels("paper")],
            "may_enter": request.user.may("enter"),
            "trail": [(str(paper), "")],
        }
        return render(request, "suppliers/paper.html", context)

    def _agreements(self, user, paper, today):
        """Return the agreements in force of the firm over the families of the paper (all, where it names none)."""
        rows = Agreement.objects.visible_to(user).of_firms([paper.firm_id]).in_force_on(today)
        families = list(paper.families.values_list("pk", flat=True))
        if families:
            rows = rows.filter(Q(coverages=None) | Q(coverages__family__in=families)).distinct()
        return rows.prefetch_related("parties__firm")


def papers_of(request, firm):
    """Return the papers of a firm for the card of its page: [(paper, its state, the state in words)]."""
    papers = Paper.objects.visible_to(request.user).filter(firm=firm).select_related("standard", "site")
    today = request.moment.today
    rows = [(paper, paper.state_on(today)) for paper in papers.prefetch_related("stops", "renewals")]
    return [(paper, state, STATES[state]) for paper, state in rows]


class PaperEntry(EntryPage):
    """Add or change a paper. A supplier's own people enter theirs; once accepted only the house changes it.

    ?supplier=CODE begins with the site of that firm, where it has one only.
    """

    right = "upload"
    copies = True
    adds = {"standard": "standard_new"}
    apart = ("accepted",)
    form_class = PaperForm
    title_new, title_edit = _("New paper"), _("Change the paper")

    def row(self, request, pk=None):
        """Return the paper of a number, or a new one. Who does not accept finds no accepted paper to change."""
        if pk is None:
            sites = Site.objects.visible_to(request.user).living().filter(firm__code=request.GET.get("supplier"))
            return Paper(site=sites.first() if len(sites) == 1 else None)
        paper = paper_of(request.user, pk)
        if paper.accepted and not request.user.may("enter"):
            raise Http404
        return paper

    def address(self, row):
        """Lead to the paper."""
        return reverse("paper", args=[row.pk])

    def back(self, row):
        """Lead back to the paper, or to the list."""
        return self.address(row) if row.pk else reverse("paper_list")

    def above(self, row):
        """Lead back to the paper."""
        return [(str(row), self.address(row))] if row.pk else []


class StandardEntry(EntryPage):
    """Add a standard."""

    form_class = StandardForm
    title_new, title_edit = _("New standard"), _("Change the standard")

    def row(self, request):
        """Return a new one."""
        return Standard()

    def address(self, row):
        """Lead to the papers."""
        return reverse("paper_list")


class OfPaper(EntryPage):
    """Add or change a row of one paper."""

    model = None

    def row(self, request, paper, pk=None):
        """Return the row of that number, or a new one of the paper."""
        paper = paper_of(request.user, paper)
        return get_object_or_404(self.model, pk=pk, paper=paper) if pk else self.model(paper=paper)

    def address(self, row):
        """Lead to the paper."""
        return reverse("paper", args=[row.paper_id])

    def above(self, row):
        """Lead back to the paper."""
        return [(str(row.paper), self.address(row))]


class StopEntry(OfPaper):
    """Add or change a suspension or withdrawal."""

    model, form_class = Stop, StopForm
    title_new, title_edit = _("New suspension or withdrawal"), _("Change the suspension or withdrawal")


class AuditEntry(OfPaper):
    """Add or change a surveillance audit."""

    model, form_class = Audit, AuditForm
    title_new, title_edit = _("New audit"), _("Change the audit")


class QualityList(ListPage):
    """A list about sites, with its door to a new row."""

    template = "suppliers/quality.html"
    model = None
    new = ("", "")

    def rows(self, request):
        """Return the rows with their site and its firm."""
        return self.model.objects.visible_to(request.user).select_related("site__firm", *self.model_links)

    def context(self, request):
        """Say who may enter one."""
        name, title = self.new
        return {"new_url": reverse(name), "new_title": title, "may_enter": request.user.may("enter")}


class PpapList(QualityList):
    """Submissions of first samples."""

    title = _("First samples (PPAP)")
    heading_help = _("The level, 1 to 5, says how much is submitted. It is no measure of maturity.")
    table_class, filter_class = PpapTable, PpapFilters
    model, model_links = Ppap, ("part", "customer")
    new = ("ppap_new", _("New submission"))


class ComplaintList(QualityList):
    """Complaints, returns and warranty cases."""

    title = _("Complaints and returns")
    table_class, filter_class = ComplaintTable, ComplaintFilters
    model, model_links = Complaint, ("family", "customer")
    new = ("complaint_new", _("New complaint"))


class QualityEntry(EntryPage):
    """Add or change a row about a site."""

    copies = True
    model = None
    list_name = ""
    history = ""

    def row(self, request, pk=None):
        """Return the row of that number, or a new one."""
        rows = self.model.objects.visible_to(request.user)
        return get_object_or_404(rows, pk=pk) if pk else self.model()

    def address(self, row):
        """Lead to the list."""
        return reverse(self.list_name)


class PpapEntry(QualityEntry):
    """Add or change a submission."""

    model, form_class, list_name = Ppap, PpapForm, "ppap_list"
    title_new, title_edit = _("New submission"), _("Change the submission")


class ComplaintEntry(QualityEntry):
    """Add or change a complaint."""

    model, form_class, list_name = Complaint, ComplaintForm, "complaint_list"
    title_new, title_edit = _("New complaint"), _("Change the complaint")
