"""Imports on the screen and in the file: lines, ranges, local beside imported."""

from functools import cached_property

import django_tables2
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.tables import FileColumn, Table, own_page
from partstrack.templatetags.show import day, month, num, rate
from production import policy
from production.models import Range, TradeLine
from production.tables import NUMBER, SHORT, Quantity, in_situation


def named(row):
    """Return a row's name in the reader's language, a dash for none."""
    return row.name_in(get_language()) if row else "–"


def goods(line):
    """Name the goods of a line as exactly as its sender did: reference, range or family."""
    if line.part:
        return line.part.reference
    return named(line.range) if line.range else named(line.family)


class TradeTable(Table):
    """One row a line of imports; the goods lead to its page, the page to its cell."""

    goods = django_tables2.Column(
        accessor="pk", verbose_name=_("Goods"), linkify=in_situation, order_by=("range__code", "family")
    )
    month = django_tables2.Column(accessor="trade_return__head__month", verbose_name=_("Month"), attrs=SHORT)
    firm = django_tables2.Column(verbose_name=_("Importer"), default="–")
    country = django_tables2.Column(verbose_name=_("Origin"), default="–")
    document = django_tables2.Column(default="–", attrs=SHORT)
    quantity = Quantity(verbose_name=_("Quantity"))
    unit = django_tables2.Column(verbose_name=_("Unit"))
    value = Quantity(verbose_name=_("Value"))
    dinars = Quantity(verbose_name=_("Value in DZD"))
    flow = FileColumn(verbose_name=_("Flow"))
    family = FileColumn(verbose_name=_("Family"))
    currency = FileColumn(verbose_name=_("Currency"))
    rate = FileColumn(verbose_name=_("Exchange rate"))
    rate_on = FileColumn(verbose_name=_("Day of the rate"))

    leads_to = ("trade_line", "pk")
    aside = ("firm", "country", "document", "unit", "value")
    empty_text = _("No line of imports passes these filters. Take one off, choose another source, or upload a file.")

    class Meta(Table.Meta):
        model = TradeLine
        fields = ("goods", "month", "firm", "country", "document", "quantity", "unit", "value", "dinars")
        order_by = ("-month", "goods")

    def render_goods(self, record):
        if record.flow == TradeLine.Flow.EXPORT:
            return format_html("<bdi>{}</bdi> ({})", goods(record), record.get_flow_display())
        return format_html("<bdi>{}</bdi>", goods(record))

    def file_value_goods(self, record):
        """Give the name."""
        return goods(record)

    def render_month(self, value):
        return month(value, "short")

    def render_firm(self, record):
        return format_html("<bdi>{}</bdi>", named(record.firm))

    def file_value_firm(self, record):
        """Give the importer's name."""
        return named(record.firm) if record.firm else None

    def file_value_family(self, record):
        """Give the family's name."""
        return named(record.family)

    def render_value(self, record):
        return format_html("{} <small>{}</small>", num(record.value), record.currency)

    def render_country(self, record):
        return named(record.country)

    def file_value_country(self, record):
        """Give the country's name."""
        return named(record.country) if record.country else None

    def render_unit(self, record):
        return named(record.unit)

    def file_value_unit(self, record):
        """Give the unit's name."""
        return named(record.unit)

    def render_dinars(self, value):
        return num(value, 2)


class RangeTable(Table):
    """One row a range: since when it is produced locally, and whether the promise is kept."""

    code = django_tables2.Column(linkify=own_page, verbose_name=_("Range"))
    brand = django_tables2.Column(verbose_name=_("Brand"))
    family = django_tables2.Column(verbose_name=_("Family"))
    application = django_tables2.Column(default="–")
    began = django_tables2.Column(verbose_name=_("Produced locally since"), default="–", attrs=SHORT)
    promise = django_tables2.Column(
        accessor="pk", verbose_name=_("Own imports since"), orderable=False, attrs={"td": {"class": "wrap"}}
    )

    leads_to = ("range", "code")
    empty_text = _(
        "No range is entered yet. Enter the first one: brand, family, and the day its local production began."
    )

    class Meta(Table.Meta):
        model = Range
        fields = ("code", "brand", "family", "application", "began", "promise")

    def render_brand(self, record):
        return named(record.brand)

    def file_value_brand(self, record):
        """Give the brand's name."""
        return named(record.brand)

    def render_family(self, record):
        return named(record.family)

    def file_value_family(self, record):
        """Give the family's name."""
        return named(record.family)

    def render_began(self, value):
        return day(value)

    @cached_property
    def watched(self):
        """Return {range id: policy.Watched} of the situation that is asked."""
        return {each.range.pk: each for each in policy.check(self.ask.but(filters={}))}

    def render_promise(self, record):
        return self.file_value_promise(record) or "–"

    def file_value_promise(self, record):
        """Say whether the promise is kept, in words."""
        found = self.watched.get(record.pk)
        return str(STATES[found.state]) if found else None


STATES = {
    "breach": _("Imported without an exemption"),
    "exempted": _("Imported under an exemption"),
    "kept": _("0 imports: promise kept"),
    "unchecked": _("Cannot be checked"),
}


class BesideTable(Table):
    """One row a family: local production beside imports, year by year, and the local share where it is computable."""

    label = django_tables2.Column(verbose_name=_("Family"))

    empty_text = _("Nothing was produced or imported in these years.")

    def __init__(self, *args, years, **kwargs):
        made = [column for year in years for column in _of_year(year)]
        super().__init__(*args, extra_columns=made, **kwargs)

    def render_label(self, value, record):
        return format_html('<a href="{}">{}</a>', record["url"], value)

    def file_value_label(self, record):
        """Give the name."""
        return record["label"]


def _of_year(year):
    """Return the three columns of a year."""
    said = {"year": year}
    yield f"local_{year}", Quantity(verbose_name=_("Local %(year)s") % said)
    yield f"imported_{year}", Quantity(verbose_name=_("Imports %(year)s") % said)
    yield f"share_{year}", Share(verbose_name=_("Local share %(year)s") % said)


class Share(django_tables2.Column):
    """A rate in percent; what cannot be computed says so."""

    def __init__(self, **options):
        super().__init__(attrs=NUMBER, default=_("not computable"), orderable=False, **options)

    def render(self, value):
        """Show the rate."""
        return rate(value)
