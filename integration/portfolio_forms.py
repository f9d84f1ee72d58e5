"""The form of a programme's volume of a year, and the filters of the portfolio."""

import django_filters
from django.utils.translation import gettext_lazy as _

from integration.filters import ProgrammeFilters
from integration.models import Policy, ProgrammeVolume
from office.forms import Day, WriteForm


class VolumeForm(WriteForm):
    """How many vehicles of a programme a year is to bring, and did bring."""

    fixed = ("programme",)

    class Meta:
        model = ProgrammeVolume
        fields = ["year", "planned", "built", "source"]


class RuleFilter(django_filters.ModelChoiceFilter):
    """A rule of calculation by its code, shown by method and version."""

    def __init__(self, **options):
        super().__init__(to_field_name="code", **options)

    @property
    def field(self):
        """Label each choice with method and version."""
        made = super().field
        made.label_from_instance = lambda row: f"{row.get_method_display()} – {row.edition}"
        return made


def _years():
    years = ProgrammeVolume.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


class PortfolioFilters(ProgrammeFilters):
    """By type and market; and what the rates are read under: year of the vehicles, day, rule, since when they changed."""

    year = django_filters.ChoiceFilter(
        label=_("Vehicles of the year"), choices=_years, method="kept", empty_label=_("Year of the day")
    )
    since = django_filters.DateFilter(label=_("Changed since"), method="kept", widget=Day())
    on = django_filters.DateFilter(label=_("On the day"), method="kept", widget=Day())
    rule = RuleFilter(
        label=_("Rule"), queryset=Policy.objects.all(), method="kept", empty_label=_("The law of each market")
    )

    def kept(self, rows, name, value):
        """Keep all rows: this word says how they are read."""
        return rows
