"""The numbers of the suppliers: how many are active. No request, no clock."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.figures import Answer, WrongCall, checked, on_a_day
from partstrack.registry import Figure
from places.models import Wilaya
from suppliers.models import Supplier

FILTERS = ("wilaya",)


def suppliers_active(ask):
    """Suppliers whose status was active on the asked day and that had joined by it."""
    checked(on_a_day(ask), (), FILTERS)
    rows = _in_wilaya(Supplier.objects.within(ask.scope), ask)
    counted = rows.at_work_on(ask.on)
    said = {"day": f"{ask.on:%d/%m/%Y}", "active": counted.count(), "all": rows.known_on(ask.on).count()}
    basis = _("On %(day)s, %(active)d of %(all)d suppliers, by their status of that day.") % said
    return _number("suppliers_active", DEFINITION, counted, said["active"], basis, ask)


def suppliers_known(ask):
    """Suppliers that are entered and had joined by the asked day, whatever their status."""
    checked(on_a_day(ask), (), FILTERS)
    counted = _in_wilaya(Supplier.objects.within(ask.scope), ask).known_on(ask.on)
    value = counted.count()
    basis = _("On %(day)s, whatever their status.") % {"day": f"{ask.on:%d/%m/%Y}"}
    return _number("suppliers_known", KNOWN, counted, value, basis, ask)


def _number(name, definition, counted, value, basis, ask):
    """Return a number of suppliers; it is recorded as it is known now, so there is no earlier one to compare with."""
    return Answer(
        name=name,
        value=Decimal(value),
        unit="supplier",
        state="provisional",
        version=ask.version,
        definition=definition,
        compared=Decimal(value),
        basis=basis,
        rows=value,
        queryset=counted,
    )


def _in_wilaya(rows, ask):
    code = ask.filters.get("wilaya")
    if not code:
        return rows
    if not Wilaya.objects.filter(code=code).exists():
        raise WrongCall(_("There is no wilaya '%(code)s'. Use its code of two digits, like 16.") % {"code": code})
    return rows.in_wilaya(code, ask.on)


DEFINITION = gettext_lazy("Suppliers whose status was active on the day and that had joined by it.")
KNOWN = gettext_lazy("Suppliers that are entered and had joined by the day, whatever their status.")

FIGURES = [
    Figure(
        "suppliers_active",
        gettext_lazy("Active suppliers"),
        DEFINITION,
        gettext_lazy(
            "Suppliers that had the status “active” on the day, not archived, not merged into another firm, without a "
            "joining day or with one on or before the day. With a wilaya: those that have a site there on the day."
        ),
        "",
        suppliers_active,
        "supplier",
        (),
        FILTERS,
        period="day",
    ),
    Figure(
        "suppliers_known",
        gettext_lazy("Known suppliers"),
        KNOWN,
        gettext_lazy(
            "Suppliers of every status, not archived, not merged into another firm, without a joining day or with one on "
            "or before the day. With a wilaya: those that have a site there on the day."
        ),
        "",
        suppliers_known,
        "supplier",
        (),
        FILTERS,
        period="day",
    ),
]
