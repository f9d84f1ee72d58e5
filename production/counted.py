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
from production.conduct import complaints_per_million, due_pairs, restated_pairs
from production.growth import windows_of
from production.site_months import DECLARED, grid
from suppliers.models import Complaint
from suppliers.paper_tables import ComplaintTable

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
    return _rows(found, {(site, at) for at in month_range(*window) for site in found.expecting.get(at, ())})


def _rows(found, pairs):
    """Return the rows of some site-months of a Grid, the latest month first."""
    sites = {site.pk: site for site in found.sites}
    rows = [_row(sites[site], at, found.cells[site, at]) for site, at in pairs]
    return sorted(rows, key=lambda row: (-row["month"].toordinal(), row["name"], row["place"].pk))


def _asked(ask, choose):
    """Return the rows of the site-months of the asked months that `choose(whole, part)` leaves of a share."""
    ask, windows = ask.but(by=None), windows_of(ask)
    found = grid(ask, perimeters.both_windows(windows))
    return _rows(
        found, {pair for pair in choose(ask) if windows.first <= pair[1] <= windows.last and pair in found.cells}
    )


def due(ask):
    """Return the site-months that were due or received."""
    return _asked(ask, lambda ask: due_pairs(ask)[0])


def in_time(ask):
    """Return the site-months that were received in time."""
    return _asked(ask, lambda ask: due_pairs(ask)[1])


def not_in_time(ask):
    """Return the site-months that were late, missing, or returned."""
    return _asked(ask, lambda ask: due_pairs(ask)[0] - due_pairs(ask)[1])


def restated(ask):
    """Return the site-months whose declaration was replaced."""
    return _asked(ask, lambda ask: restated_pairs(ask)[1])


def complained(ask):
    """Return the complaints received in the months whose sales are counted."""
    rows = complaints_per_million(ask.but(by=None)).queryset
    return Complaint.objects.none() if rows is None else rows.select_related("site__firm", "family", "customer")


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
    Counted("punctuality", "in-time", _("Declarations received in time"), SiteMonthTable, in_time, "numerator"),
    Counted("punctuality", "due", _("Declarations due or received"), SiteMonthTable, due, "denominator"),
    Counted("punctuality", "late", _("Declarations late, missing or returned"), SiteMonthTable, not_in_time),
    Counted("restated_share", "restated", _("Restated months"), SiteMonthTable, restated, "numerator"),
    Counted(
        "complaints_per_million",
        "complaints",
        _("Complaints received in the months"),
        ComplaintTable,
        complained,
        "numerator",
        sums="quantity",
    ),
]
