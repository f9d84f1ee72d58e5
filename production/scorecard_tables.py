"""The scorecard of the suppliers as a table: one row a supplier, one column a criterion."""

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partstrack.tables import Table
from partstrack.templatetags.show import in_unit
from production.growth_pictures import shown_change
from production.scorecard import CRITERIA
from production.tables import NUMBER, SHORT


class CriterionColumn(django_tables2.Column):
    """The value of one criterion, a link to its figure for this supplier, and how it changed."""

    def __init__(self, criterion):
        super().__init__(verbose_name=criterion.figure.title, attrs=NUMBER)
        self.name = criterion.name

    def render(self, value, record):
        """Show the value and the change that may be stated."""
        group, answer = record["groups"][self.name]
        shown = format_html('<a href="{}">{}</a>', record["urls"][self.name], in_unit(value, answer.unit))
        if group.change is None:
            return shown
        return format_html('{} <small class="quiet">{}</small>', shown, shown_change(group, answer.change_unit))


class ScorecardTable(Table):
    """One row a supplier at work on the day."""

    supplier = django_tables2.Column(verbose_name=_("Supplier"), attrs=SHORT)

    empty_text = _("There is no active supplier on this day.")

    class Meta(Table.Meta):
        orderable = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extra_columns=[(each.name, CriterionColumn(each)) for each in CRITERIA], **kwargs)

    def render_supplier(self, value, record):
        """Lead to the supplier."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', record["url"], value)
