"""Who is expected to declare, which months are closed (both by data version), and who was reminded."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.models import Channel
from production.models.base import Intervals, OwnedBySite, OwnedIntervals, first_of_month
from suppliers.models import Site


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Expected(models.Model):
    """A site that a person confirmed is to declare, from a month to a month (included; open when empty).

    `end_reason`: why it stops after `last`, for good or until the next row of the site (a pause). `by` and `on`: who
    confirmed it and when; a row that is cut keeps them.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="expected")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(null=True)
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = OwnedIntervals.as_manager()

    class Meta:
        verbose_name = _("span in which it is to declare")
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
    """A month that was closed: its figures are final from a version to a version.

    `minutes`: what was so when it was closed: {"expected", "declared", "nil", "gaps": [{check, site, detail}], "totals":
    [{unit, produced, sold}]}, counts as numbers and quantities as text.
    """

    public = True

    month = models.DateField()
    accepted_gaps = models.CharField(max_length=400, blank=True)
    minutes = models.JSONField(default=dict)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopen_reason = models.CharField(max_length=400, blank=True)
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


class Reminder(models.Model):
    """A supplier was reminded of a month that a site has not declared. Only ever added."""

    CHANNELS = (Channel.EMAIL, Channel.PHONE, Channel.PAPER)

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="reminders")
    month = models.DateField(_("month"))
    sent_on = models.DateField(_("sent on"))
    channel = models.CharField(_("channel"), max_length=8, choices=[(each.value, each.label) for each in CHANNELS])
    note = models.CharField(_("note"), max_length=400, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OwnedBySite.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_on", "-pk"]
        indexes = [models.Index(fields=["site", "month"], name="reminder_site_month")]
        constraints = [
            models.CheckConstraint(condition=first_of_month("month"), name="reminder_month_first"),
            models.CheckConstraint(
                condition=Q(sent_on__gt=F("month")),
                name="reminder_after_month_began",
                violation_error_message=_("A month is reminded of after it has begun."),
            ),
        ]

    def __str__(self):
        return f"{self.site} {self.month:%Y-%m} {self.sent_on}"
