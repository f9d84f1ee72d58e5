"""The pages of exports."""

from django.db.models import Sum
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exports.figures import export_fulfilment, export_progress, kept, last_complete_month
from exports.filters import AgreementFilters
from exports.forms import AgreementForm, CommitmentForm, PartyForm, ShipmentForm
from exports.models import Agreement, AgreementParty, Commitment, Shipment
from exports.tables import AgreementTable
from office.asking import ask
from office.entry import EntryPage
from partstrack.pages import ListPage, Page

LATEST = 50


class ExportList(ListPage):
    """Export agreements, and how far their commitments are kept."""

    title = _("Exports")
    table_class = AgreementTable
    filter_class = AgreementFilters
    template = "exports/list.html"

    def rows(self, request):
        """Return the agreements with their parties."""
        return Agreement.objects.visible_to(request.user).prefetch_related("parties__firm")

    def context(self, request):
        """Add the figures over all agreements."""
        asked = ask(request.user, request.moment, {}, {})
        return {
            "fulfilment": export_fulfilment(asked),
            "progress": export_progress(asked),
            "fulfilment_url": reverse("figure", args=["export_fulfilment"]),
            "progress_url": reverse("figure", args=["export_progress"]),
            "may_enter": request.user.may("enter"),
        }


class ExportPage(Page):
    """One agreement: parties, commitments and how far they are kept, shipments."""

    def get(self, request, code):
        """Show the agreement."""
        agreement = get_object_or_404(Agreement.objects.visible_to(request.user), code=code)
        last = last_complete_month(request.moment.today)
        asked = ask(request.user, request.moment, {}, {"agreement": code})
        shipments = agreement.shipments.all()
        context = {
            "agreement": agreement,
            "fulfilment": export_fulfilment(asked),
            "progress": export_progress(asked),
            "fulfilment_url": f"{reverse('figure', args=['export_fulfilment'])}?agreement={code}",
            "progress_url": f"{reverse('figure', args=['export_progress'])}?agreement={code}",
            "parties": agreement.parties.select_related("firm"),
            "countries": agreement.countries.all(),
            "families": agreement.families.all(),
            "last": last,
            "kept": kept(agreement.commitments.order_by("first", "pk"), last),
            "shipments": shipments.outside().select_related("unit", "hs", "country")[:LATEST],
            "values": values(shipments),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "exports/agreement.html", context)


def values(shipments):
    """Return the value of shipments by currency and Incoterm: they are never added to one another."""
    rows = shipments.exclude(value=None).order_by("currency", "incoterm").values("currency", "incoterm")
    return rows.annotate(total=Sum("value"))


class AgreementEntry(EntryPage):
    """Add or change an agreement."""

    copies = True
    form_class = AgreementForm
    title_new, title_edit = _("New export agreement"), _("Change the export agreement")

    def row(self, request, code=None):
        """Return the agreement of a code, or a new one."""
        return get_object_or_404(Agreement.objects.visible_to(request.user), code=code) if code else Agreement()

    def address(self, row):
        """Lead to the agreement."""
        return reverse("export", args=[row.code])

    def back(self, row):
        """Lead back to the agreement, or to the list."""
        return self.address(row) if row.pk else reverse("export_list")


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
        return reverse("export", args=[row.agreement.code])


class PartyEntry(OfAgreement):
    """Add or change a party."""

    adds = {"firm": "supplier_new"}
    model, form_class = AgreementParty, PartyForm
    title_new, title_edit = _("New party"), _("Change the party")


class CommitmentEntry(OfAgreement):
    """Add or change a commitment."""

    model, form_class = Commitment, CommitmentForm
    title_new, title_edit = _("New commitment"), _("Change the commitment")


class ShipmentEntry(OfAgreement):
    """Add or change a shipment."""

    model, form_class = Shipment, ShipmentForm
    title_new, title_edit = _("New shipment"), _("Change the shipment")
