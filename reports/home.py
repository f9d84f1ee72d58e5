"""Home: one sentence, what waits, three numbers, one chart and where growth comes from; each role its own order."""

from datetime import date

from django.db.models import Q
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Firm
from office.downloads import reports_of
from office.question import Precise, Question
from partstrack import numbers, registry
from partstrack.pages import Page
from partstrack.periods import month_range, span_label
from production import matrix, pictures, since_views
from production.site_months import grid
from reports.declared import declared
from reports.models import PublishedFigure
from reports.report import sentence, why
from reports.wording import Wording
from reports.wording_of_figures import stated

TASKS = 5
QUOTES = 6
SITES = 40  # of the matrix
RATE = "regulatory_rate"  # the one rate that stands among the numbers
OWN = "own_declarations"  # of who declares for their own firm: beside the chart


class Home(Page):
    """The first page of everybody."""

    marked = True

    def shows(self, request):
        """Return the last report that left: the log of downloads is no write."""
        self.last_report = next(iter(reports_of(request.user, most=1)), None)
        return [self.last_report and self.last_report.pk]

    def get(self, request):
        """Show home for the asked year and situation."""
        question = Question(request)
        asked, by_family = question.of(), question.of("family")
        families = registry.figure("produced").compute(by_family)
        cards, declarations = _cards(request, asked), _declarations(asked)
        monthly, words = pictures.monthly("produced", by_family), Wording(get_language())
        context = {
            "question": question,
            "asked": asked,
            "chips": pictures.chips(question),
            "firms": _firms(request.user),
            "sentence": sentence(families, words),
            "why": why(families, words),
            "produced": families,
            "figures": _figures(question, asked, families, monthly, with_rate=RATE in cards),
            "rate_card": cards.pop(RATE, ""),
            "own_card": cards.pop(OWN, ""),
            "cards": cards.values(),
            "matrix_span": 7 if cards else 12,
            "monthly": monthly,
            "contributions": pictures.contributions(families),
            "other_units": pictures.other_units(families, question),
            "matrix": _matrix(request.user, declarations, question.words["as-of"]),
            "late": matrix.late_sentence(declarations),
            "late_url": reverse("late_list") if request.user.may("see_all") else "",
            "periods_url": reverse("period_list") + question.link(),
            "tasks": _tasks(request),
            "quotes": _quotes(request, asked),
            "years": question.years(asked),
            "precise": Precise(question),
            "kept": question.kept(),
            "production_url": reverse("production") + question.link(),
            "since": since_views.since_report(question, self.last_report),
        }
        return render(request, "reports/home.html", context)


def _firms(user):
    """Return the names of the firms of who sees only these; nothing for the house."""
    if user.may("see_all"):
        return []
    return [firm.name_in(get_language()) for firm in Firm.objects.visible_to(user).living().order_by("name", "pk")]


def _figures(question, asked, produced, monthly, with_rate):
    """Return the numbers of home: produced and sold with their months, completeness where no rate stands there."""
    sold = registry.figure("sold").compute(asked)
    shown = [
        _figure(question, produced, course=monthly["values"]),
        _figure(question, sold, course=pictures.course("sold", asked)),
    ]
    if not with_rate:
        shown.append(_figure(question, registry.figure("coverage").compute(asked)))
    return shown


def _figure(question, answer, course=None):
    known = registry.figure(answer.name)
    title = pictures.title(known, answer.unit)
    return {
        "answer": answer,
        "title": title,
        "url": reverse("figure", args=[answer.name]) + question.link(),
        "unit": pictures.unit_label(answer.unit),
        "course": course,
        "alt": _("%(title)s, month by month") % {"title": title},
    }


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
    """Return at most five tasks, most pressing first; None for who has nothing to do here but look."""
    if not request.user.may("upload"):
        return None
    tasks = [task for waiting in registry.all_of("tasks") for task in waiting(request.user, request.moment)]
    return sorted(tasks, key=lambda task: task.order)[:TASKS]


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
    said = {"measure": row.measure_in(language), "value": stated(row.qualifier, row.value, language, row.in_percent)}
    return {
        "text": _("%(measure)s: %(value)s") % said,
        "url": reverse("published", args=[row.code]),
        "source": row.source,
        "date": row.published_on,
        "disputed": row.disputed,
        "declared": _declared(row, beside, language),
    }


def _declared(row, beside, language):
    if beside is None:
        return ""
    show = numbers.show_percent_signed if row.in_percent else numbers.show
    said = {
        "value": numbers.isolate(show(beside.value, language)),
        "period": span_label(*beside.window, language),
    }
    return _("%(value)s in %(period)s") % said
