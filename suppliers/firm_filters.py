"""The filters of the list of organisations."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from partstrack.filters import Filters
from partstrack.searching import containing
from places.models import Wilaya
from places.names import coded
from suppliers.models import FirmRole, LegalNumber


def _wilayas():
    return [(wilaya.code, coded(wilaya)) for wilaya in Wilaya.objects.order_by("code")]


class FirmFilters(Filters):
    """Words of a name or a number, role, wilaya of the registered office."""

    q = django_filters.CharFilter(label=_("Name, code or legal number"), method="by_words")
    role = django_filters.ChoiceFilter(
        label=_("Role"), empty_label=_("All"), choices=FirmRole.Role.choices, method="by_role"
    )
    wilaya = django_filters.ChoiceFilter(
        label=_("Wilaya of the registered office"),
        empty_label=_("All wilayas"),
        field_name="registration__wilaya",
        choices=_wilayas,
    )

    def by_words(self, rows, name, value):
        """Keep the firms with these letters in a code, a name or a legal number."""
        firms = containing(Firm.objects.order_by(), value, "code", "name", "name_ar").values("pk")
        aliases = containing(FirmAlias.objects.order_by(), value, "name").values("firm")
        numbers = containing(LegalNumber.objects.order_by(), value, "number").values("firm")
        return rows.filter(pk__in=firms.union(aliases, numbers))

    def by_role(self, rows, name, value):
        """Keep the firms that have a role today."""
        day = self.request.moment.today
        return rows.filter(pk__in=FirmRole.objects.valid_on(day).filter(role=value).values("firm"))
