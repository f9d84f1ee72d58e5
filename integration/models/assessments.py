"""What is kept of a rate: published assessments, which never change, and scenarios of what might be."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from catalogue.models.families import tracked
from integration.models.policies import Policy
from integration.models.programmes import OfProgrammeQuerySet, VehicleProgramme


class AssessmentQuerySet(models.QuerySet):
    """Published assessments."""

    def visible_to(self, user):
        """Return those of the programmes that a firm of this person makes: they show every component."""
        firms = scope(user)
        return self if firms is None else self.filter(programme__maker__in=firms)


@tracked
class Assessment(models.Model):
    """The rate of a programme as it was published: the rule, the items, their rates and papers, and the result, frozen.

    `inputs` holds all that the result was counted from, so that it can be shown and counted again whatever changes.
    """

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="assessments")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField(_("number"))
    day = models.DateField(_("on"))
    low = models.DecimalField(max_digits=30, decimal_places=12)
    high = models.DecimalField(max_digits=30, decimal_places=12)
    denominator = models.DecimalField(max_digits=30, decimal_places=12)
    value = models.DecimalField(_("rate, in %"), max_digits=18, decimal_places=12)
    inputs = models.JSONField()
    data_version = models.BigIntegerField()
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=160, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="assessment_numbered")]
        triggers = [
            pgtrigger.Protect(name="assessment_frozen", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.programme_id} #{self.number}"


class ScenarioQuerySet(OfProgrammeQuerySet):
    """Scenarios in the words of the trade."""

    def visible_to(self, user):
        """Return this person's scenarios, and those that others of the house share, of programmes that they may know whole."""
        firms = scope(user)
        own = self.filter(Q(owner=user) | Q(shared=True))
        return own if firms is None else self.filter(owner=user, programme__maker__in=firms)


@tracked
class Scenario(models.Model):
    """What would happen to a rate: the words of the simulator's address, under a name. It holds no result."""

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(max_length=20_000, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    shared = models.BooleanField(_("others see it"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["programme", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "owner", "name"],
                name="scenario_once",
                violation_error_message=_("You already have a scenario of that name."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="scenario_named", violation_error_message=_("Give the scenario a name.")
            ),
        ]

    def __str__(self):
        return self.name
