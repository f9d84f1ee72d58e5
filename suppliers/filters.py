"""The filters of the list of suppliers."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from partstrack.filters import Filters
from partstrack.searching import containing
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
        names = ("code", "name", "name_ar")
        firms = containing(Firm.objects.order_by(), value, *names).values("pk")
        sites = containing(Site.objects.order_by(), value, *names).values("firm")
        aliases = containing(FirmAlias.objects.order_by(), value, "name").values("firm")
        return rows.filter(firm__in=firms.union(sites, aliases))  # each by its own index

    def by_wilaya(self, rows, name, value):
        """Keep the suppliers that have a site in a wilaya today."""
        return rows.in_wilaya(value, self.request.moment.today)
