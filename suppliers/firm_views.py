"""The pages of firms: all organisations with their roles, one of them, and what is entered of each."""

from django.db.models import F, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers.actions import record_statuses
from suppliers.agreement_views import agreements_of, events_of
from suppliers.filters import SupplierFilters
from suppliers.firm_filters import FirmFilters
from suppliers.firm_forms import ContactForm, FirmForm, NumberForm, RegistrationForm, RoleForm, StatusForm
from suppliers.firm_tables import FirmTable
from suppliers.models import Contact, FirmRole, LegalNumber, Registration, StatusSpan, Supplier
from suppliers.models.firms import with_roles
from suppliers.onboarding_tables import OnboardingTable
from suppliers.project_views import projects_of


def address_of(firm):
    """Return the page of a firm: the supplier's where it is one."""
    known = Supplier.objects.filter(firm=firm).exists()
    return reverse("supplier" if known else "firm", args=[firm.code])


def firm_of(user, code):
    """Return the firm of a code, or Http404 when there is none or it is not theirs."""
    return get_object_or_404(Firm.objects.visible_to(user), code=code)


def identity(request, firm):
    """Return what is known of a firm besides its names, for the cards of its page."""
    user, today = request.user, request.moment.today
    roles = FirmRole.objects.visible_to(user).filter(firm=firm)
    contacts = Contact.objects.visible_to(user).filter(firm=firm)
    return {
        "roles": list(roles.order_by("role", F("since").desc(nulls_last=True), "pk")),
        "roles_today": {role.pk for role in roles.valid_on(today)},
        "registration": Registration.objects.visible_to(user).filter(firm=firm).select_related("wilaya").first(),
        "numbers": list(LegalNumber.objects.visible_to(user).filter(firm=firm)),
        "contacts": list(contacts.filter(Q(left_on=None) | Q(left_on__gt=today))),
    }


def statuses(user, supplier):
    """Return the statuses of a supplier, the last one first."""
    return list(StatusSpan.objects.visible_to(user).filter(supplier=supplier))


class FirmList(ListPage):
    """Every organisation with its roles of today."""

    title = _("Organisations")
    table_class = FirmTable
    filter_class = FirmFilters
    template = "suppliers/firms.html"
    heading_help = _(
        "Makers, brands, distributors, vehicle makers, authorities: a firm has one page, whatever it does."
    )

    def rows(self, request):
        """Return the firms with their roles, parent and supplier."""
        rows = Firm.objects.visible_to(request.user).living().select_related("parent", "supplier")
        return with_roles(rows, request.moment.today)

    def context(self, request):
        """Say who may enter one."""
        return {"may_enter": request.user.may("enter")}


class FirmPage(Page):
    """A firm that is no supplier; that of a supplier leads to the supplier's page."""

    def get(self, request, code):
        """Show the firm, or 404 when it is not theirs."""
        firm = firm_of(request.user, code)
        if Supplier.objects.filter(firm=firm).exists():
            return HttpResponseRedirect(reverse("supplier", args=[firm.code]))
        firms = Firm.objects.visible_to(request.user).select_related("supplier")
        context = {
            "firm": firm,
            "identity": identity(request, firm),
            "agreed": agreements_of(request.user, firm, request.moment.today),
            "events": events_of(request.user, firm),
            "projects": projects_of(request.user, firm),
            "parent": firms.filter(pk=firm.parent_id).first(),
            "children": firms.living().filter(parent=firm),
            "aliases": firm.aliases.all(),
            "panels": [(panel.template, panel.build(request, firm)) for panel in registry.panels("firm")],
            "may_enter": request.user.may("enter"),
            "trail": [(firm.name_in(get_language()), "")],
        }
        return render(request, "suppliers/firm_page.html", context)


class FirmEntry(EntryPage):
    """Add or change a firm that is no supplier."""

    form_class = FirmForm
    title_new, title_edit = _("New organisation"), _("Change the organisation")

    def row(self, request, code=None):
        """Return the firm of a code, or a new one."""
        return firm_of(request.user, code) if code else Firm()

    def address(self, row):
        """Lead to the firm."""
        return reverse("firm", args=[row.code])

    def back(self, row):
        """Lead back to the firm, or to the list."""
        return self.address(row) if row.pk else reverse("firm_list")


class Onboarding(ListPage):
    """What is missing to the files of suppliers before their figures can be trusted."""

    right = "enter"
    title = _("Onboarding of suppliers")
    table_class = OnboardingTable
    filter_class = SupplierFilters
    heading_help = _("A supplier's file is complete when every step is done; each step is done where it belongs.")

    def rows(self, request):
        """Return the suppliers that are prospects or active."""
        rows = Supplier.objects.visible_to(request.user).active().filter(firm__merged_into=None)
        return rows.filter(status__in=(Supplier.Status.PROSPECT, Supplier.Status.ACTIVE)).select_related("firm")


class OfFirm(EntryPage):
    """Add or change a row of one firm."""

    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the firm."""
        firm = firm_of(request.user, code)
        return get_object_or_404(self.model, pk=pk, firm=firm) if pk else self.model(firm=firm)

    def address(self, row):
        """Lead to the firm."""
        return address_of(row.firm)

    def above(self, row):
        """Lead back to the firm."""
        return [(row.firm.name_in(get_language()), self.address(row))]


class RoleEntry(OfFirm):
    """Add or change a role."""

    model, form_class = FirmRole, RoleForm
    title_new, title_edit = _("New role"), _("Change the role")


class NumberEntry(OfFirm):
    """Add or change a legal number."""

    model, form_class = LegalNumber, NumberForm
    title_new, title_edit = _("New legal number"), _("Change the legal number")


class ContactEntry(OfFirm):
    """Add or change a contact."""

    model, form_class = Contact, ContactForm
    title_new, title_edit = _("New contact"), _("Change the contact")


class RegistrationEntry(OfFirm):
    """Enter the registered office; a firm has one."""

    model, form_class = Registration, RegistrationForm
    title_new = title_edit = _("Registered office")

    def row(self, request, code):
        """Return the office of the firm, or a new one."""
        firm = firm_of(request.user, code)
        return Registration.objects.filter(firm=firm).first() or Registration(firm=firm)


class StatusEntry(EntryPage):
    """Change the status of a supplier from a day on."""

    form_class = StatusForm
    title_edit = _("Change the status")

    def row(self, request, code):
        """Return the supplier of a code."""
        return get_object_or_404(Supplier.objects.visible_to(request.user).select_related("firm"), firm__code=code)

    def more(self, request):
        """Give the form the business day."""
        return {"today": request.moment.today}

    def address(self, row):
        """Lead to the supplier."""
        return reverse("supplier", args=[row.firm.code])

    def above(self, row):
        """Lead back to the supplier."""
        return [(row.firm.name_in(get_language()), self.address(row))]

    def save(self, door, user, form):
        """Write the status and the day on which it changed."""
        row = form.save_row()
        record_statuses(door, [row], since=form.cleaned_data["since"])
        return row
