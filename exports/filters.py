"""The filters of the list of export agreements."""

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Family
from exports.models import Agreement
from partstrack.filters import Filters
from places.models import Country


def _countries():
    language = get_language()
    rows = Country.objects.filter(agreements__isnull=False).distinct().order_by("code")
    return [(country.code, country.name_in(language)) for country in rows]


def _families():
    language = get_language()
    return [(family.code, family.name_in(language)) for family in Family.objects.order_by("position", "code")]


class AgreementFilters(Filters):
    """By state, kind, country and family."""

    q = django_filters.CharFilter(label=_("Search"), field_name="title", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Agreement.State.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Agreement.Kind.choices)
    country = django_filters.ChoiceFilter(label=_("Country"), field_name="countries__code", choices=_countries)
    family = django_filters.ChoiceFilter(label=_("Family"), field_name="families__code", choices=_families)
