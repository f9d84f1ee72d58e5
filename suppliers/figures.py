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
    """Suppliers whose status is active and that had joined by the asked day.

    A status is known as it is now, not as it was: there is no earlier number to compare with.
    """
    checked(on_a_day(ask), (), FILTERS)
    rows = _in_wilaya(Supplier.objects.within(ask.scope), ask)
    counted = rows.at_work_on(ask.on)
    value, known = counted.count(), rows.active().count()
    return Answer(
        name="suppliers_active",
        value=Decimal(value),
        unit="supplier",
        state="provisional",
        version=ask.version,
        definition=DEFINITION,
        compared=Decimal(value),
        basis=_("On %(day)s, %(active)d of %(all)d suppliers, by the status that is recorded now.")
        % {"day": f"{ask.on:%d/%m/%Y}", "active": value, "all": known},
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


DEFINITION = gettext_lazy("Suppliers whose status is active and that had joined by the day.")

FIGURES = [
    Figure(
        "suppliers_active",
        gettext_lazy("Active suppliers"),
        DEFINITION,
        gettext_lazy(
            "Suppliers with the status “active”, not archived, not merged into another firm, without a joining day "
            "or with one on or before the day. With a wilaya: those that have a site there on the day."
        ),
        "",
        suppliers_active,
        "supplier",
        (),
        FILTERS,
        period="day",
    ),
]
