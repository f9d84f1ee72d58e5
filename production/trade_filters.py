"""How lines of imports are filtered; the same words as the figures use, so that a figure's address opens its lines."""

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Brand, Family, Unit
from partstrack.filters import Filters, MonthFilter, Named
from places.models import Country
from production.filters import ranges
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


class TradeFilters(Filters):
    """Months, range, family, importer, origin, brand, unit, document."""

    month_from = MonthFilter(field_name="trade_return__head__month", lookup_expr="gte", label=_("From the month"))
    month_to = MonthFilter(field_name="trade_return__head__month", lookup_expr="lte", label=_("To the month"))
    range = Named(queryset=ranges, label=_("Range"), empty_label=_("All ranges"))
    family = Named(queryset=Family.objects.order_by("position", "pk"), label=_("Family"), empty_label=_("All families"))
    importer = Named(field_name="firm", queryset=importers, label=_("Importer"), empty_label=_("All importers"))
    origin = Named(field_name="country", queryset=origins, label=_("Origin"), empty_label=_("All origins"))
    brand = Named(field_name="range__brand", queryset=brands, label=_("Brand"), empty_label=_("All brands"))
    unit = Named(queryset=Unit.objects.order_by("position", "code"), label=_("Unit"), empty_label=_("All units"))
    q = django_filters.CharFilter(field_name="document", lookup_expr="icontains", label=_("Document contains"))

    class Meta:
        model = TradeLine
        fields = ()


class RangeFilters(Filters):
    """Ranges by brand and family."""

    brand = Named(queryset=brands, label=_("Brand"), empty_label=_("All brands"))
    family = Named(queryset=Family.objects.order_by("position", "pk"), label=_("Family"), empty_label=_("All families"))

    class Meta:
        model = Range
        fields = ()
