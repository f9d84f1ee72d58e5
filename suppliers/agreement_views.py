"""The pages of what was agreed: agreements with parties and commitments."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.asking import ask
from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers.agreement_filters import AgreementFilters, CommitmentFilters
from suppliers.agreement_forms import AgreementForm, CommitmentForm, PartyForm
from suppliers.agreement_tables import AgreementTable, CommitmentTable
from suppliers.models import Agreement, Attendance, Commitment, Event, Party
from suppliers.models.commitments import with_commitments

FIGURES = ("agreements_in_force", "agreements_signed", "commitments_kept")


def figures(request, names, filters):
    """Return [(title, answer, address)] of some figures, for the tiles of a page."""
    asked = ask(request.user, request.moment, {}, filters)
    query = "".join(f"?{name}={code}" for name, code in filters.items())
    return [
        (figure.title, figure.compute(asked), reverse("figure", args=[figure.name]) + query)
        for figure in map(registry.figure, names)
    ]


class AgreementList(ListPage):
    """Agreements with suppliers and partners."""

    title = _("Agreements")
    table_class = AgreementTable
    filter_class = AgreementFilters
    template = "suppliers/agreements.html"

    def rows(self, request):
        """Return the agreements with their parties and how many commitments they have and kept."""
        return with_commitments(Agreement.objects.visible_to(request.user))

    def context(self, request):
        """Add the figures over all agreements."""
        return {"figures": figures(request, FIGURES, {}), "may_enter": request.user.may("enter")}


class CommitmentList(ListPage):
    """What everybody committed to, the next due first."""

    title = _("Commitments")
    table_class = CommitmentTable
    filter_class = CommitmentFilters

    def rows(self, request):
        """Return the commitments with who took them and where."""
        return Commitment.objects.visible_to(request.user).select_related("owner", "agreement", "event")


class AgreementPage(Page):
    """One agreement: what it says, who agreed, what was committed to, what came of it."""

    def get(self, request, code):
        """Show the agreement, or 404 when it is not theirs."""
        agreements = Agreement.objects.visible_to(request.user).select_related("event", "amends")
        agreement = get_object_or_404(agreements, code=code)
        commitments = list(agreement.commitments.visible_to(request.user).select_related("owner"))
        today = request.moment.today
        context = {
            "agreement": agreement,
            "in_force": Agreement.objects.filter(pk=agreement.pk).in_force_on(today).exists(),
            "parties": agreement.parties.visible_to(request.user).select_related("firm__supplier"),
            "families": agreement.families.order_by("position", "code"),
            "amends": agreements.filter(pk=agreement.amends_id).first(),
            "amendments": agreements.filter(amends=agreement),
            "commitments": commitments,
            "kept": sum(each.state == Commitment.State.KEPT for each in commitments),
            "late": {each.pk for each in commitments if each.state == "open" and each.due_on and each.due_on < today},
            "panels": [(panel.template, panel.build(request, agreement)) for panel in registry.panels("agreement")],
            "may_enter": request.user.may("enter"),
            "trail": [(agreement.title, "")],
        }
        return render(request, "suppliers/agreement.html", context)


def agreements_of(user, firm, today):
    """Return what a firm agreed on and committed to, for the card of its page."""
    rows = Agreement.objects.visible_to(user).of_firms([firm.pk]).prefetch_related("parties__firm")
    commitments = Commitment.objects.visible_to(user).filter(owner=firm).select_related("agreement", "event")
    promised = list(commitments.open())
    return {
        "agreements": list(rows),
        "open": promised,
        "late": {each.pk for each in promised if each.due_on and each.due_on < today},
    }


def events_of(user, firm):
    """Return the invitations of a firm to events, the last event first; for the house only."""
    if not user.may("see_all"):
        return []
    rows = Attendance.objects.visible_to(user).filter(firm=firm).select_related("event")
    return list(rows.order_by("-event__year", F("event__first_on").desc(nulls_last=True), "-pk"))


class AgreementEntry(EntryPage):
    """Add or change an agreement; ?event=CODE begins with the event where it was signed, ?firm=CODE with a party."""

    copies = True
    adds = {"party": "firm_new", "event": "event_new"}
    form_class = AgreementForm
    title_new, title_edit = _("New agreement"), _("Change the agreement")

    def row(self, request, code=None):
        """Return the agreement of a code, or a new one."""
        if code:
            return get_object_or_404(Agreement.objects.visible_to(request.user), code=code)
        return Agreement(event=Event.objects.visible_to(request.user).filter(code=request.GET.get("event")).first())

    def more(self, request):
        """Give the form the party to begin with."""
        code = request.GET.get("firm")
        return {"party": Firm.objects.visible_to(request.user).living().filter(code=code).first()} if code else {}

    def address(self, row):
        """Lead to the agreement."""
        return reverse("agreement", args=[row.code])

    def back(self, row):
        """Lead back to the agreement, or to the list."""
        return self.address(row) if row.pk else reverse("agreement_list")

    def above(self, row):
        """Lead back to the agreement."""
        return [(row.title, self.address(row))] if row.pk else []


class OfAgreement(EntryPage):
    """Add or change a row of one agreement."""

    copies = True
    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the agreement."""
        agreement = get_object_or_404(Agreement.objects.visible_to(request.user), code=code)
        return get_object_or_404(self.model, pk=pk, agreement=agreement) if pk else self.model(agreement=agreement)

    def address(self, row):
        """Lead to the agreement."""
        return reverse("agreement", args=[row.agreement.code])

    def above(self, row):
        """Lead back to the agreement."""
        return [(row.agreement.title, self.address(row))]


class PartyEntry(OfAgreement):
    """Add or change a party."""

    adds = {"firm": "firm_new"}
    model, form_class = Party, PartyForm
    title_new, title_edit = _("New party"), _("Change the party")


class CommitmentEntry(OfAgreement):
    """Add or change a commitment."""

    model, form_class = Commitment, CommitmentForm
    title_new, title_edit = _("New commitment"), _("Change the commitment")
