"""The list of declarations with their state, and the decision about all that waits of a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intake.models import Batch
from office.door import Refused, Replayed, write
from partstrack.pages import ListPage, Page
from partstrack.periods import from_iso
from production import actions
from production.filters import DeclarationFilters
from production.models import Declaration
from production.tables import DeclarationTable


class DeclarationList(ListPage):
    """What was declared: what waits, what was returned and why, what counts."""

    right = "upload"
    title = _("Declarations")
    table_class = DeclarationTable
    filter_class = DeclarationFilters
    template = "production/declaration_list.html"

    def rows(self, request):
        """Return the declarations this person may see; those that a later one took the place of are left out."""
        rows = Declaration.objects.visible_to(request.user).exclude(state=Declaration.State.WITHDRAWN)
        return rows.select_related("head__site", "author")


class FileDecide(Page):
    """Accept or return all that waits of a file, or of some of its months, in one write."""

    right = "enter"

    def post(self, request, number):
        """Decide once; a refusal says why. A closed month is decided by a manager who did not submit it."""
        batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=number)
        waiting = actions.waiting_of(batch, _months(request.POST.getlist("month")))
        if not all(actions.may_decide(request.user, each) for each in waiting):
            raise PermissionDenied
        comment = request.POST.get("reason", "")[:400]
        try:
            with write(request.user, comment or batch.name, request.POST.get("key") or None) as door:
                if request.POST.get("decision") == "return":
                    done = actions.send_back_all(door, request.user, waiting, comment)
                else:
                    done = actions.approve_all(door, request.user, waiting)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
        except Replayed:
            messages.info(request, gettext("This was already done."))
        else:
            messages.success(request, _decided(request.POST.get("decision"), len(done)))
        return redirect("batch", number)


def _months(said):
    """Return the months that were ticked; what is no month is none of them."""
    found = []
    for text in said:
        try:
            found.append(from_iso(text))
        except ValueError:
            continue
    return found


def _decided(decision, count):
    if decision == "return":
        words = ngettext("%(count)d declaration was returned.", "%(count)d declarations were returned.", count)
    else:
        words = ngettext("%(count)d declaration was accepted.", "%(count)d declarations were accepted.", count)
    return words % {"count": count}
