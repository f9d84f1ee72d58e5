"""How the register of revisions is filtered."""

from datetime import datetime, time, timedelta

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Family, Unit
from partstrack.filters import Filters
from partstrack.periods import from_iso
from production.filters import Named, firms, month_input, sites
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

    month_from = django_filters.CharFilter(method="since", label=_("From the month"), widget=month_input())
    month_to = django_filters.CharFilter(method="until", label=_("To the month"), widget=month_input())
    supplier = Named(field_name="head__site__firm", queryset=firms, label=_("Supplier"))
    site = Named(field_name="head__site", queryset=sites, label=_("Site"))
    family = Named(method="by_family", queryset=Family.objects.order_by("position", "pk"), label=_("Family"))
    unit = Named(method="as_they_are", queryset=Unit.objects.order_by("position", "code"), label=_("Unit"))
    person = django_filters.ModelChoiceFilter(method="by_person", queryset=people, label=_("Person"))
    kind = django_filters.ChoiceFilter(choices=Revision.Kind, label=_("Kind"))
    known_from = django_filters.DateFilter(
        method="known_since", label=_("Known from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    known_to = django_filters.DateFilter(
        method="known_until", label=_("Known until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Revision
        fields = ()

    def since(self, rows, name, value):
        """Keep revisions of months from one on."""
        return self._by_month(rows, "head__month__gte", value)

    def until(self, rows, name, value):
        """Keep revisions of months up to one."""
        return self._by_month(rows, "head__month__lte", value)

    def _by_month(self, rows, lookup, value):
        try:
            return rows.filter(**{lookup: from_iso(value)})
        except ValueError:
            return rows.none()

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
