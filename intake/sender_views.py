"""What is remembered of a sender: shown, changed, forgotten."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Firm
from catalogue.models import PartAlias
from intake.forms import SenderForm
from intake.models import SenderProfile
from intake.views import KIND
from office.door import Replayed, write
from office.entry import EntryPage
from partstrack.pages import Page

ALIASES_A_PAGE = 100


class SenderPage(EntryPage):
    """The answers of a sender, and the references that were matched with parts of other names."""

    right = "upload"
    form_class = SenderForm
    template = "intake/sender.html"
    title_new = title_edit = gettext_lazy("What is remembered of a sender")

    def row(self, request, code):
        """Return what is remembered of a supplier, or a fresh row; Http404 when it is not theirs."""
        firm = _supplier(request.user, code)
        return SenderProfile.objects.filter(firm=firm, kind=KIND).first() or SenderProfile(firm=firm, kind=KIND)

    def address(self, row):
        """Stay on the page."""
        return reverse("sender", args=[row.firm.code])

    def back(self, row):
        """Lead to the supplier."""
        return reverse("supplier", args=[row.firm.code])

    def above(self, row):
        """Lead back to the supplier."""
        return [(row.firm.name_in(get_language()), self.back(row))]

    def _show(self, request, form, status=200, **context):
        aliases = (
            PartAlias.objects.visible_to(request.user)
            .forgettable()
            .filter(firm=form.instance.firm)
            .select_related("part")
        )
        page = Paginator(aliases, ALIASES_A_PAGE).get_page(request.GET.get("page"))
        return super()._show(request, form, status, firm=form.instance.firm, aliases=page, **context)


class AliasForget(Page):
    """Forget that a reference of a sender means a part: the next file asks again. What was written stays."""

    right = "upload"

    def post(self, request, code, number):
        """Forget once."""
        firm = _supplier(request.user, code)
        alias = get_object_or_404(PartAlias.objects.visible_to(request.user).forgettable(), pk=number, firm=firm)
        try:
            with write(request.user, _("Forgotten: %(name)s") % {"name": alias}, request.POST.get("key") or None):
                alias.delete()
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            messages.success(request, _("Forgotten: the next file asks again."))
        return redirect("sender", code)


def _supplier(user, code):
    return get_object_or_404(Firm.objects.visible_to(user).filter(supplier__isnull=False), code=code)
