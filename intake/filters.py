"""How received files are filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from intake.models import Batch
from partstrack.filters import Filters, Named


def _senders(request):
    return Firm.objects.visible_to(request.user).filter(batches__isnull=False).distinct().order_by("name", "pk")


class BatchFilters(Filters):
    """By name, supplier and state."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name contains"))
    supplier = Named(field_name="firm", queryset=_senders, label=_("Supplier"), empty_label=_("All suppliers"))
    state = django_filters.ChoiceFilter(choices=Batch.State.choices, label=_("State"), empty_label=_("All states"))

    class Meta:
        model = Batch
        fields = ()
