"""How published figures are filtered."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partstrack.filters import Filters
from reports.models import PublishedFigure


class PublishedFilters(Filters):
    """Words, unit, disputed or not."""

    q = django_filters.CharFilter(method="by_words", label=_("Search"))
    unit = django_filters.ChoiceFilter(choices=PublishedFigure.Unit, label=_("Unit"))
    disputed = django_filters.BooleanFilter(label=_("Disputed"))

    class Meta:
        model = PublishedFigure
        fields = ()

    def by_words(self, rows, name, value):
        """Keep what bears these words anywhere."""
        told = ("code", "subject", "words", "measure_fr", "measure_ar", "measure_en", "source", "period")
        wanted = Q()
        for field in told:
            wanted |= Q(**{f"{field}__icontains": value})
        return rows.filter(wanted)
