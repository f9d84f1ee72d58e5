"""Saved views: the list of them, the way to one, saving, changing and deleting."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.door import Replayed, write
from office.entry import EntryPage
from office.filters import SavedViewFilters
from office.forms import fresh_key
from office.models import SavedView
from office.saved_views import address, openable
from office.tables import SavedViewTable
from office.view_forms import SavedViewForm
from partstrack.pages import ListPage, Page
from partstrack.walking import list_of


class SavedViewList(ListPage):
    """The views that this person finds in the menus of the lists."""

    title = _("Saved views")
    heading_help = _("A view is a list with its columns, order, filters and page size, under a name of its own.")
    table_class = SavedViewTable
    filter_class = SavedViewFilters

    def rows(self, request):
        """Return the views this person may see, of lists that they may open."""
        return openable(SavedView.objects.visible_to(request.user), request.user).select_related("owner")


class SavedViewPage(Page):
    """The short address of a view: it leads to the list."""

    def get(self, request, number):
        """Lead to the list; 404 when the view or its list is not theirs to see, or the list is no more."""
        view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=number)
        page = list_of(view.page)
        if page is None or not request.user.may(page.right):
            raise Http404
        return redirect(address(view))


class SavedViewEntry(EntryPage):
    """Save a list as a view, or change one's own; ?query= is the list as it stands on the screen."""

    right = "see"
    form_class = SavedViewForm
    title_new, title_edit = _("Save this view"), _("Change the view")
    template = "office/view_entry.html"

    def row(self, request, number=None):
        """Return one's own view, or a new one of the list that the address names."""
        if number:
            return get_object_or_404(SavedView, owner=request.user, pk=number)
        page = list_of(request.GET.get("list", ""))
        if page is None or not request.user.may(page.right):
            raise Http404
        return SavedView(owner=request.user, page=request.GET["list"])

    def more(self, request):
        """Keep what is on the screen, where the address says it."""
        return {"query": request.GET.get("query")}

    def address(self, row):
        """Lead to the list, as the view wants it."""
        return reverse("view", args=[row.pk])

    def above(self, row):
        """Name the list that is kept."""
        page = list_of(row.page)
        return [(page.title, self.back(row))] if page else []

    def back(self, row):
        """Lead back to the list: as it stood, or as the saved view has it."""
        kept = self.request.GET.get("query", "")
        return self.address(row) if row.pk else f"{reverse(row.page)}?{kept}"


class SavedViewDelete(Page):
    """Delete a view: one's own, or one for everyone by who enters data."""

    def get(self, request, number):
        """Ask once more."""
        return render(request, "office/view_delete.html", {"view": self._view(request, number), "key": fresh_key()})

    def post(self, request, number):
        """Delete it; 400 without its key. Sent twice, it is deleted once."""
        if not request.POST.get("key"):
            self._view(request, number)
            raise BadRequest("The form came without its key.")
        try:
            with write(request.user, "", request.POST["key"]):
                self._view(request, number).delete()
        except Replayed:
            pass
        messages.success(request, gettext("The view was deleted. The rows of its list are untouched."))
        return redirect("view_list")

    def _view(self, request, number):
        return get_object_or_404(SavedView.objects.removable_by(request.user), pk=number)
