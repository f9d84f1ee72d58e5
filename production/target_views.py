"""Targets of a year beside what was reached, and the forms of targets, notes on months and seasons."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from intake.sending import SendPage
from office.entry import EntryPage
from partstrack import downloads
from partstrack.pages import Page
from partstrack.periods import from_iso, month_of
from production import growth_pictures, targeting, targets
from production.growth_forms import MonthNoteForm, SeasonForm, TargetFileForm, TargetForm, suppliers
from production.growth_tables import TargetTable
from production.models import MonthNote, Season, Target


class TargetList(Page):
    """The targets of a year, pro rata of its counted months, with the gap; as they were set at a situation."""

    def get(self, request):
        """Show them, or give them as a file."""
        question = growth_pictures.question(request, filters=())
        asked = question.of()
        year = asked.year or asked.last.year
        rows, last = targets.overview(asked.but(year=year, first=None, last=None), request.user)
        table = TargetTable(_rows(rows, request.user), request=request)
        RequestConfig(request, paginate={"per_page": 100}).configure(table)
        table.ask = asked
        if request.GET.get("format") in downloads.FORMATS:
            if not request.user.may("download"):
                raise PermissionDenied
            said = [(gettext("Year"), str(year), "")]
            return downloads.answer(request, table, request.GET["format"], gettext("Targets"), said)
        context = {
            "question": question,
            "asked": asked,
            "year": year,
            "years": growth_pictures.years(request, question),
            "last": last,
            "table": table,
            "growth_pages": growth_pictures.sections(question, "target_list"),
            "downloads": request.user.may("download"),
            "may_enter": request.user.may("enter"),
            "trail": [(gettext("Targets"), "")],
        }
        return render(request, "production/targets.html", context)


def _rows(found, user):
    """Return the rows of the table: names, and the address of the form for who may change it."""
    everything, language, may_enter = gettext("Everything"), get_language(), user.may("enter")
    return [
        {
            "measure": target.get_measure_display(),
            "family": target.family.name_in(language) if target.family else everything,
            "supplier": target.firm.name_in(language) if target.firm else everything,
            "unit": target.unit.name_in(language),
            "target": pace.target,
            "url": reverse("target_edit", args=[target.pk]) if may_enter else "",
            "value": pace.value if pace.months else None,
            **_progress(pace),
        }
        for target, pace in found
    ]


def _progress(pace):
    """Return how far a target is; nothing before the first counted month, or when it was given up."""
    names = ("pro_rata", "gap", "attainment")
    return {name: getattr(pace, name) if pace.target and pace.months else None for name in names}


class TargetEntry(EntryPage):
    """Set a target, or set it anew; the amounts of before stay known."""

    adds = {"firm": "supplier_new"}
    copies = True
    form_class = TargetForm
    history = "target"
    title_new = _("New target")
    title_edit = _("Change the target")

    def row(self, request, number=None):
        """Return the target, or a new one of the year and supplier that the address names."""
        if number:
            return get_object_or_404(Target.objects.visible_to(request.user), pk=number)
        said = request.GET.get("year", "")
        return Target(year=int(said) if said.isdigit() else request.moment.today.year)

    def along(self, door, user, row):
        """Keep the amount with the data version of this write."""
        targeting.record(door, row)

    def address(self, row):
        """Lead to the targets of its year."""
        return f"{reverse('target_list')}?year={row.year}"


class TargetUpload(SendPage):
    """Send a file of targets."""

    kind, form_class, back = "targets", TargetFileForm, "target_list"
    title = _("Upload a file of targets")
    steps = (
        _("One row for each target: its year, and the amount for the twelve months."),
        _(
            "Measure (produced or sold), family, supplier and unit where the target has them; without them it is the target of everything, in pieces."
        ),
        _("A blank amount says nothing; “effacer” gives a target up."),
    )


class NoteEntry(EntryPage):
    """Write a note on a month, or change it."""

    form_class = MonthNoteForm
    title_new = _("New note on a month")
    title_edit = _("Change the note")

    def row(self, request, number=None):
        """Return the note, or a new one on the month and supplier that the address names."""
        if number:
            return get_object_or_404(MonthNote.objects.visible_to(request.user), pk=number)
        return MonthNote(
            month=_month(request.GET.get("month", "")) or month_of(request.moment.today),
            firm=suppliers(request.user).filter(code=request.GET.get("supplier", "").replace("\0", "")).first(),
            author=request.user,
        )

    def address(self, row):
        """Lead to the growth of its year, of its supplier when it has one."""
        supplier = f"&supplier={row.firm.code}" if row.firm else ""
        return f"{reverse('growth')}?year={row.month.year}{supplier}"


class SeasonEntry(EntryPage):
    """Add or change a season: the moon may move it by a day."""

    form_class = SeasonForm
    title_new = _("New season")
    title_edit = _("Change the season")

    def row(self, request, number=None):
        """Return the season, or a new one."""
        return get_object_or_404(Season, pk=number) if number else Season()

    def address(self, row):
        """Lead to the calendar of its year."""
        return reverse("calendar") + (f"?year={row.first.year}" if row.first else "")


def _month(text):
    try:
        return from_iso(text)
    except ValueError:
        return None
