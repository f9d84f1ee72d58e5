"""Lines of volumes, and volumes by a dimension: on the screen and in the file."""

from urllib.parse import urlencode

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.tables import Table
from partstrack.templatetags.show import change, month, num
from production.models import MEASURE_NAMES, OutputLine

SHORT = {"td": {"class": "nowrap"}}
NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class Quantity(django_tables2.Column):
    """A quantity in the reader's format; nothing said is a dash."""

    def __init__(self, **options):
        super().__init__(attrs=NUMBER, **options)

    def render(self, value):
        """Show the number."""
        return num(value)


def _line_url(record, table):
    """Return the address of a line's page, in the situation that the list was asked for."""
    said = f"?{urlencode({'as-of': table.ask.as_of})}" if table.ask and table.ask.as_of else ""
    return reverse("line", args=[record.pk]) + said


class LineTable(Table):
    """One row a line; the part leads to its page, the page to its cell."""

    part = django_tables2.Column(accessor="part__reference", verbose_name=_("Part"), linkify=_line_url)
    month = django_tables2.Column(attrs=SHORT)
    supplier = django_tables2.Column(accessor="site__firm__name", verbose_name=_("Supplier"), attrs=SHORT)
    family = django_tables2.Column(accessor="family_name", verbose_name=_("Family"))
    brand = django_tables2.Column(accessor="brand__name", verbose_name=_("Brand"), default="–", attrs=SHORT)
    produced = Quantity(verbose_name=MEASURE_NAMES["produced"])
    sold = Quantity(verbose_name=_("Sold"))
    scrapped = Quantity(verbose_name=MEASURE_NAMES["scrapped"])
    closing = Quantity(verbose_name=MEASURE_NAMES["closing"])

    empty_text = _("No line passes these filters. Take one off, or upload the supplier's file.")

    class Meta(Table.Meta):
        model = OutputLine
        fields = ("part", "month", "supplier", "family", "brand", "unit")
        sequence = ("part", "month", "supplier", "family", "brand", "unit", "...")

    def render_part(self, record):
        name = record.part.name_ar if get_language() == "ar" and record.part.name_ar else record.part.name
        return format_html("<bdi>{}</bdi><small>{}</small>", record.part.reference, name)

    def file_value_part(self, record):
        """Give the reference alone."""
        return record.part.reference

    def render_supplier(self, record):
        return record.site.firm.name_in(get_language())

    def file_value_supplier(self, record):
        """Give the name in the reader's script."""
        return record.site.firm.name_in(get_language())

    def render_month(self, value):
        return month(value, "short")

    def render_brand(self, record):
        return record.brand.name_in(get_language())

    def file_value_brand(self, record):
        """Give the name in the reader's script."""
        return record.brand.name_in(get_language()) if record.brand else None

    def render_unit(self, record):
        return record.unit.name_in(get_language())

    def file_value_unit(self, record):
        """Give the unit's name."""
        return record.unit.name_in(get_language())


class GroupTable(Table):
    """Volumes by a dimension with growth and contribution; the value leads to its lines."""

    label = django_tables2.Column(verbose_name="")
    value = django_tables2.Column(verbose_name=_("Value"), attrs=NUMBER)
    compared = Quantity(verbose_name=_("Compared"))
    base = Quantity(verbose_name=_("Base"))
    change = django_tables2.Column(verbose_name=_("Growth"), attrs=NUMBER)
    contribution = django_tables2.Column(verbose_name=_("Contribution, points"), attrs=NUMBER)

    empty_text = _("Nothing was declared for this question.")

    def render_value(self, value, record):
        return format_html('<a href="{}">{}</a>', record["url"], num(value))

    def render_change(self, value, record):
        return change(value)

    def render_contribution(self, value):
        return change(value, "points")
