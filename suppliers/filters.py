"""The filters of the list of suppliers."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import FirmAlias
from partstrack.filters import Filters
from places.models import Wilaya
from places.names import coded
from suppliers.models import Site, Supplier


def _wilayas():
    return [(wilaya.code, coded(wilaya)) for wilaya in Wilaya.objects.order_by("code")]


class SupplierFilters(Filters):
    """Words of a name, status, wilaya."""

    q = django_filters.CharFilter(label=_("Name or code"), method="by_words")
    status = django_filters.ChoiceFilter(label=_("Status"), empty_label=_("All"), choices=Supplier.Status.choices)
    wilaya = django_filters.ChoiceFilter(
        label=_("Wilaya"), empty_label=_("All wilayas"), method="by_wilaya", choices=_wilayas
    )

    def by_words(self, rows, name, value):
        """Keep the suppliers with these letters in a code or a name: the firm's, its other names, its sites'."""
        found = Q(firm__code__icontains=value) | Q(firm__name__icontains=value) | Q(firm__name_ar__icontains=value)
        sites = Site.objects.filter(Q(code__icontains=value) | Q(name__icontains=value) | Q(name_ar__icontains=value))
        aliases = FirmAlias.objects.filter(name__icontains=value)
        return rows.filter(found | Q(firm__in=sites.values("firm")) | Q(firm__in=aliases.values("firm")))

    def by_wilaya(self, rows, name, value):
        """Keep the suppliers that have a site in a wilaya today."""
        return rows.in_wilaya(value, self.request.moment.today)
