"""What completeness counts: the declarations received, those that are missing, and both together."""

import django_tables2
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.periods import month_range
from partstrack.registry import Counted
from partstrack.tables import Table
from partstrack.templatetags.show import day, month
from production import matrix, perimeters
from production.completeness import coverage
from production.growth import windows_of
from production.site_months import DECLARED, grid

SHORT = {"td": {"class": "nowrap"}}


class SiteMonthTable(Table):
    """One row a site's month: its state, and how its declaration came."""

    site = django_tables2.Column(verbose_name=_("Site"), accessor="name", attrs=SHORT)
    month = django_tables2.Column(verbose_name=_("Month"), attrs=SHORT)
    state = django_tables2.Column(verbose_name=_("State"), accessor="label", attrs=SHORT)
    received = django_tables2.Column(verbose_name=_("Received on"), default="–", attrs=SHORT)
    due = django_tables2.Column(verbose_name=_("Due day"), attrs=SHORT)
    supplier = django_tables2.Column(verbose_name=_("Supplier"), attrs=SHORT)

    empty_text = _("There is no such declaration in these months.")

    def render_site(self, record):
        """Lead to the lines of what was received, or to where what is missing can be declared."""
        as_of = self.ask.as_of if self.ask else ""
        url = matrix.Ways(self.request.user, as_of).of(record["place"], record["month"], record["cell"])
        shown = format_html("<bdi>{}</bdi>", record["name"])
        return format_html('<a href="{}">{}</a>', url, shown) if url else shown

    def file_value_site(self, record):
        """Give the name in the reader's script."""
        return record["name"]

    def render_month(self, value):
        """Show the month in words."""
        return month(value, "short")

    def render_received(self, value):
        """Show the day."""
        return day(value)

    def render_due(self, value):
        """Show the day."""
        return day(value)


def received(ask):
    """Return the site-months that were declared up to the last month that counts."""
    return [row for row in expected(ask) if row["cell"].state in DECLARED]


def missing(ask):
    """Return the site-months that were expected and not declared."""
    return [row for row in expected(ask) if row["cell"].state not in DECLARED]


def expected(ask):
    """Return the site-months that completeness counts: expected or declared, the latest month first."""
    ask = ask.but(by=None)
    window = coverage(ask).window
    if window is None:
        return []
    found = grid(ask, perimeters.both_windows(windows_of(ask)))  # the sites of a family are told by both windows
    sites = {site.pk: site for site in found.sites}
    rows = [
        _row(sites[site], at, found.cells[site, at])
        for at in month_range(*window)
        for site in found.expecting.get(at, ())
    ]
    return sorted(rows, key=lambda row: (-row["month"].toordinal(), row["name"], row["place"].pk))


def _row(site, at, cell):
    return {
        "place": site,
        "name": site.name_in(get_language()),
        "supplier": site.firm.name_in(get_language()),
        "month": at,
        "cell": cell,
        "label": str(matrix.NAMES[cell.state]),
        "received": cell.received_on,
        "due": cell.due,
    }


COUNTED = [
    Counted(
        "coverage",
        "received",
        _("Declarations received, those without production included"),
        SiteMonthTable,
        received,
        "numerator",
    ),
    Counted("coverage", "expected", _("Declarations expected or received"), SiteMonthTable, expected, "denominator"),
    Counted("coverage", "missing", _("Missing declarations"), SiteMonthTable, missing),
]
