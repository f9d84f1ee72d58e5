"""What the figures of exports count: the shipments, and the commitments that they are held against."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exports.figures import commitments_of, export_fulfilment, export_progress, kept, last_complete_month
from exports.models import Shipment
from partstrack.numbers import isolate
from partstrack.periods import span_label
from partstrack.registry import Counted
from partstrack.tables import Table
from partstrack.templatetags.show import day, named, num, quantity, rate

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
SHORT = {"td": {"class": "nowrap"}}


class ShipmentTable(Table):
    """One row a line of an invoice."""

    invoice = django_tables2.Column(verbose_name=_("Invoice"))
    agreement = django_tables2.Column(verbose_name=_("Agreement"), order_by=("agreement__code", "pk"))
    day = django_tables2.Column(verbose_name=_("Day"))
    country = django_tables2.Column(verbose_name=_("Country"), order_by=("country_id", "pk"), attrs=SHORT)
    family = django_tables2.Column(verbose_name=_("Family"), order_by=("family__position", "pk"), default="–")
    quantity = django_tables2.Column(verbose_name=_("Quantity"), attrs=NUMBER)
    unit = django_tables2.Column(verbose_name=_("Unit"), order_by=("unit__position", "pk"))

    empty_text = _("Nothing was shipped that counts by now.")

    class Meta(Table.Meta):
        model = Shipment
        fields = ()

    def render_invoice(self, value):
        """Show the number as one run."""
        return format_html("<bdi>{}</bdi>", value)

    def render_agreement(self, value):
        """Lead to the agreement."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("export", args=[value.code]), value.title)

    def file_value_agreement(self, record):
        """Give its title."""
        return record.agreement.title

    def render_day(self, value):
        """Show the day."""
        return day(value)

    def render_country(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_country(self, record):
        """Give the name in the reader's language."""
        return record.country.name_in(get_language())

    def render_family(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_family(self, record):
        """Give the name in the reader's language."""
        return record.family.name_in(get_language()) if record.family else ""

    def render_quantity(self, value):
        """Show the number."""
        return num(value)

    def render_unit(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_unit(self, record):
        """Give the name in the reader's language."""
        return record.unit.name_in(get_language())


class CommitmentTable(Table):
    """One row a commitment: the whole of it, what of it was due by now, what left."""

    agreement = django_tables2.Column(verbose_name=_("Agreement"), accessor="title")
    months = django_tables2.Column(verbose_name=_("Months"), order_by="first", attrs=SHORT)
    passed = django_tables2.Column(verbose_name=_("Months that have passed"), attrs=NUMBER)
    whole = django_tables2.Column(verbose_name=_("Whole commitment"), attrs=NUMBER)
    due = django_tables2.Column(verbose_name=_("Due by now"), attrs=NUMBER)
    shipped = django_tables2.Column(verbose_name=_("Shipped"), attrs=NUMBER)
    share = django_tables2.Column(verbose_name=_("Fulfilment, in %"), attrs=NUMBER, default="–")

    empty_text = _("No binding agreement commits to a quantity by now.")

    def render_agreement(self, record):
        """Lead to the agreement."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("export", args=[record["code"]]), record["title"])

    def render_months(self, record):
        """Show the first and the last month in words."""
        return isolate(record["months"])

    def render_passed(self, record):
        """Show how many of how many months."""
        return format_html("{} / {}", num(record["passed"]), num(record["of"]))

    def file_value_passed(self, record):
        """Give how many have passed."""
        return record["passed"]

    def render_whole(self, value):
        """Show the number."""
        return num(value)

    def render_due(self, value):
        """Show the number; a part of a piece to three decimals."""
        return quantity(value)

    def render_shipped(self, value):
        """Show the number."""
        return num(value)

    def render_share(self, value):
        """Show the rate."""
        return rate(value)


def shipped_of_begun(ask):
    """Return the shipments that count for the commitments that have begun."""
    return _shown(export_fulfilment(ask).queryset)


def shipped_of_all(ask):
    """Return the shipments that count for any commitment."""
    return _shown(export_progress(ask).queryset)


def _shown(shipments):
    rows = shipments.select_related("agreement", "unit", "family", "country")
    return rows.order_by("agreement__code", "-day", "pk")


def begun(ask):
    """Return the commitments of which at least one month has passed."""
    return [row for row in commitments(ask) if row["passed"]]


def commitments(ask):
    """Return every binding commitment with what of it was due and shipped up to the last complete month."""
    return [_row(each) for each in kept(commitments_of(ask), last_complete_month(ask.today))]


def _row(each):
    commitment = each.commitment
    return {
        "code": commitment.agreement.code,
        "title": commitment.agreement.title,
        "first": commitment.first,
        "months": span_label(commitment.first, commitment.last, get_language(), "short"),
        "passed": each.passed,
        "of": each.months,
        "whole": commitment.quantity,
        "due": each.due_quantity,
        "shipped": each.shipped,
        "share": each.of_due,
    }


SHIPPED = _("Goods shipped under binding agreements, up to the last complete month")

COUNTED = [
    Counted("export_fulfilment", "shipments", SHIPPED, ShipmentTable, shipped_of_begun, "numerator", "quantity"),
    Counted(
        "export_fulfilment",
        "commitments",
        _("Commitments due by the last complete month, month by month"),
        CommitmentTable,
        begun,
        "denominator",
        "due",
    ),
    Counted("export_progress", "shipments", SHIPPED, ShipmentTable, shipped_of_all, "numerator", "quantity"),
    Counted(
        "export_progress",
        "commitments",
        _("Whole commitments, months to come included"),
        CommitmentTable,
        commitments,
        "denominator",
        "whole",
    ),
]
