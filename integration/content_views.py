"""The pages of what parts are made of (indicator B): all contents, one with its purchases and the formula, the forms."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.content_forms import ContentFilters, ContentForm, PurchaseForm
from integration.content_shares import imported, share
from integration.content_tables import ContentTable
from integration.counting import DECLARED, DIRECT, ROLLED_DOWN
from integration.items import contents_of
from integration.models import Component, ContentInput, PartContent, VehicleProgramme
from office.entry import EntryPage
from partstrack.pages import ListPage, Page
from suppliers.models import Site


class ContentList(ListPage):
    """Contents of parts, the latest period first."""

    title = _("Contents of parts")
    table_class = ContentTable
    filter_class = ContentFilters
    template = "integration/contents.html"

    def rows(self, request):
        """Return the contents with whose they are."""
        return PartContent.objects.visible_to(request.user).select_related("part__firm", "site__firm")

    def context(self, request):
        """Add who may enter."""
        return {"may_upload": request.user.may("upload")}


def called(content):
    """Return what a content is called in the reader's script: its reference and its site."""
    return f"{content.part.reference} · {content.site.name_in(get_language())}"


def content_of(user, pk):
    """Return the content of a number, or Http404 when there is none or it is not theirs."""
    rows = PartContent.objects.visible_to(user).select_related("part__firm", "site__firm")
    return get_object_or_404(rows, pk=pk)


def open_content(user, pk):
    """Return the content of a number that this person may change: what was checked or audited, the house alone."""
    content = content_of(user, pk)
    if content.evidence != DECLARED and not user.may("enter"):
        raise Http404
    return content


class ContentPage(Page):
    """One content: its purchases, and both rates with the formula worked out."""

    def get(self, request, pk):
        """Show the content, or 404 when it is not theirs."""
        content = content_of(request.user, pk)
        counted = contents_of([content.pk])[content.pk]
        rows = list(content.inputs.select_related("exchange").order_by("pk"))
        bought = iter(counted.purchases)  # in the order of the local purchases
        local = [(row, imported(next(bought))) for row in rows if row.kind == ContentInput.Kind.LOCAL]
        inside = [sum(each) for each in zip(*(pair for _row, pair in local), strict=True)] or [0, 0]
        context = {
            "content": content,
            "first": share(counted, DIRECT),
            "second": share(counted, ROLLED_DOWN),
            "counted": counted,
            "imports": [row for row in rows if row.kind == ContentInput.Kind.IMPORT],
            "local": local,
            "inside": inside,
            "components": self._components(request.user, content),
            "may_change": request.user.may("enter") or (request.user.may("upload") and content.evidence == DECLARED),
            "trail": [(called(content), "")],
        }
        return render(request, "integration/content.html", context)

    def _components(self, user, content):
        """Return the components that it is the content of, of programmes that this person may see."""
        known = VehicleProgramme.objects.visible_to(user)
        rows = Component.objects.visible_to(user).filter(content=content, programme__in=known)
        return rows.select_related("programme__maker")


class ContentEntry(EntryPage):
    """Add or change a content. ?site=CODE begins with that site."""

    right = "upload"
    copies = True
    apart = ("first_month", "last_month", "evidence")
    form_class = ContentForm
    title_new, title_edit = _("New content of a part"), _("Change the content of a part")

    def row(self, request, pk=None):
        """Return the content of a number, or a new one."""
        if pk is not None:
            return open_content(request.user, pk)
        sites = Site.objects.visible_to(request.user).living()
        return PartContent(site=sites.filter(code=request.GET.get("site", "")).first())

    def address(self, row):
        """Lead to the content."""
        return reverse("content", args=[row.pk])

    def back(self, row):
        """Lead back to the content, or to the list."""
        return self.address(row) if row.pk else reverse("content_list")

    def above(self, row):
        """Lead back to the content."""
        return [(called(row), self.address(row))] if row.pk else []


class PurchaseEntry(EntryPage):
    """Add or change what was bought for a part."""

    right = "upload"
    copies = True
    adds = {"exchange": "exchange_new"}
    form_class = PurchaseForm
    title_new, title_edit = _("New purchase for a part"), _("Change the purchase for a part")

    def row(self, request, content, pk=None):
        """Return the purchase of that number, or a new one of the content."""
        content = open_content(request.user, content)
        return get_object_or_404(ContentInput, pk=pk, content=content) if pk else ContentInput(content=content)

    def address(self, row):
        """Lead to the content."""
        return reverse("content", args=[row.content_id])

    def above(self, row):
        """Lead back to the content."""
        return [(called(row.content), self.address(row))]
