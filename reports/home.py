"""Home: one sentence, three numbers, one chart and where growth comes from; then what waits, by role."""

from datetime import date

from django.db.models import Q
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.downloads import reports_of
from office.question import Precise, Question
from partstrack import numbers, registry
from partstrack.pages import Page
from partstrack.periods import month_range, span_label
from production import matrix, pictures, since_views
from production.site_months import grid
from reports.declared import declared
from reports.models import PublishedFigure
from reports.report import sentence
from reports.wording import Wording

TASKS = 5
QUOTES = 6
SITES = 40  # of the matrix
RATE = "regulatory_rate"  # the one rate that stands among the numbers
YEARS_BACK = 4


class Home(Page):
    """The first page of everybody."""

    marked = True

    def shows(self, request):
        """Return the last report that left: the log of downloads is no write."""
        return list(reports_of(request.user, most=1).values_list("pk", flat=True))

    def get(self, request):
        """Show home for the asked year and situation."""
        question = Question(request)
        asked = question.of()
        families = registry.figure("produced").compute(asked.but(by="family"))
        sold = registry.figure("sold").compute(asked)
        cards, declarations = _cards(request, asked), _declarations(asked)
        context = {
            "question": question,
            "sentence": sentence(families, Wording(get_language())),
            "produced": families,
            "sold": sold,
            "coverage": registry.figure("coverage").compute(asked),
            "rate_card": cards.pop(RATE, ""),
            "cards": cards.values(),
            "monthly": pictures.monthly("produced", asked),
            "contributions": pictures.contributions(families),
            "matrix": _matrix(request.user, declarations, question.words["as-of"]),
            "late": matrix.late_sentence(declarations),
            "late_url": reverse("late_list") if request.user.may("see_all") else "",
            "periods_url": reverse("period_list") + question.link(),
            "tasks": _tasks(request),
            "quotes": _quotes(request, asked),
            "figure_urls": {
                name: reverse("figure", args=[name]) + question.link() for name in ("produced", "sold", "coverage")
            },
            "years": _years(request, question, asked),
            "precise": Precise(question),
            "kept": [("year", question.words["year"])] if question.words["year"] else [],
            "asked": asked,
            "production_url": reverse("production") + question.link(),
            "since": since_views.last_report(request, question),
        }
        return render(request, "reports/home.html", context)


def _years(request, question, asked):
    this = request.moment.today.year
    years = sorted({*range(this, this - YEARS_BACK, -1), *([asked.year] if asked.year else [])}, reverse=True)
    return [(str(year), question.link(year=year), year == asked.year) for year in years]


def _cards(request, asked):
    """Return {name: block} that other apps add, drawn, in order; those with nothing to say are left out."""
    cards = sorted(registry.all_of("cards"), key=lambda card: card.order)
    built = ((card, card.build(request, asked)) for card in cards)
    return {
        card.name: render_to_string(card.template, context, request) for card, context in built if context is not None
    }


def _declarations(asked):
    """Return the Grid of the asked year: who declared which month, who is late."""
    year = asked.year or asked.last.year
    return grid(asked, month_range(date(year, 1, 1), date(year, 12, 1)))


def _matrix(user, declarations, as_of):
    """Return the matrix of the first sites; its own page has all of them."""
    return matrix.drawn(user, declarations, matrix.first_told(declarations, SITES), as_of=as_of)


def _tasks(request):
    tasks = [task for waiting in registry.all_of("tasks") for task in waiting(request.user, request.moment)]
    return sorted(tasks, key=lambda task: task.order)[:TASKS] if request.user.may("upload") else None


def _quotes(request, asked):
    """Return what communiqués state about production, beside what was declared of the same year."""
    if not request.user.may("see_all"):
        return []
    known = Q(published_on=None) | Q(published_on__lte=asked.today)
    rows = PublishedFigure.objects.filter(known, unit__in=("piece", "percent")).order_by("position", "code")[:QUOTES]
    beside = declared(asked, rows)
    return [_quote(row, beside.get(row.code)) for row in rows]


def _quote(row, beside):
    """Return a statement in its own words, with what was declared of the same year beside it."""
    language = get_language()
    return {
        "text": _("%(measure)s: %(qualifier)s %(value)s")
        % {
            "measure": row.measure_in(language),
            "qualifier": row.get_qualifier_display(),
            "value": _shown(row, row.value, language),
        },
        "source": row.source,
        "date": row.published_on,
        "disputed": row.disputed,
        "declared": _declared(row, beside, language),
    }


def _declared(row, beside, language):
    if beside is None:
        return ""
    said = {"value": _shown(row, beside.value, language), "period": span_label(*beside.window, language)}
    return _("%(value)s in %(period)s") % said


def _shown(row, value, language):
    show = numbers.show if row.unit == row.Unit.PIECE else numbers.show_percent_signed
    return numbers.isolate(show(value, language))
