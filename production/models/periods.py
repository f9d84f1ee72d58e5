"""Who is expected to declare, and which months are closed; both by data version."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from production.models.base import Intervals, OwnedIntervals, first_of_month
from suppliers.models import Site


class Expected(models.Model):
    """A site that a person confirmed is to declare, from a month to a month (included; open when empty)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="expected")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = OwnedIntervals.as_manager()

    class Meta:
        ordering = ["site", "first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "first"], condition=Q(to_v=None), name="expected_once"),
            models.CheckConstraint(condition=first_of_month("first"), name="expected_first_is_first"),
            models.CheckConstraint(
                condition=Q(last=None) | (first_of_month("last") & Q(last__gte=F("first"))),
                name="expected_in_order",
                violation_error_message=_("The last month cannot come before the first."),
            ),
            models.CheckConstraint(condition=Q(to_v=None) | Q(to_v__gt=F("from_v")), name="expected_versions_in_order"),
        ]

    def __str__(self):
        return f"{self.site} {self.first:%Y-%m}"


class PeriodState(models.Model):
    """A month that was closed: its figures are final from a version to a version."""

    public = True

    month = models.DateField()
    accepted_gaps = models.CharField(max_length=400, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = Intervals.as_manager()

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["month"], condition=Q(to_v=None), name="period_closed_once"),
            models.CheckConstraint(condition=first_of_month("month"), name="period_month_first"),
            models.CheckConstraint(condition=Q(to_v=None) | Q(to_v__gt=F("from_v")), name="period_versions_in_order"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"
