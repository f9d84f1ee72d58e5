"""What a law counts: policies with their steps, and the components with their contributive rates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Family
from catalogue.models.families import named, tracked
from integration.models.programmes import OfProgrammeQuerySet, VehicleProgramme
from suppliers.models import Site

ALGERIA_2023 = "algeria_2023"


class ComponentQuerySet(OfProgrammeQuerySet):
    """Components, by day."""

    def valid_on(self, day):
        """Return the rows valid on a day; an open start or end always is."""
        started = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(started & (Q(valid_to=None) | Q(valid_to__gt=day)))


@tracked
class Component(models.Model):
    """An item of a programme's vehicle: its contributive rate in percent, and whether it is made locally."""

    class Evidence(models.TextChoices):
        DECLARED = "declared", _("Declared")
        CHECKED = "checked", _("Checked on documents")
        AUDITED = "audited", _("Audited")

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="components")
    code = models.SlugField(_("code"), max_length=40)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contributive_rate = models.DecimalField(_("contributive rate, in %"), max_digits=6, decimal_places=3)
    made_locally = models.BooleanField(_("made locally"), default=False)
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="components"
    )
    evidence = models.CharField(_("evidence"), max_length=8, choices=Evidence, default=Evidence.DECLARED)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["programme", "-contributive_rate", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="component_once",
                violation_error_message=_("The programme already has a component with that code."),
            ),
            models.CheckConstraint(
                condition=Q(contributive_rate__gte=0, contributive_rate__lte=100),
                name="component_rate_is_percent",
                violation_error_message=_("A contributive rate lies between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="component_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(site=None) | Q(made_locally=True),
                name="component_site_is_local",
                violation_error_message=_("Only what is made locally names a site."),
            ),
        ]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)


class PolicyQuerySet(models.QuerySet):
    """Policies, by method and day."""

    def in_force(self, method, day):
        """Return the policy of a method that a day falls under, or None."""
        return self.filter(method=method, valid_from__lte=day).order_by("-valid_from", "-pk").first()


@tracked
class Policy(models.Model):
    """A rule of the law with its version and the day from which it counts: data, never a constant of the code."""

    public = True

    class Method(models.TextChoices):
        ALGERIA_2023 = ALGERIA_2023, _("Sum of contributive rates (order of 17 August 2023)")

    code = models.CharField(_("code"), max_length=40, unique=True)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    version = models.CharField(_("version"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    note_fr = models.TextField(_("note in French"), blank=True)
    note_ar = models.TextField(_("note in Arabic"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["method", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "valid_from"],
                name="policy_once_a_day",
                violation_error_message=_("This method already has a policy from that day."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="policy_sourced",
                violation_error_message=_("Name the source of the policy."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.version}"

    def note_in(self, language):
        """Return the note in a language."""
        return named(self, language, "note")


@tracked
class PolicyStep(models.Model):
    """A rate that must be reached some months after the approval of the model."""

    public = True

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="steps")
    months_after_approval = models.PositiveSmallIntegerField(_("months after the approval"))
    minimum_rate = models.DecimalField(_("minimum rate, in %"), max_digits=6, decimal_places=3)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["policy", "months_after_approval", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "months_after_approval"], name="policy_step_once"),
            models.CheckConstraint(
                condition=Q(minimum_rate__gt=0, minimum_rate__lte=100),
                name="policy_step_is_percent",
                violation_error_message=_("A minimum rate lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self):
        return f"{self.policy_id}: {self.months_after_approval} → {self.minimum_rate}"
