"""The filters of the list of vehicle programmes."""

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration.models import VehicleProgramme
from partstrack.filters import Filters
from places.models import Country


def _markets():
    language = get_language()
    rows = Country.objects.filter(programmes__isnull=False).distinct().order_by("code")
    return [(country.code, country.name_in(language)) for country in rows]


class ProgrammeFilters(Filters):
    """By type and market."""

    q = django_filters.CharFilter(label=_("Search"), field_name="model", lookup_expr="icontains")
    vehicle_type = django_filters.ChoiceFilter(label=_("Vehicle type"), choices=VehicleProgramme.VehicleType.choices)
    market = django_filters.ChoiceFilter(label=_("Market"), field_name="market_id", choices=_markets)
