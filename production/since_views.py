"""Since the report: a volume as it was known then beside what is known now of the same months, and why they differ."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from office.asking import ask
from office.downloads import reports_of
from office.question import Question
from partstrack.figures import WrongCall
from partstrack.pages import Page, arrange, as_file
from partstrack.periods import to_iso
from partstrack.templatetags.show import day
from production import pictures, restatements, wording
from production.revision_tables import SinceTable
from production.since_forms import SinceForm

MEASURES = {"produced": _("Produced"), "sold": _("Sold")}


class SincePage(Page):
    """What changed in a volume since a situation; the lines are also a file."""

    def get(self, request):
        """Compare the situation of ?since= (default: the last report's) with that of ?as-of= (default: now)."""
        question, reports = Question(request), list(reports_of(request.user))
        since = request.GET.get("since", "").strip() or (f"v{reports[0].version}" if reports else "")
        if reports and not request.GET.get("since"):
            question.words["year"] = question.words["year"] or str(reports[0].year)
        measure = request.GET.get("measure") if request.GET.get("measure") in MEASURES else "produced"
        context = {
            "question": question,
            "since": since,
            "measure": measure,
            **_choices(request, question, reports, measure, since),
        }
        if not since:
            return render(request, "production/since.html", context)
        try:
            found = _found(request, question, since, measure)
        except WrongCall as error:
            return render(request, "production/since.html", context | {"wrong": str(error)}, status=400)
        return self._show(request, context, found, question)

    def _show(self, request, context, found, question):
        table = _table(request, found)
        names = pictures.names("supplier", [key for key, _difference, _lines in found.groups()])
        said = wording.sentence(found, names)
        chips = [*pictures.chips(question), (gettext("Compared with"), wording.start(found.asked_then))]
        if file := as_file(request, table, gettext("What has changed since"), chips, lambda: table.totals):
            return file
        change = found.points(found.difference)
        groups = [
            {"key": key, "name": names.get(key, key), "difference": difference, "points": found.points(difference)}
            for key, difference, _lines in found.groups()
        ]
        context |= {"found": found, "asked": found.asked_now, "sentence": said, "groups": groups, "table": table}
        context |= {"chips": pictures.chips(question), "downloads": request.user.may("download")}
        return render(
            request, "production/since.html", context | {"change": change, "percent": wording.percent(change)}
        )


def _found(request, question, since, measure):
    """Ask both situations. WrongCall says which word is wrong."""
    words = {name: question.words[name] for name in ("year", "from", "to", "base-year", "on")}
    then, now = (
        ask(request.user, request.moment, {**words, "as-of": text}, question.filters)
        for text in (since, question.words["as-of"])
    )
    return restatements.since(measure, now, then)


def _table(request, found):
    """Return the table of the lines, the suppliers with the largest difference first."""
    sources = restatements.sources(found.lines)
    rows = [
        _row(
            request,
            found,
            line,
            [sources[line.site, line.month, v] for v in line.versions if (line.site, line.month, v) in sources],
        )
        for _key, _difference, lines in found.groups()
        for line in lines
    ]
    table = SinceTable(rows, request=request)
    arrange(request, table, per_page=100)
    table.ask = found.asked_now
    table.totals = {"difference": found.difference, "points": found.points(found.difference)}
    return table


def _row(request, found, line, revisions):
    site = found.sites[line.site]
    return {
        "supplier": site.firm.name_in(get_language()),
        "site": site.name_in(get_language()),
        "month": line.month,
        "cause": str(restatements.CAUSES[line.cause]),
        "difference": line.difference,
        "points": found.points(line.difference),
        "revisions": revisions,
        **dict.fromkeys(("who", "reason", "source")),  # columns that are drawn from the revisions
        "versions": line.versions,
        "files": request.user.may("upload"),
        "url": _register_url(site, line.month, found.asked_now),
    }


def _register_url(site, month, asked):
    """Return the register of a site's month, in the situation that is asked for."""
    said = {"site": site.code, "month_from": to_iso(month), "month_to": to_iso(month)}
    return f"{reverse('revision_list')}?{urlencode(said | ({'as-of': asked.as_of} if asked.as_of else {}))}"


def _choices(request, question, reports, measure, since):
    """Return what can be chosen: measures, reports, days; each an address that keeps the rest."""
    link = lambda **words: question.link(**{"since": since, "measure": measure, **words})  # noqa: E731
    return {
        "measures": [(label, link(measure=key), key == measure) for key, label in MEASURES.items()],
        "reports": [
            (report_label(report), link(since=f"v{report.version}", year=report.year), since == f"v{report.version}")
            for report in reports
        ],
        "form": SinceForm(question, since),
        "kept": [("measure", measure), *((name, value) for name, value in question.filters.items() if value)],
    }


def report_label(report):
    """Name a report that left: its year and its situation."""
    return gettext("Report %(year)s, situation as of %(day)s") % {"year": report.year, "day": day(report.as_of)}


def since_report(question, report):
    """Return the link of home: since a report (the last one), or since a day that the person chooses."""
    if report is None:
        return {"url": reverse("since") + question.link(), "label": gettext("What has changed since…")}
    address = question.link(since=f"v{report.version}", year=report.year)
    return {"url": reverse("since") + address, "label": gettext("since the last report")}
