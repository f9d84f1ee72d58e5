"""The pages of suppliers and their sites."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from office.asking import ask
from office.entry import EntryPage
from partstrack import registry
from partstrack.pages import ListPage, Page
from suppliers.actions import follow
from suppliers.agreement_views import agreements_of, events_of
from suppliers.filters import SupplierFilters
from suppliers.firm_views import identity, statuses
from suppliers.forms import SiteForm, SupplierForm
from suppliers.models import Site, SitePlace, Supplier
from suppliers.onboarding import progress
from suppliers.paper_views import papers_of
from suppliers.project_views import projects_of
from suppliers.tables import SupplierTable


class SupplierList(ListPage):
    """Suppliers, how many are active, where their sites are."""

    title = _("Suppliers")
    table_class = SupplierTable
    filter_class = SupplierFilters
    template = "suppliers/list.html"

    def rows(self, request):
        """Return the suppliers with their sites of today."""
        rows = Supplier.objects.visible_to(request.user).active().select_related("firm")
        return rows.with_sites(request.moment.today)

    def totals(self, rows):
        """Return the number of sites of all these suppliers: counted together, not supplier by supplier."""
        return {"sites": Site.objects.living().filter(firm__in=rows.order_by().values("firm")).count()}

    def context(self, request):
        """Add the number of active suppliers."""
        return {
            "numbers": numbers(ask(request.user, request.moment, {}, {})),
            "may_enter": request.user.may("enter"),
        }


def numbers(asked):
    """Return [(figure, its answer, its address)] of every figure that counts suppliers: a number of them names its definition."""
    counting = [figure for figure in registry.all_of("figures") if figure.unit == "supplier"]
    return [(figure, figure.compute(asked), reverse("figure", args=[figure.name])) for figure in counting]


class SupplierPage(Page):
    """One supplier: its facts, its sites, and what the apps above add."""

    def get(self, request, code):
        """Show the supplier, or 404 when it is not theirs."""
        supplier = supplier_of(request.user, code)
        firm = supplier.firm
        firms = Firm.objects.visible_to(request.user)
        context = {
            "supplier": supplier,
            "firm": firm,
            "parent": firms.filter(pk=firm.parent_id).select_related("supplier").first(),
            "successor": firms.filter(pk=firm.merged_into_id).select_related("supplier").first(),
            "children": firms.living().filter(parent=firm).select_related("supplier"),
            "aliases": firm.aliases.all(),
            "identity": identity(request, firm),
            "statuses": statuses(request.user, supplier),
            "agreed": agreements_of(request.user, firm, request.moment.today),
            "events": events_of(request.user, firm),
            "papers": papers_of(request, firm),
            "projects": projects_of(request.user, firm),
            "onboarding": onboarding(request.user, supplier, request.moment.today),
            "sites": firm.sites.visible_to(request.user).living().with_wilaya(request.moment.today),
            "episodes": episodes(request.user, firm),
            "panels": [(panel.template, panel.build(request, supplier)) for panel in registry.panels("supplier")],
            "may_enter": request.user.may("enter"),
            "may_upload": request.user.may("upload"),
            "trail": [(firm.name_in(get_language()), "")],
        }
        return render(request, "suppliers/supplier.html", context)


def supplier_of(user, code):
    """Return the supplier of a firm's code, or Http404 when there is none or it is not theirs."""
    return get_object_or_404(Supplier.objects.visible_to(user).select_related("firm"), firm__code=code)


def onboarding(user, supplier, today):
    """Return how far the file of a supplier is, for who completes it; None once it is complete, and for who has ended."""
    if not user.may("enter") or supplier.status == Supplier.Status.ENDED:
        return None
    found = progress(supplier, today)
    done = sum(ready for _step, ready, _url in found)
    return {"steps": found, "done": done, "all": len(found)} if done < len(found) else None


def step_of(firm):
    """Return (name, address) of a supplier for the way back of a page about it."""
    return firm.name_in(get_language()), reverse("supplier", args=[firm.code])


def episodes(user, firm):
    """Return {site id: its places, the latest first} of a firm."""
    places = SitePlace.objects.visible_to(user).filter(site__firm=firm).select_related("wilaya")
    found = {}
    for place in places.order_by("site", F("valid_from").desc(nulls_last=True), "-pk"):
        found.setdefault(place.site_id, []).append(place)
    return found


class SupplierEntry(EntryPage):
    """Add or change a supplier; ?firm=CODE makes a firm that is known already a supplier."""

    form_class = SupplierForm
    title_new = _("New supplier")
    title_edit = _("Change the supplier")

    def row(self, request, code=None):
        """Return the supplier of a code, or a new one."""
        if code:
            return supplier_of(request.user, code)
        if known := request.GET.get("firm"):
            firms = Firm.objects.visible_to(request.user).living().filter(supplier=None)
            return Supplier(firm=get_object_or_404(firms, code=known))
        return Supplier()

    def address(self, row):
        """Lead to the supplier."""
        return reverse("supplier", args=[row.firm.code])

    def chosen(self, row):
        """Other forms choose firms."""
        return row.firm_id

    def along(self, door, user, row):
        """Let the apps above write what follows from it: who joined is expected to declare."""
        follow(door, user, [row])

    def back(self, row):
        """Lead back to the supplier, or to the list."""
        return self.address(row) if row.pk else reverse("supplier_list")

    def above(self, row):
        """Lead back to the supplier."""
        return [step_of(row.firm)] if row.pk else []


class SiteEntry(EntryPage):
    """Add or change a site of a supplier."""

    form_class = SiteForm
    title_new = _("New site")
    title_edit = _("Change the site")

    def row(self, request, code, site=None):
        """Return the site of a code, or a new one of the supplier."""
        firm = supplier_of(request.user, code).firm
        return get_object_or_404(Site.objects.living(), code=site, firm=firm) if site else Site(firm=firm)

    def address(self, row):
        """Lead to the supplier."""
        return reverse("supplier", args=[row.firm.code])

    def above(self, row):
        """Lead back to the supplier."""
        return [step_of(row.firm)]
