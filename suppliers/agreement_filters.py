"""The filters of the lists of agreements, events and commitments."""

import django_filters
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Family
from partstrack.filters import Filters
from partstrack.searching import containing
from suppliers.models import Agreement, Commitment, Event, Party


def _families():
    language = get_language()
    return [(family.code, family.name_in(language)) for family in Family.objects.order_by("position", "code")]


class AgreementFilters(Filters):
    """By words, kind, state, whether it binds, family, year."""

    q = django_filters.CharFilter(label=_("Title, code or party"), method="by_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=Agreement.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), empty_label=_("All"), choices=Agreement.State.choices)
    binding = django_filters.ChoiceFilter(
        label=_("Binding"),
        empty_label=_("All"),
        choices=[("yes", _("yes")), ("no", _("no")), ("unsaid", _("not said"))],
        method="by_binding",
    )
    family = django_filters.ChoiceFilter(label=_("Family"), field_name="families__code", choices=_families)
    event = django_filters.CharFilter(label=_("Code of the event"), field_name="event__code")

    def by_words(self, rows, name, value):
        """Keep the agreements with these letters in code or title, or in a name of a party."""
        named = containing(Agreement.objects.order_by(), value, "code", "title").values("pk")
        firms = containing(Firm.objects.order_by(), value, "code", "name", "name_ar").values("pk")
        return rows.filter(pk__in=named.union(Party.objects.order_by().filter(firm__in=firms).values("agreement")))

    def by_binding(self, rows, name, value):
        """Keep those that bind, that do not, or of which it is not said."""
        return rows.filter(binding={"yes": True, "no": False}.get(value))


class EventFilters(Filters):
    """By words, kind and year."""

    q = django_filters.CharFilter(label=_("Title or code"), method="by_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=Event.Kind.choices)
    year = django_filters.NumberFilter(label=_("Year"))

    def by_words(self, rows, name, value):
        """Keep the events with these letters in code or title."""
        return rows.filter(pk__in=containing(Event.objects.order_by(), value, "code", "title").values("pk"))


class CommitmentFilters(Filters):
    """By state, lateness and owner."""

    state = django_filters.ChoiceFilter(label=_("State"), empty_label=_("All"), choices=Commitment.State.choices)
    late = django_filters.ChoiceFilter(
        label=_("Late"), empty_label=_("All"), choices=[("1", _("late only"))], method="by_lateness"
    )
    owner = django_filters.CharFilter(label=_("Code of the firm"), field_name="owner__code")

    def by_lateness(self, rows, name, value):
        """Keep the open ones that were due before today."""
        return rows.late_on(self.request.moment.today)
