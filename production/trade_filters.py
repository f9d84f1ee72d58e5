"""How lines of imports are filtered; the same words as the figures use, so that a figure's address opens its lines."""

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Brand, Family, Unit
from partstrack.filters import Filters
from partstrack.periods import from_iso
from places.models import Country
from production.filters import Named, month_input
from production.models import Range, TradeLine


def importers(request):
    """Return the firms that lines name."""
    named = TradeLine.objects.visible_to(request.user).order_by().values("firm").distinct()
    return Firm.objects.filter(pk__in=named).order_by("name", "pk")


def origins(request):
    """Return the countries that lines name."""
    named = TradeLine.objects.visible_to(request.user).order_by().values("country").distinct()
    return Country.objects.filter(pk__in=named).by_name(get_language())


def brands(request):
    """Return the brands that have ranges."""
    return Brand.objects.filter(ranges__isnull=False).distinct().order_by("name", "pk")


def ranges(request):
    """Return the ranges that this person may see."""
    return Range.objects.visible_to(request.user).select_related("brand", "family").order_by("code", "pk")


class TradeFilters(Filters):
    """Months, range, family, importer, origin, brand, unit, document."""

    month_from = django_filters.CharFilter(method="since", label=_("From the month"), widget=month_input())
    month_to = django_filters.CharFilter(method="until", label=_("To the month"), widget=month_input())
    range = Named(queryset=ranges, label=_("Range"))
    family = Named(queryset=Family.objects.order_by("position", "pk"), label=_("Family"))
    importer = Named(field_name="firm", queryset=importers, label=_("Importer"))
    origin = Named(field_name="country", queryset=origins, label=_("Origin"))
    brand = Named(field_name="range__brand", queryset=brands, label=_("Brand"))
    unit = Named(queryset=Unit.objects.order_by("position", "code"), label=_("Unit"))
    q = django_filters.CharFilter(field_name="document", lookup_expr="icontains", label=_("Document contains"))

    class Meta:
        model = TradeLine
        fields = ()

    def since(self, rows, name, value):
        """Keep lines from a month on."""
        return self._by_month(rows, "gte", value)

    def until(self, rows, name, value):
        """Keep lines up to a month."""
        return self._by_month(rows, "lte", value)

    def _by_month(self, rows, lookup, value):
        try:
            return rows.filter(**{f"trade_return__head__month__{lookup}": from_iso(value)})
        except ValueError:
            return rows.none()


class RangeFilters(Filters):
    """Ranges by brand and family."""

    brand = Named(queryset=brands, label=_("Brand"))
    family = Named(queryset=Family.objects.order_by("position", "pk"), label=_("Family"))

    class Meta:
        model = Range
        fields = ()
