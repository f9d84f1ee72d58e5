"""When months are due and on which days nobody works: data with dates, changed by people, never constants in code."""

from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from production.models.base import first_of_month


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DueRule(models.Model):
    """From a month on, months are due on this day of the next one, until a later rule begins."""

    public = True

    class Shift(models.TextChoices):
        NONE = "none", _("The day itself, whatever day it is")
        WORKING = "working", _("The next working day, when nobody works on it")

    from_month = models.DateField(_("from the month"), unique=True)
    day = models.PositiveSmallIntegerField(_("day of the next month"))
    shift = models.CharField(_("on a holiday or weekend"), max_length=8, choices=Shift, default=Shift.NONE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rule of due days")
        ordering = ["from_month", "pk"]
        constraints = [
            models.CheckConstraint(condition=first_of_month("from_month"), name="due_rule_month_first"),
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=28),
                name="due_rule_day_in_every_month",
                violation_error_message=_("Choose a day from 1 to 28: every month has it."),
            ),
        ]

    def __str__(self):
        return f"{self.from_month:%Y-%m}: {self.day}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Holiday(models.Model):
    """A day on which nobody works. `moon`: its date follows the moon and may differ by a day until it is announced."""

    public = True

    day = models.DateField(_("day"), unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    moon = models.BooleanField(_("follows the moon: may differ by a day"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("holiday")
        ordering = ["day", "pk"]

    def __str__(self):
        return f"{self.day} {self.name_fr}"

    def name_in(self, language):
        """Return the name in a language."""
        return getattr(self, f"name_{language}", "") or self.name_fr


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Season(models.Model):
    """Days on which work differs, such as Ramadan, which moves from year to year: a month is read with it in mind."""

    public = True

    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    moon = models.BooleanField(_("follows the moon: may differ by a day"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("season")
        ordering = ["first", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "name_fr"], name="season_once"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="season_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.first} {self.name_fr}"

    def name_in(self, language):
        """Return the name in a language."""
        return getattr(self, f"name_{language}", "") or self.name_fr

    def days_in(self, month):
        """Count its days in a month."""
        after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        return max(0, (min(self.last, after - timedelta(days=1)) - max(self.first, month)).days + 1)
