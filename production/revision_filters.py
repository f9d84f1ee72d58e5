"""How the register of revisions is filtered."""

from datetime import datetime, time, timedelta

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Family, Unit
from office.forms import Day
from partstrack.filters import Filters, MonthFilter, Named
from production.filters import about, firms, sites
from production.models import Posting, Revision


def people(request):
    """Return who sent, approved or took back something that this person may see."""
    seen = Revision.objects.visible_to(request.user).order_by()
    told = ("write__user", "began__author", "began__submitted_by", "began__decided_by")
    return User.objects.filter(pk__in=seen.values(told[0]).union(*(seen.values(name) for name in told[1:]))).order_by(
        "email"
    )


class RevisionFilters(Filters):
    """Months, supplier, site, family, person, kind, and the days on which it became known."""

    q = django_filters.CharFilter(method="by_words", label=_("Supplier, site, file or reason"))
    month_from = MonthFilter(field_name="head__month", lookup_expr="gte", label=_("From the month"))
    month_to = MonthFilter(field_name="head__month", lookup_expr="lte", label=_("To the month"))
    supplier = Named(field_name="head__site__firm", queryset=firms, label=_("Supplier"), empty_label=_("All suppliers"))
    site = Named(field_name="head__site", queryset=sites, label=_("Site"), empty_label=_("All sites"))
    family = Named(
        method="by_family",
        queryset=Family.objects.order_by("position", "pk"),
        label=_("Family"),
        empty_label=_("All families"),
    )
    unit = Named(
        method="as_they_are",
        queryset=Unit.objects.order_by("position", "code"),
        label=_("Unit"),
        empty_label=_("Pieces"),
    )
    person = django_filters.ModelChoiceFilter(
        method="by_person", queryset=people, label=_("Person"), empty_label=_("Everybody")
    )
    kind = django_filters.ChoiceFilter(choices=Revision.Kind, label=_("Kind"), empty_label=_("All kinds"))
    known_from = django_filters.DateFilter(method="known_since", label=_("Known from"), widget=Day())
    known_to = django_filters.DateFilter(method="known_until", label=_("Known until"), widget=Day())

    class Meta:
        model = Revision
        fields = ()

    def by_words(self, rows, name, value):
        """Keep the revisions with these letters in a supplier, a site, a file's name or a reason."""
        said = Q(began__batch__name__icontains=value) | Q(began__reason__icontains=value)
        return rows.filter(about(value) | said)

    def by_family(self, rows, name, value):
        """Keep revisions that moved something of a family."""
        return rows.filter(
            Exists(Posting.objects.filter(head=OuterRef("head"), version=OuterRef("write"), family=value))
        )

    def as_they_are(self, rows, name, value):
        """Keep all: the unit says which changes are counted (see the list's rows)."""
        return rows

    def by_person(self, rows, name, value):
        """Keep what a person sent, approved or took back."""
        return rows.filter(
            Q(write__user=value) | Q(began__author=value) | Q(began__submitted_by=value) | Q(began__decided_by=value)
        )

    def known_since(self, rows, name, value):
        """Keep what became known from a day on."""
        return rows.filter(write__at__gte=_midnight(value))

    def known_until(self, rows, name, value):
        """Keep what became known up to a day, included."""
        return rows.filter(write__at__lt=_midnight(value + timedelta(days=1)))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
