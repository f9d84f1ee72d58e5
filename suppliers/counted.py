"""What the figures of the suppliers count: the active and the known suppliers."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import Counted
from suppliers.figures import suppliers_active, suppliers_known
from suppliers.tables import SupplierTable


def at_work(ask):
    """Return the suppliers that are active on the asked day, with their sites of that day."""
    rows = suppliers_active(ask).queryset.select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


def known(ask):
    """Return the suppliers that are known on the asked day, with their sites of that day."""
    rows = suppliers_known(ask).queryset.select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


COUNTED = [
    Counted(
        "suppliers_active",
        "suppliers",
        _("Suppliers that are active and had joined by the day"),
        SupplierTable,
        at_work,
        "value",
    ),
    Counted("suppliers_known", "suppliers", _("Suppliers that are known on the day"), SupplierTable, known, "value"),
]
