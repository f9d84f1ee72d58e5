"""What does not balance, and what people say of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from office import clock
from office.entry import EntryPage
from partstrack.pages import Page, arrange, as_file
from production import balance, calendar
from production.balance_forms import BalanceNoteForm, GapForm
from production.models import BalanceNote, OutputLine
from production.tables import GapTable
from suppliers.models import Site

TITLE = _("Balance gaps")


class BalanceList(Page):
    """The differences of a month or a supplier; the last month that was due when nothing is asked. Also a file."""

    def get(self, request):
        """Show the list, or give it as csv or xlsx."""
        form = GapForm(request.GET, user=request.user)
        said = form.said(calendar.read(request.moment).last_due_month(request.moment.today))
        table = arrange(request, GapTable(_rows(request, said), request=request))
        chips = form.chips(said)
        if file := as_file(request, table, TITLE, chips):
            return file
        context = {
            "title": TITLE,
            "table": table,
            "filter": {"form": form},
            "chips": chips,
            "downloads": request.user.may("download"),
        }
        return render(request, "production/balance.html", context)


def _rows(request, said):
    sites = Site.objects.visible_to(request.user)
    if said["supplier"]:
        sites = sites.filter(firm=said["supplier"])
    months = [said["month"]] if said["month"] else None
    found = balance.gaps(request.moment.version, months, sites.values_list("pk", flat=True))
    language = get_language()
    names = {site.pk: site.name_in(language) for site in sites}
    words = (said["q"] or "").casefold()
    return [
        {
            "gap": gap,
            "reference": gap.reference,
            "month": gap.month,
            "site": names[gap.site],
            "kind": BalanceNote.Kind(gap.kind).label,
            "difference": gap.difference,
            "owner": str(gap.note.owner) if gap.note else None,
            "comment": gap.note.comment if gap.note else None,
        }
        for gap in found
        if words in f"{gap.reference} {names[gap.site]}".casefold()
        and (not said["open"] or not (gap.note and gap.note.comment))
    ]


class NoteEntry(EntryPage):
    """Say who looks after a difference, and why it is there."""

    form_class = BalanceNoteForm
    template = "production/balance_note.html"
    title_new = title_edit = _("A difference of the balance")

    def row(self, request, number, kind):
        """Return what was said of a line's difference, or a fresh note; Http404 when there is no such difference."""
        lines = OutputLine.objects.visible_to(request.user).select_related("declaration__head__site__firm", "part")
        line = get_object_or_404(lines, pk=number)
        gaps = balance.gaps_of(request.moment.version, [line.declaration_id])
        gap = next((each for each in gaps if (each.line, each.kind) == (line.pk, kind)), None)
        if gap is None:
            raise Http404
        self.line = line
        fresh = {"head": line.declaration.head, "part": line.part, "brand": line.brand}
        return gap.note or BalanceNote(**fresh, kind=kind, difference=gap.difference)

    def more(self, request):
        """Give the form the instant it is written under."""
        return {"at": clock.now(request.moment.today if request.moment.demo else None)}

    def address(self, row):
        """Lead to the line."""
        return reverse("line", args=[self.line.pk])

    def above(self, row):
        """Lead back to the line."""
        return [(self.line.part.reference, self.address(row))]

    def _show(self, request, form, status=200, **context):
        return super()._show(request, form, status, line=self.line, words=_words(form.instance), **context)


def _words(note):
    """Say a difference in a sentence."""
    if note.kind == BalanceNote.Kind.FLOW:
        return gettext("What came in (opening, produced, bought in) is more than what went out and stayed by:")
    return gettext("The opening stock is more than the closing stock of the month before by:")
