"""The list of received files."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from intake.models import Batch
from partstrack.tables import NUMBER, Table, own_page
from partstrack.templatetags.show import day, num


class BatchTable(Table):
    """One row a file."""

    name = django_tables2.Column(linkify=own_page, verbose_name=_("File"))
    values = django_tables2.Column(accessor="result__counts", verbose_name=_("Values"), orderable=False, attrs=NUMBER)
    state = django_tables2.TemplateColumn(template_name="intake/state.html", verbose_name=_("State"))

    leads_to = ("batch", "pk")
    aside = ("firm", "received_at", "author")
    people = ("author",)
    empty_text = _(
        "No file was received yet. Upload the first workbook of a supplier: nothing is written before you have seen the preview."
    )

    class Meta(Table.Meta):
        model = Batch
        fields = ("name", "firm", "received_at", "author", "values", "state")
        order_by = "-received_at"

    def render_received_at(self, value):
        return day(value)

    def render_values(self, value):
        return num(sum((value or {}).get(name, 0) for name in ("new", "changed", "unchanged")))

    def file_value_values(self, record):
        counts = record.result.get("counts", {})
        return sum(counts.get(name, 0) for name in ("new", "changed", "unchanged"))

    def file_value_state(self, record):
        return record.get_state_display()
