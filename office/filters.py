"""The filters of the list of saved views."""

import django_filters
from django.utils.translation import gettext_lazy as _

from office.models import SavedView
from partstrack.filters import Filters


class SavedViewFilters(Filters):
    """By name, and by who finds them."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name contains"))
    audience = django_filters.ChoiceFilter(
        choices=SavedView.Audience.choices, label=_("Who finds it"), empty_label=_("Whoever finds it")
    )
