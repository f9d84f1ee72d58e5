"""The scorecard of the suppliers as a table: one row a supplier, one column a criterion."""

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partstrack.tables import FileColumn, Table
from partstrack.templatetags.show import in_unit, num
from production.growth_pictures import shown_change
from production.scorecard import CRITERIA
from production.tables import NUMBER, SHORT


class CriterionColumn(django_tables2.Column):
    """The value of one criterion, a link to its figure for this supplier, how it changed, and what was divided by what."""

    empty_values = ()

    def __init__(self, criterion):
        super().__init__(verbose_name=criterion.figure.title, attrs=NUMBER)
        self.name = criterion.name

    def render(self, value, record):
        """Show the value and the change that may be stated, or why there is none."""
        if value is None:
            return format_html('<small class="quiet">{}</small>', record["nothing"][self.name])
        group, answer = record["groups"][self.name]
        shown = format_html('<a href="{}">{}</a>', record["urls"][self.name], in_unit(value, answer.unit))
        if group.change is not None:
            shown = format_html('{} <small class="quiet">{}</small>', shown, shown_change(group, answer.change_unit))
        if group.denominator is None:
            return shown
        return format_html('{}<br><small class="quiet">{}</small>', shown, divided(group))


def divided(answer):
    """Show what a ratio divides by what, in whole units."""
    return format_html(
        '<bdi dir="ltr" class="text-nowrap">{} / {}</bdi>', num(answer.numerator, 0), num(answer.denominator, 0)
    )


def _columns():
    """Yield (name, column) of each criterion; in the file a ratio is followed by what was divided by what."""
    for criterion in CRITERIA:
        yield criterion.name, CriterionColumn(criterion)
        if criterion.ratio:
            said = {"criterion": criterion.figure.title}
            yield f"{criterion.name}_over", FileColumn(verbose_name=gettext("%(criterion)s – numerator") % said)
            yield f"{criterion.name}_under", FileColumn(verbose_name=gettext("%(criterion)s – denominator") % said)


class ScorecardTable(Table):
    """One row a supplier at work on the day."""

    supplier = django_tables2.Column(verbose_name=_("Supplier"), attrs=SHORT)

    empty_text = _("There is no active supplier on this day.")

    class Meta(Table.Meta):
        orderable = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extra_columns=list(_columns()), **kwargs)

    def render_supplier(self, value, record):
        """Lead to the supplier."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', record["url"], value)
