"""What production adds to the file of a supplier: it is expected to declare, and it declared once."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partstrack.registry import Step
from production.models import Expected, Standing


def _expected(suppliers, day):
    sites = Expected.objects.filter(to_v=None).values("site__firm")
    return suppliers.filter(firm__in=sites).values_list("pk", flat=True)


def _declared(suppliers, day):
    sites = Standing.objects.filter(to_v=None).values("head__site__firm")
    return suppliers.filter(firm__in=sites).values_list("pk", flat=True)


STEPS = [
    Step(
        "expected",
        _("Expected to declare"),
        _("Confirm from which month its site declares"),
        _expected,
        lambda supplier: reverse("supplier", args=[supplier.firm.code]),
        70,
    ),
    Step(
        "declared",
        _("First declaration"),
        _("Receive its first month"),
        _declared,
        lambda supplier: f"{reverse('batch_new')}?supplier={supplier.firm.code}",
        80,
    ),
]
