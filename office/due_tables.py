"""The list of dates that come."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from office.reminding import when
from partstrack.tables import NUMBER, SHORT, WRAP, Table
from partstrack.templatetags.show import day, month


class DueTable(Table):
    """Dates, the nearest first; each leads to what it is about."""

    title = django_tables2.Column(verbose_name=_("What it is about"), attrs=WRAP, linkify=lambda record: record["url"])
    kind = django_tables2.Column(verbose_name=_("Kind"), attrs=SHORT)
    day = django_tables2.Column(verbose_name=_("Day"), attrs=SHORT)
    left = django_tables2.Column(verbose_name=_("Days left"), attrs=NUMBER)

    aside = ("kind",)
    empty_text = _(
        "No date comes in the next 90 days. Ends of agreements, stages of road maps, deliveries and exemptions appear here by themselves."
    )

    def render_day(self, value):
        return day(value)

    def render_left(self, value):
        """Say it in words; the file has the number."""
        return when(value)

    def file_value_left(self, record):
        """The number of days, below 0 when the day has passed."""
        return record["left"]


class CalendarTable(DueTable):
    """Dates of a year, the nearest first, with their month."""

    month = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT)

    aside = ("kind", "left")
    empty_text = _("No date of the next twelve months is asked for. Take a filter off.")

    class Meta(Table.Meta):
        sequence = ("month", "...")

    def render_month(self, value):
        """Say the month in words."""
        return month(value)
