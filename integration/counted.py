"""What the regulatory rate counts: the components made locally; and those that are not counted."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.figures import programme_of
from integration.models import Component, VehicleProgramme
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
    evidence = django_tables2.Column(verbose_name=_("Evidence"))

    empty_text = _("No component of this kind is recorded on this day.")

    class Meta(Table.Meta):
        model = Component
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


def local(ask):
    """Return the components that are made locally and valid on the asked day, of one programme or of all."""
    return _components(ask).filter(made_locally=True)


def foreign(ask):
    """Return the components that are valid on the asked day and not made locally: they do not count."""
    return _components(ask).filter(made_locally=False)


def _components(ask):
    if ask.filters.get("programme"):
        programmes = VehicleProgramme.objects.filter(pk=programme_of(ask).pk)
    else:
        programmes = VehicleProgramme.objects.within(ask.scope)
    rows = Component.objects.valid_on(ask.on).filter(programme__in=programmes)
    return rows.select_related("family", "programme__maker").order_by("programme__code", "-contributive_rate", "pk")


COUNTED = [
    Counted(
        "regulatory_rate",
        "local",
        _("Components made locally, by their contributive rates"),
        ComponentTable,
        local,
        "value",
        "contributive_rate",
    ),
    Counted("regulatory_rate", "foreign", _("Components not made locally: not counted"), ComponentTable, foreign),
]
