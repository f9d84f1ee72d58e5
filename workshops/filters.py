"""The filters of the list of workshops."""

import django_filters
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand
from office.forms import Day
from partstrack.filters import Filters
from places.models import Wilaya
from places.names import coded
from places.vintages import VINTAGES


def _vintages():
    return [(str(entry.number), _("%(number)d wilayas") % {"number": entry.number}) for entry in VINTAGES]


def _wilayas():
    return [(wilaya.code, coded(wilaya)) for wilaya in Wilaya.objects.order_by("code")]


def _brands():
    return [(brand.code, brand.name_in(get_language())) for brand in Brand.objects.order_by("name", "pk")]


class WorkshopFilters(Filters):
    """Day and vintage decide where workshops count; the page reads them before the rows are made."""

    q = django_filters.CharFilter(label=_("Search"), method="named")
    on = django_filters.DateFilter(label=_("On"), method="as_is", widget=Day)
    vintage = django_filters.ChoiceFilter(label=_("Division"), method="as_is", choices=_vintages)
    wilaya = django_filters.ChoiceFilter(label=_("Wilaya"), field_name="wilaya_code", choices=_wilayas)
    brand = django_filters.ChoiceFilter(label=_("Brand"), method="of_brand", choices=_brands)
    active = django_filters.ChoiceFilter(
        label=_("Active"), method="by_activity", choices=[("yes", _("Active")), ("no", _("Not active"))]
    )

    def named(self, rows, name, value):
        """Keep the workshops whose code or name holds the text."""
        return rows.filter(Q(code__icontains=value) | Q(name__icontains=value) | Q(name_ar__icontains=value))

    def as_is(self, rows, name, value):
        """Leave the rows: the page has already counted with this."""
        return rows

    def of_brand(self, rows, name, value):
        """Keep the workshops that are or were members of a brand's network."""
        return rows.filter(pk__in=rows.model.objects.filter(memberships__brand__code=value).values("pk"))

    def by_activity(self, rows, name, value):
        """Keep active workshops, or the others."""
        return rows.filter(is_active=value == "yes")
