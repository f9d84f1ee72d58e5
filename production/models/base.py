"""What the tables of production share: measures, quantities, who owns a row, intervals of versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import scope

MEASURES = (
    "produced",
    "scrapped",
    "sold_after_market",
    "sold_first_fit",
    "sold_unsplit",
    "exported",
    "own_use",
    "made_for_others",
    "bought_in",
    "written_off",
    "opening",
    "closing",
    "value_produced",
    "value_sold",
)
SOLD = ("sold_after_market", "sold_first_fit", "sold_unsplit")
MEASURE_NAMES = {
    "produced": _("Produced"),
    "scrapped": _("Scrapped"),
    "sold_after_market": _("Sold after-market"),
    "sold_first_fit": _("Sold first fit"),
    "sold_unsplit": _("Sold, not split"),
    "exported": _("Exported"),
    "own_use": _("Own use"),
    "made_for_others": _("Made for others"),
    "bought_in": _("Bought in"),
    "written_off": _("Written off"),
    "opening": _("Opening stock"),
    "closing": _("Closing stock"),
    "value_produced": _("Value produced"),
    "value_sold": _("Value sold"),
}


def amount(**options):
    """A volume: exact, three decimals, NULL when nothing was said."""
    return models.DecimalField(max_digits=18, decimal_places=3, null=True, **options)


def first_of_month(field):
    """The condition that a date is the first of a month."""
    return Q(**{f"{field}__day": 1})


class OwnedBySite(models.QuerySet):
    """Rows that belong to the firm of their site."""

    path = "site__firm__in"

    def visible_to(self, user):
        """Return the rows of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(**{self.path: allowed})


class OwnedByHead(OwnedBySite):
    """Rows that belong to the firm of their head's site."""

    path = "head__site__firm__in"


class OwnedByDeclaration(OwnedBySite):
    """Rows that belong to the firm of their declaration's site."""

    path = "declaration__head__site__firm__in"


class Intervals(models.QuerySet):
    """Rows that hold from a data version to a data version (not included)."""

    def standing(self, version):
        """Return the rows that held at a version."""
        return self.filter(Q(to_v=None) | Q(to_v__gt=version), from_v__lte=version)


class OwnedIntervals(Intervals, OwnedBySite):
    """Both."""


class OwnedStandings(Intervals, OwnedByHead):
    """Both."""
