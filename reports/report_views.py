"""The page of the report and its files: what will be in it, then PDF or workbook in one of three languages."""

import tempfile
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from office.asking import ask
from office.models import Download
from partstrack import downloads
from partstrack.figures import WrongCall
from partstrack.pages import Page
from partstrack.situations import is_day
from reports import pdf, report, workbook

RECENT = 20  # downloads that the page lists
WORDS = ("year", "as-of", "base-year")


class ReportPage(Page):
    """What the report holds for a year and a situation, the buttons to get it, and which files left lately."""

    right = "report"

    def get(self, request):
        """Show the contents; a question that cannot be asked comes back with its reason and status 400."""
        try:
            question = question_of(request)
            made, wrong = report_of(request, question, request.LANGUAGE_CODE), ""
        except WrongCall as error:
            question, made, wrong = None, None, str(error)
        context = {
            "report": made,
            "asked": question,
            "wrong": wrong,
            "files": _addresses(request),
            "recent": [(file, log_words(file)) for file in Download.objects.select_related("user")[:RECENT]],
            "words": _words(request),
        }
        return render(request, "reports/report.html", context, status=400 if wrong else 200)


class ReportFile(Page):
    """The report as a file. A subclass says its `form` and how it is drawn."""

    right = "report"
    form = ""

    def draw(self, made):
        """Return the bytes of the file."""
        raise NotImplementedError

    def get(self, request):
        """Build the report in one snapshot, draw it completely, log it, hand it out."""
        try:
            question = question_of(request)
            made = report_of(request, question, language_of(request))
        except WrongCall as error:
            return render(request, "reports/report.html", {"wrong": str(error)}, status=400)
        content = self.draw(made)
        target = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
        target.write(content)
        at = downloads.moment_of(request)
        name = downloads.file_name(f"{made['title']} {made['subtitle']}", at, self.form, made["demonstration"])
        shown = question.but(year=made["year"])
        return downloads.hand_out(request, target, self.form, name, in_words(made), made["rows"], shown, made["kind"])


class PdfFile(ReportFile):
    """The report as a PDF of two pages."""

    form = "pdf"

    def draw(self, made):
        """See ReportFile."""
        return pdf.render(made)


class WorkbookFile(ReportFile):
    """The report as one workbook."""

    form = "xlsx"

    def draw(self, made):
        """See ReportFile."""
        return workbook.render(made)


def _words(request):
    """Return what the form shows: the year and the situation, and whether that is more than a day of the calendar."""
    said = request.GET.get("as-of", "")
    return {"year": request.GET.get("year", ""), "as_of": said, "version": bool(said) and not is_day(said)}


def question_of(request):
    """Return what an address asks for. WrongCall: a year or a situation that cannot be."""
    return ask(request.user, request.moment, {word: request.GET.get(word) for word in WORDS}, {})


def report_of(request, question, language):
    """Return the report of a question, all of it from one picture of the data."""
    with downloads.snapshot():
        return report.build(question, language, request.moment.demo)


def language_of(request):
    """Return the language that ?lang= asks for, else that of the page. WrongCall: another one."""
    code = request.GET.get("lang") or request.LANGUAGE_CODE
    if code not in dict(settings.LANGUAGES):
        raise WrongCall(_("There is no report in the language %(code)s. There are: fr, ar, en.") % {"code": code})
    return code


def in_words(made):
    """Return what the log of downloads keeps of a report: its question and what proves its content."""
    pairs = {"year": made["year"], "as-of": made["as_of"], "lang": made["language"], "content": made["checksum"]}
    return "; ".join(f"{name}: {value}" for name, value in pairs.items())


def log_words(file):
    """Return (label, value) of what the log keeps of a file: a report's question in the reader's language.

    The filters of a list stay in the language of whoever downloaded it, as they are printed in that file.
    """
    if not file.report:
        return [("", file.filters)] if file.filters else []
    kept = dict(pair.split(": ", 1) for pair in file.filters.split("; ") if ": " in pair)
    names = dict(settings.LANGUAGES)
    return [
        (_("Year"), kept.get("year", "")),
        (_("Situation as of"), f"{file.as_of:%d/%m/%Y}" if file.as_of else ""),
        (_("Language"), names.get(kept.get("lang"), "")),
        (_("Content"), kept.get("content", "")),
    ]


def _addresses(request):
    """Return one entry a language: its own name and the addresses of its two files."""
    asked = {word: request.GET[word] for word in WORDS if request.GET.get(word)}
    return [
        {"code": code, "name": name, "query": urlencode({**asked, "lang": code})} for code, name in settings.LANGUAGES
    ]
