"""The list of jobs: its columns and filters."""

import django_filters
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, TemplateColumn

from office.models import Job
from partstrack import registry
from partstrack.filters import Filters
from partstrack.tables import Table, own_page
from partstrack.templatetags.show import day


class JobTable(Table):
    """One row a job: its name leads to its page."""

    kind = Column(linkify=own_page, verbose_name=_("Work"))
    state = TemplateColumn(template_name="office/job_state.html", verbose_name=_("State"))

    leads_to = ("job", "pk")
    asked_by = {"kind": ()}
    people = ("owner",)
    aside = ("owner", "asked_at", "ended_at")
    empty_text = _("Nothing long was asked for yet. A file that takes long to check, for instance, appears here.")

    class Meta(Table.Meta):
        model = Job
        fields = ("kind", "about", "state", "asked_at", "ended_at", "owner")
        order_by = "-asked_at"

    def render_kind(self, value):
        return str(registry.job(value).title)

    def file_value_kind(self, record):
        return self.render_kind(record.kind)

    def render_about(self, value):
        return format_html("<bdi>{}</bdi>", value)

    def render_asked_at(self, value):
        return day(value)

    def render_ended_at(self, value):
        return day(value)

    def file_value_state(self, record):
        return record.get_state_display()


class JobFilters(Filters):
    """By what it is done with, and by state."""

    q = django_filters.CharFilter(field_name="about", lookup_expr="icontains", label=_("Name contains"))
    state = django_filters.ChoiceFilter(choices=Job.State.choices, label=_("State"), empty_label=_("All states"))
