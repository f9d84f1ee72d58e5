"""Published figures: on the screen and in the file."""

import django_tables2
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.figures import text
from partstrack.numbers import isolate, show, show_percent_signed
from partstrack.periods import span_label
from partstrack.tables import FileColumn, Table
from partstrack.templatetags.show import day
from production.tables import in_situation
from reports.declared import contradiction, period_in
from reports.models import PublishedFigure
from reports.wording_of_figures import stated

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
WRAP = {"td": {"class": "wrap"}}


def shown(row, value):
    """Show a number in the unit of a published figure."""
    show_it = show_percent_signed if row.in_percent else show
    return isolate(show_it(value, get_language()))


def said(row, language):
    """Say what is stated: qualifier and number, with the unit where it is not understood; or nothing."""
    number = stated(row.qualifier, row.value, language, row.in_percent)
    unit = "" if row.unit in (row.Unit.PERCENT, row.Unit.PIECE) else row.get_unit_display()
    return " ".join(filter(None, [number, unit]))


class PublishedTable(Table):
    """One row a statement: its words, what was declared of the same months, and whether the two agree."""

    subject = django_tables2.Column(verbose_name=_("Subject"))
    words = django_tables2.Column(verbose_name=_("What was published"), empty_values=(), orderable=False, attrs=WRAP)
    period = django_tables2.Column(verbose_name=_("Period"), default="–")
    value = django_tables2.Column(verbose_name=_("Stated"), empty_values=(), attrs=NUMBER)
    declared = django_tables2.Column(verbose_name=_("Declared"), empty_values=(), orderable=False, attrs=NUMBER)
    state = django_tables2.Column(verbose_name=_("State"), empty_values=(), orderable=False, attrs=WRAP)
    source = django_tables2.Column(verbose_name=_("Source"), attrs=WRAP)
    published_on = django_tables2.Column(verbose_name=_("Published on"), default="–")
    code = FileColumn(verbose_name=_("Code"))

    leads_to = ("published", "code")
    empty_text = _("No published figure passes these filters. Take one off, or enter what a communiqué states.")

    class Meta(Table.Meta):
        model = PublishedFigure
        fields = ()

    def render_subject(self, record, value):
        """Lead to the page of the statement."""
        address = in_situation(record, self)
        return format_html('<a href="{}"><bdi>{}</bdi><small>{}</small></a>', address, value, record.code)

    def render_words(self, record):
        """Give the literal words, else what was measured."""
        return record.words or record.measure_in(get_language())

    def file_value_words(self, record):
        """Give the same."""
        return self.render_words(record)

    def render_period(self, value):
        """Show the months in words."""
        return format_html("<bdi>{}</bdi>", period_in(value, get_language()))

    def file_value_period(self, record):
        """Give the months in words."""
        return period_in(record.period, get_language())

    def render_value(self, record):
        return said(record, get_language()) or "–"

    def file_value_value(self, record):
        """Give qualifier and number in words."""
        return said(record, get_language())

    def render_declared(self, record):
        """Show what was declared of the same months, or of those that are known."""
        beside = self.request.beside.get(record.code)
        if beside is None:
            return "–"
        if beside.whole:
            return shown(record, beside.value)
        span = span_label(*beside.window, get_language(), "short")
        return format_html('{}<small class="below">{}</small>', shown(record, beside.value), span)

    def file_value_declared(self, record):
        """Give the exact number."""
        beside = self.request.beside.get(record.code)
        return text(beside.value) if beside else ""

    def render_state(self, record):
        """Say that it is disputed and why, or that the declared figure contradicts it."""
        why = self.file_value_state(record)
        if not why:
            return "–"
        label = _("disputed") if record.disputed else _("contradicted")
        return format_html('<span class="tag tag-warn">{}</span> {}', label, why)

    def file_value_state(self, record):
        """Give the reason in words."""
        if record.disputed:
            return record.disputed_reason
        return contradiction(record, self.request.beside.get(record.code), get_language()) or ""

    def render_published_on(self, value):
        return day(value)
