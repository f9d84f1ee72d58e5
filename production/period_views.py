"""Months as pages: the matrix suppliers x months, a month with its checklist, its closing, its minutes."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.models import Unit
from office.door import Refused, Replayed, write
from office.forms import fresh_key
from office.question import Question
from partstrack.pages import Page
from partstrack.periods import from_iso, month_name, month_of, month_range, shift, to_iso
from production import matrix, periods, pictures, reminding
from production.forms import AsOf
from production.models import PeriodState
from production.site_months import grid
from suppliers.models import Site

SITES_A_PAGE = 50
YEARS_BACK = 4
FILTERS = ("supplier", "site", "wilaya")


def month_or_404(text):
    """Return the month of an address, or Http404."""
    try:
        return from_iso(text)
    except ValueError:
        raise Http404 from None


class PeriodList(Page):
    """Suppliers x months of a year, and the same as a table in words."""

    def get(self, request):
        """Show the year, or the sites of one page of it."""
        question = Question(request, FILTERS)
        asked = question.of()
        year = asked.year or asked.last.year
        january = month_of(asked.today).replace(year=year, month=1)
        found = grid(asked, month_range(january, shift(january, 11)))
        as_of = question.words["as-of"]
        page = Paginator(matrix.told(found), SITES_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "question": question,
            "asked": asked,
            "year": year,
            "matrix": matrix.drawn(request.user, found, page.object_list, "site_expected", as_of),
            "rows": matrix.table(request.user, found, page.object_list, as_of),
            "late": matrix.late_sentence(found),
            "page": page,
            "chips": pictures.chips(question),
            "years": _years(request, question, year),
            "as_of_form": AsOf(initial={"as-of": as_of}),
            "as_of": asked.today,
            "kept": [("year", year), *((name, value) for name, value in question.filters.items() if value)],
            "sees_all": request.user.may("see_all"),
        }
        return render(request, "production/period_list.html", context)


def _years(request, question, chosen):
    this = request.moment.today.year
    years = sorted({*range(this, this - YEARS_BACK, -1), chosen}, reverse=True)
    return [(str(year), question.link(**{"from": None, "to": None}, year=year), year == chosen) for year in years]


class PeriodPage(Page):
    """A month: who declared it and when, what stands against closing it, its closings and reopenings."""

    def get(self, request, month):
        """Show the month as it is known, now or on the asked day."""
        month = month_or_404(month)
        question = Question(request, ())
        asked = question.of()
        found = grid(asked, [month])
        rows = matrix.table(request.user, found, matrix.told(found), question.words["as-of"])
        reminders = reminding.last_reminders([(row["site"].pk, month) for row in rows])
        context = {
            "month": month,
            "asked": asked,
            "question": question,
            "due": found.calendar.due_day(month),
            "closed": found.closed.get(month),
            "counts": matrix.counts(found, month),
            "rows": [{**row, "reminder": reminders.get((row["site"].pk, month))} for row in rows],
            "before": shift(month, -1),
            "after": shift(month, 1),
            "kept": question.link() if question.words["as-of"] else "",
            "past": asked.version != request.moment.version,
            "trail": [(month_name(month, get_language()), "")],
            "sees_all": False,
            **(_closing(request, month) if request.user.may("see_all") else {}),
        }
        return render(request, "production/period.html", context)


def _closing(request, month):
    """Return what is shown of the closing of a month, as it is now: to those who see every firm."""
    moment = request.moment
    gaps = periods.checklist(grid(periods.of_all(moment.version, moment.today), [month]), month)
    history = PeriodState.objects.filter(month=month).select_related("closed_by", "reopened_by").order_by("-pk")
    return {
        "sees_all": True,
        "checklist": gap_groups(gaps),
        "history": history,
        "over": shift(month, 1) <= moment.today,
        "may_close": request.user.may("close"),
        "hidden": {"key": fresh_key(), "seen": ",".join(_words(gaps))},
    }


def gap_groups(gaps):
    """Return [(check, [{site, detail, name}])] of a checklist, also of those without a gap."""
    codes = {gap["site"] for gap in gaps}
    names = {site.code: site.name_in(get_language()) for site in Site.objects.filter(code__in=codes)}
    return [
        (check, [{**gap, "name": names.get(gap["site"], gap["site"])} for gap in gaps if gap["check"] == check.name])
        for check in periods.CHECKS
    ]


def _words(gaps):
    """Return a checklist as words that a form carries: what is accepted is what was seen."""
    return [f"{gap['check']}:{gap['site']}" for gap in gaps]


class _Decision(Page):
    """A form of a month's page: written once, then back to the month with what happened."""

    right = "close"
    done = ""

    def post(self, request, month):
        """Write; 400 without the key of the form; a refusal says why and that nothing was saved."""
        month = month_or_404(month)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        reason = request.POST.get("reason", "").strip()[:400]
        try:
            with write(request.user, reason, request.POST["key"]) as door:
                self.act(door, request, month, reason)
        except Refused as refusal:
            messages.error(request, " ".join([_("Nothing was saved."), *refusal.reasons]))
        except Replayed:
            messages.info(request, _("This was already done."))
        else:
            messages.success(request, self.done)
        return redirect("period", to_iso(month))


class PeriodClose(_Decision):
    """Close a month, accepting what the page showed as missing."""

    done = gettext_lazy("The month is closed: its figures no longer change without a second person.")

    def act(self, door, request, month, reason):
        """Close."""
        seen = set(request.POST.get("seen", "").split(","))
        if not periods.close(door, request.user, [month], reason, lambda gaps: set(_words(gaps)) <= seen):
            raise Refused(_("This month was closed already."))


class PeriodReopen(_Decision):
    """Open a closed month again, with a reason."""

    done = gettext_lazy("The month is open again: its figures are provisional.")

    def act(self, door, request, month, reason):
        """Reopen."""
        if not periods.reopen(door, request.user, [month], reason):
            raise Refused(_("This month is not closed."))


class Minutes(Page):
    """The minutes of a closing, to be read and printed."""

    right = "see_all"

    def get(self, request, month, number):
        """Show them, or 404."""
        closings = PeriodState.objects.select_related("closed_by", "reopened_by")
        closing = get_object_or_404(closings, pk=number, month=month_or_404(month))
        names = {unit.pk: unit.name_in(get_language()) for unit in Unit.objects.order_by("pk")}
        totals = closing.minutes.get("totals", [])
        context = {
            "closing": closing,
            "month": closing.month,
            "checklist": gap_groups(closing.minutes.get("gaps", [])),
            "totals": [{**total, "name": names.get(total["unit"], total["unit"])} for total in totals],
            "trail": [
                (month_name(closing.month, get_language()), reverse("period", args=[to_iso(closing.month)])),
                (_("Minutes of the closing"), ""),
            ],
        }
        return render(request, "production/minutes.html", context)
