"""Published figures: the list, a statement beside what was declared, and the form."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.entry import EntryPage
from office.question import Question
from partstrack.pages import ListPage, Page
from reports.declared import contradiction, declared, period_in
from reports.filters import PublishedFilters
from reports.forms import PublishedForm
from reports.models import PublishedFigure
from reports.tables import PublishedTable, said, shown


def asked_by(request):
    """Return the plain question of an address: its situation alone."""
    return Question(request, filters=(), yearly=False).of()


class PublishedList(ListPage):
    """What others published, each beside what was declared of the same months."""

    right = "see_all"
    title = _("Published figures")
    heading_help = _(
        "What communiqués and the press state, in their own words: beside what was declared, never merged with it."
    )
    table_class = PublishedTable
    filter_class = PublishedFilters
    template = "reports/published_list.html"

    def rows(self, request):
        """Return the statements that were published by the asked day."""
        request.asked = asked_by(request)
        known = Q(published_on=None) | Q(published_on__lte=request.asked.today)
        rows = PublishedFigure.objects.filter(known) if request.asked.as_of else PublishedFigure.objects.all()
        request.beside = declared(request.asked, PublishedFigure.objects.exclude(figure=""))
        return rows

    def context(self, request):
        """Say in which situation, and who may enter."""
        question = Question(request)
        return {
            "asked": request.asked,
            "kept": list(question.situation.items()),
            "clear_url": question.keep or request.path,
            "may_enter": request.user.may("enter"),
        }


class PublishedPage(Page):
    """One statement: its words, source and period, and what was declared of the same months."""

    right = "see_all"

    def get(self, request, code):
        """Show the statement."""
        row = get_object_or_404(PublishedFigure, code=code)
        asked = asked_by(request)
        beside = declared(asked, [row]).get(row.code)
        context = {
            "row": row,
            "asked": asked,
            "measure": row.measure_in(get_language()),
            "note": row.note_in(get_language()),
            "period": period_in(row.period, get_language()),
            "stated": said(row, get_language()),
            "beside": beside,
            "declared": beside and shown(row, beside.value),
            "contradiction": contradiction(row, beside, get_language()),
            "say_url": _say_url(row, Question(request)),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "reports/published.html", context)


def _say_url(row, question):
    """Return the page that words the declared figure of a published year; "" when there is none."""
    if not row.figure or not row.period.isdigit():
        return ""
    return reverse("figure_say", args=[row.figure]) + question.link(year=row.period)


class PublishedEntry(EntryPage):
    """Add or change a published figure."""

    form_class = PublishedForm
    title_new = _("New published figure")
    title_edit = _("Change the published figure")

    def row(self, request, code=None):
        """Return the statement of a code, or a new one."""
        return get_object_or_404(PublishedFigure, code=code) if code else PublishedFigure()

    def more(self, request):
        """Give the form what is known now."""
        return {"asked": asked_by(request)}

    def address(self, row):
        """Lead to the statement."""
        return reverse("published", args=[row.code])

    def back(self, row):
        """Lead back to the statement, or to the list."""
        return self.address(row) if row.pk else reverse("published_list")
