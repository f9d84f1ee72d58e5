"""Declarations: the list with their state, one of them and its decision, the decision about all that waits of a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intake.models import Batch
from office.asking import ask
from office.door import Refused, Replayed, write
from partstrack.pages import ListPage, Page
from partstrack.periods import from_iso, month_name, to_iso
from production import actions, balance, changes, grid, matrix, site_months
from production.filters import DeclarationFilters
from production.models import Declaration
from production.site_months import DECLARED
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


class DeclarationPage(Page):
    """A declaration: its lines beside what it is based on, its state, and the decision that it waits for."""

    def get(self, request, number):
        """Show the declaration, or 404 when it is not theirs."""
        declaration = _declaration(request, number)
        came = _came(request, declaration)
        mine = declaration.submitted_by_id == request.user.pk
        waiting = declaration.state == Declaration.State.SUBMITTED
        needed = "approve" if declaration.four_eyes else "enter"
        context = {
            "declaration": declaration,
            **_said(declaration),
            "came": came,
            "punctual": matrix.punctuality(came) if came else None,
            "gaps": balance.gaps_of(request.moment.version, [declaration.pk], balance.SHOWN),
            "may_enter": request.user.may("enter"),
            "may_decide": waiting and request.user.may(needed) and not (declaration.four_eyes and mine),
            "correct_url": _correct_url(request.user, declaration),
            "own": waiting and declaration.four_eyes and mine,
            "may_see_files": request.user.may("upload"),
            "trail": _trail(declaration),
        }
        return render(request, "production/declaration.html", context)


class Decide(Page):
    """Accept a declaration, or return it with a comment."""

    right = "enter"

    def post(self, request, number):
        """Decide once; a refusal says why. Approving one's own change of a closed month is forbidden."""
        declaration = _declaration(request, number)
        if declaration.four_eyes and (
            declaration.submitted_by_id == request.user.pk or not request.user.may("approve")
        ):
            raise PermissionDenied
        reason = request.POST.get("reason", "")
        _decide(
            request,
            reason[:400],
            approve=lambda door: actions.approve(door, request.user, declaration),
            send_back=lambda door: actions.send_back(door, request.user, declaration, reason),
            said=lambda _done: gettext("Decided."),
        )
        return redirect("declaration", number)


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
        _decide(
            request,
            comment or batch.name,
            approve=lambda door: actions.approve_all(door, request.user, waiting),
            send_back=lambda door: actions.send_back_all(door, request.user, waiting, comment),
            said=lambda done: _decided(request.POST.get("decision"), len(done)),
        )
        return redirect("batch", number)


def _decide(request, reason, approve, send_back, said):
    """Write the decision that was sent, once: approve(door) or send_back(door); `said(what came of it)` is the message."""
    try:
        with write(request.user, reason, request.POST.get("key") or None) as door:
            done = send_back(door) if request.POST.get("decision") == "return" else approve(door)
    except Refused as refusal:
        for why in refusal.reasons:
            messages.error(request, why)
    except Replayed:
        messages.info(request, gettext("This was already done."))
    else:
        messages.success(request, said(done))


def _came(request, declaration):
    """Return the SiteMonth that this declaration is the reception of; None for a later revision or one that waits."""
    asked = ask(request.user, request.moment, {}, {"site": declaration.head.site.code})
    cell = site_months.grid(asked, [declaration.head.month]).cells.get(
        (declaration.head.site_id, declaration.head.month)
    )
    return cell if cell and cell.declaration == declaration.pk and cell.state in DECLARED else None


def _correct_url(user, declaration):
    """Return where a returned declaration is corrected, "" when there is nothing to correct."""
    if declaration.state != Declaration.State.RETURNED or not user.may("upload"):
        return ""
    return grid.url(declaration.head.site, declaration.head.month)


def _declaration(request, number):
    rows = Declaration.objects.visible_to(request.user).select_related(
        "head__site__firm", "author", "submitted_by", "decided_by", "batch", "based_on", "proof"
    )
    return get_object_or_404(rows, pk=number)


def _said(declaration):
    """Return what the page shows of what a declaration says: its lines, or its changes; and the ways to both."""
    first = changes.is_first(declaration)
    return {
        "lines": changes.lines(declaration) if first else None,
        "changes": [] if first else changes.changes(declaration),
        "most": changes.MOST,
        "lines_url": changes.lines_url(declaration),
        "revisions": changes.revisions(declaration),
    }


def _trail(declaration):
    head, language = declaration.head, get_language()
    month = (month_name(head.month, language), reverse("period", args=[to_iso(head.month)]))
    return [month, (head.site.name_in(language), "")]


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
