"""The filters of the list of people."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from partstrack.filters import Filters


class PeopleFilters(Filters):
    """By a part of the name or address, by role, by activity."""

    q = django_filters.CharFilter(label=_("Search"), method="by_text")
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="by_role")
    active = django_filters.ChoiceFilter(
        label=_("Active"), method="by_activity", choices=[("yes", _("Active")), ("no", _("Not active"))]
    )

    class Meta:
        model = User
        fields = ()

    def by_text(self, rows, name, value):
        """Keep people whose name or address contains a text."""
        return rows.filter(Q(email__icontains=value) | Q(name__icontains=value))

    def by_role(self, rows, name, value):
        """Keep people who have a role."""
        return rows.filter(roles__contains=[value])

    def by_activity(self, rows, name, value):
        """Keep active people, or the others."""
        return rows.filter(is_active=value == "yes")
