"""The columns of a programme's components, on the screen and so in the file, and their filters."""

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from catalogue.models import Family
from integration.models import Component
from partstrack.filters import Filters, Named
from partstrack.searching import containing
from partstrack.tables import NUMBER, SHORT, WRAP, Table
from partstrack.templatetags.show import day, named, num, rate

WHY = {
    "counts": _("counts"),
    "inside": _("inside one that counts"),
    "left_out": _("left out by the rule"),
    "not_local": _("not made locally"),
    "not_said": _("not known"),
    "not_covered": _("no paper in force"),
    "not_weighed": _("neither rate nor value in this rule"),
}


class ComponentList(Table):
    """Components: who makes them, what they are worth, what they bring to the rate of today."""

    aside = ("code", "inside", "nature", "quantity", "value", "currency", "evidence", "valid_from", "valid_to")
    empty_text = _("No component passes these filters. Take a filter off, or add a component.")
    asked_by = {"brought": (), "why": ()}

    name = Column(verbose_name=_("Component"), accessor="name_fr", attrs=WRAP)
    code = Column(verbose_name=_("Code"), attrs=SHORT)
    inside = Column(verbose_name=_("Part of the assembly"), accessor="parent__code", order_by=("parent__code", "pk"))
    nature = Column(verbose_name=_("Nature"))
    family = Column(verbose_name=_("Family"), order_by=("family__position", "pk"))
    supply = Column(verbose_name=pgettext_lazy("component", "Supply"))
    site = Column(verbose_name=_("Site"), order_by=("site__name", "pk"))
    quantity = Column(verbose_name=_("Quantity in one vehicle"), attrs=NUMBER)
    value = Column(verbose_name=_("Value"), attrs=NUMBER)
    currency = Column(verbose_name=_("Currency"))
    contributive_rate = Column(verbose_name=_("Contributive rate, in %"), attrs=NUMBER)
    brought = Column(verbose_name=_("Points brought"), accessor="pk", orderable=False, attrs=NUMBER)
    why = Column(verbose_name=_("Why"), accessor="pk", orderable=False)
    evidence = Column(verbose_name=_("Evidence"))
    valid_from = Column(verbose_name=_("From"))
    valid_to = Column(verbose_name=_("To"))

    class Meta(Table.Meta):
        fields = [
            "name",
            "code",
            "inside",
            "nature",
            "family",
            "supply",
            "site",
            "quantity",
            "value",
            "currency",
            "contributive_rate",
            "brought",
            "why",
            "evidence",
            "valid_from",
            "valid_to",
        ]

    def _line(self, record):
        count = self.request.reading.count
        return count.by_key.get(record.pk) if count else None

    def render_name(self, record):
        """Lead to the component."""
        return format_html('<a href="{}">{}</a>', self.address_of(record), named(record))

    def address_of(self, record, **words):
        """Return the address of the component's own page."""
        return reverse("component", args=[self.request.reading.programme.code, record.pk])

    def file_value_name(self, record):
        """Give the name in the reader's language."""
        return record.name_in(get_language())

    def render_family(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_family(self, record):
        """Give the name in the reader's language."""
        return record.family.name_in(get_language()) if record.family else ""

    def render_site(self, value):
        """Show the site."""
        return named(value)

    def file_value_site(self, record):
        """Give the code of the site."""
        return record.site.code if record.site else ""

    def render_contributive_rate(self, value):
        """Show the rate, with all its decimals."""
        return rate(value, max(1, -value.normalize().as_tuple().exponent))

    def render_brought(self, record):
        """Show the points."""
        points = self.file_value_brought(record)
        return "–" if points is None else num(points)

    def file_value_brought(self, record):
        """Return the points that it brings to the rate of today."""
        line = self._line(record)
        return self.request.reading.count.points(line) if line else None

    def render_why(self, record):
        """Say why it counts or not."""
        return self.file_value_why(record)

    def file_value_why(self, record):
        """Say why it counts or not."""
        line = self._line(record)
        return str(WHY[line.why]) if line else gettext("not valid today")

    def render_valid_from(self, value):
        """Show the day."""
        return day(value)

    def render_valid_to(self, value):
        """Show the day."""
        return day(value)


class ComponentFilters(Filters):
    """By words, supply, nature, evidence and family."""

    q = django_filters.CharFilter(label=_("Search"), method="holding")
    supply = django_filters.ChoiceFilter(label=pgettext_lazy("component", "Supply"), choices=Component.Supply.choices)
    nature = django_filters.ChoiceFilter(label=_("Nature"), choices=Component._meta.get_field("nature").choices)
    evidence = django_filters.ChoiceFilter(label=_("Evidence"), choices=Component.Evidence.choices)
    family = Named(label=_("Family"), queryset=Family.objects.all())

    def holding(self, rows, name, value):
        """Keep the rows whose code or name holds the words."""
        return containing(rows, value, "code", "name_fr", "name_ar", "name_en")
