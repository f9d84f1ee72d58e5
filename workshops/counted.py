"""What the figures of the network count: wilayas with and without a workshop, and the workshops themselves."""

from urllib.parse import urlencode

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Counted
from partstrack.tables import Table
from partstrack.templatetags.show import num
from workshops.figures import active, network, vintage_of
from workshops.tables import WorkshopTable

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class WilayaTable(Table):
    """One row a wilaya: how many active workshops it has."""

    name = django_tables2.Column(verbose_name=_("Wilaya"), order_by="code")
    workshops = django_tables2.Column(verbose_name=_("Active workshops"), attrs=NUMBER)

    empty_text = _("There is no such wilaya on this day.")

    def render_name(self, record):
        """Lead to the workshops of the wilaya; code and name."""
        words = {"wilaya": record["code"], "vintage": record["vintage"], "on": record["on"], "active": "yes"}
        url = f"{reverse('workshop_list')}?{urlencode(words)}"
        return format_html('<a href="{}">{}</a>', url, self.file_value_name(record))

    def file_value_name(self, record):
        """Give code and name."""
        return f"{record['code']} {record['name']}"

    def render_workshops(self, value):
        """Show the number."""
        return num(value)


def wilayas(ask):
    """Return the wilayas of the asked division with their active workshops, the most first."""
    found = network(ask, ask.on, vintage_of(ask))
    rows = [
        {
            "code": wilaya.code,
            "name": wilaya.name_in(get_language()),
            "workshops": found.counts.get(wilaya.code, 0),
            "vintage": found.number,
            "on": found.day.isoformat(),
        }
        for wilaya in found.wilayas
    ]
    return sorted(rows, key=lambda row: (-row["workshops"], row["code"]))


def covered(ask):
    """Return the wilayas with at least one active workshop."""
    return [row for row in wilayas(ask) if row["workshops"]]


def uncovered(ask):
    """Return the wilayas without an active workshop."""
    return [row for row in wilayas(ask) if not row["workshops"]]


def members(ask):
    """Return the workshops that are active on the asked day, with place and membership."""
    number = vintage_of(ask)
    rows = active(ask, ask.on).select_related("firm").with_membership(ask.on).with_wilaya(number, ask.on)
    if ask.filters.get("zone"):
        rows = rows.filter(wilaya_code__in=[wilaya.code for wilaya in network(ask, ask.on, number).wilayas])
    return rows.order_by("code", "pk")


ACTIVE = _("Workshops that are members of a network on the day")

COUNTED = [
    Counted(
        "territorial_coverage",
        "covered",
        _("Wilayas with at least one active workshop"),
        WilayaTable,
        covered,
        "numerator",
    ),
    Counted(
        "territorial_coverage", "wilayas", _("All wilayas of the same division"), WilayaTable, wilayas, "denominator"
    ),
    Counted("territorial_coverage", "uncovered", _("Wilayas without a workshop"), WilayaTable, uncovered),
    Counted("territorial_coverage", "workshops", ACTIVE, WorkshopTable, members),
    Counted("workshops", "workshops", ACTIVE, WorkshopTable, members, "value"),
]
