"""What the regulatory rate counts: the components made locally; and those that are not counted."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.figures import programme_of, rule_of
from integration.models import Component, VehicleProgramme
from integration.rates import read_all
from partstrack.registry import Counted
from partstrack.tables import Table
from partstrack.templatetags.show import named, rate

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class ComponentTable(Table):
    """One row a component: what it contributes to the rate of its programme."""

    name = django_tables2.Column(verbose_name=_("Component"), accessor="code", order_by=("code", "pk"))
    programme = django_tables2.Column(verbose_name=_("Vehicle programme"), order_by=("programme__code", "pk"))
    family = django_tables2.Column(verbose_name=_("Family"), order_by=("family__position", "pk"), default="–")
    contributive_rate = django_tables2.Column(verbose_name=_("Contributive rate, in %"), attrs=NUMBER)
    brought = django_tables2.Column(verbose_name=_("Points brought"), attrs=NUMBER)
    evidence = django_tables2.Column(verbose_name=_("Evidence"))

    empty_text = _("No component of this kind is recorded on this day.")

    class Meta(Table.Meta):
        fields = ()

    def render_name(self, record):
        """Show the name in the reader's language."""
        return named(record)

    def file_value_name(self, record):
        """Give the name in the reader's language."""
        return record.name_in(get_language())

    def render_programme(self, value):
        """Lead to the programme."""
        return format_html('<a href="{}">{}</a>', reverse("programme", args=[value.code]), named(value))

    def file_value_programme(self, record):
        """Give the name in the reader's language."""
        return record.programme.name_in(get_language())

    def render_family(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_family(self, record):
        """Give the name in the reader's language."""
        return record.family.name_in(get_language()) if record.family else ""

    def render_contributive_rate(self, value):
        """Show the rate, with all its decimals."""
        return rate(value, max(1, -value.normalize().as_tuple().exponent))

    def render_evidence(self, record):
        """Say how far it was proved."""
        return record.get_evidence_display()

    def file_value_evidence(self, record):
        """Say how far it was proved."""
        return str(record.get_evidence_display())


def local(ask):
    """Return the components that bring something, with what they bring (`brought`, in points), of one programme or of all."""
    return _lines(ask, lambda line: line.high)


def foreign(ask):
    """Return the components that bring nothing: not made locally, inside one that counts, left out by the rule."""
    return _lines(ask, lambda line: not line.high)


def _lines(ask, keep):
    programmes = (
        [programme_of(ask)] if ask.filters.get("programme") else list(VehicleProgramme.objects.within(ask.scope))
    )
    points = {}
    for reading in read_all(programmes, ask.on, rule_of(ask)).values():
        for line in reading.count.lines if reading.count else ():
            if keep(line):
                points[line.item.key] = (reading.count.points(line), line.why)
    rows = Component.objects.within(ask.scope).filter(pk__in=points).select_related("family", "programme__maker")
    for row in (rows := list(rows)):
        row.brought, row.why = points[row.pk]
    return sorted(rows, key=lambda row: (row.programme.code, -row.brought, -(row.contributive_rate or 0), row.pk))


COUNTED = [
    Counted(
        "regulatory_rate",
        "local",
        _("Components that count, by what they bring"),
        ComponentTable,
        local,
        "value",
        "brought",
    ),
    Counted("regulatory_rate", "foreign", _("Components that bring nothing"), ComponentTable, foreign),
]
