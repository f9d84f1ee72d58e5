"""The filters of the lists of papers, samples and complaints."""

from datetime import timedelta

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Family
from partstrack.filters import Filters
from partstrack.searching import containing
from suppliers.models import Complaint, Paper, Ppap, Standard, Stop
from suppliers.models.papers import SOON


def _standards():
    return [(standard.code, standard.name) for standard in Standard.objects.all()]


def _families():
    language = get_language()
    return [(family.code, family.name_in(language)) for family in Family.objects.order_by("position", "code")]


class PaperFilters(Filters):
    """By words, standard, supplier and what the paper is today."""

    q = django_filters.CharFilter(label=_("Number, body, scope or firm"), method="by_words")
    standard = django_filters.ChoiceFilter(
        label=_("Standard"), empty_label=_("All"), field_name="standard__code", choices=_standards
    )
    state = django_filters.ChoiceFilter(
        label=_("Today"),
        empty_label=_("All"),
        method="by_state",
        choices=[
            ("valid", _("valid")),
            ("ending", _("ends within 90 days")),
            ("expired", _("expired")),
            ("stopped", _("suspended or withdrawn")),
            ("waiting", _("waits to be accepted")),
        ],
    )
    supplier = django_filters.CharFilter(label=_("Code of the supplier"), field_name="firm__code")

    def by_words(self, rows, name, value):
        """Keep the papers with these letters in number, body, scope, or a name of their firm."""
        named = containing(Paper.objects.order_by(), value, "number", "body", "scope").values("pk")
        firms = containing(Firm.objects.order_by(), value, "code", "name", "name_ar").values("pk")
        return rows.filter(pk__in=named.union(Paper.objects.order_by().filter(firm__in=firms).values("pk")))

    def by_state(self, rows, name, value):
        """Keep the papers that are this today."""
        day = self.request.moment.today
        if value == "valid":
            return rows.valid_on(day)
        if value == "ending":
            return rows.ending(day, day + timedelta(days=SOON))
        if value == "expired":
            return rows.filter(accepted=True, valid_to__lt=day)
        if value == "stopped":
            return rows.filter(pk__in=Stop.objects.on(day).values("paper"))
        return rows.filter(accepted=False)


class PpapFilters(Filters):
    """By decision and site."""

    decision = django_filters.ChoiceFilter(label=_("Decision"), empty_label=_("All"), choices=Ppap.Decision.choices)
    supplier = django_filters.CharFilter(label=_("Code of the supplier"), field_name="site__firm__code")


class ComplaintFilters(Filters):
    """By kind, family, supplier and whether it is open."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=Complaint.Kind.choices)
    family = django_filters.ChoiceFilter(
        label=_("Family"), empty_label=_("All"), field_name="family__code", choices=_families
    )
    supplier = django_filters.CharFilter(label=_("Code of the supplier"), field_name="site__firm__code")
    open = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("All"), method="by_state", choices=[("1", _("open")), ("0", _("closed"))]
    )

    def by_state(self, rows, name, value):
        """Keep those that are open, or closed."""
        return rows.filter(closed_on__isnull=value == "1")
