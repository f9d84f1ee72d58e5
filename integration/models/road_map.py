"""What a programme promised: stages of its road map, and the certification of its local parts, step by step."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models.families import tracked
from integration.models.components import Component
from integration.models.programmes import OfProgrammeQuerySet, VehicleProgramme
from suppliers.models import Site


@tracked
class Milestone(models.Model):
    """A stage of the road map: planned and actual day, and the volume and components it brings."""

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=160)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    actual_on = models.DateField(_("reached on"), null=True, blank=True)
    volume = models.DecimalField(_("volume, in pieces"), max_digits=18, decimal_places=3, null=True, blank=True)
    components = models.CharField(_("types of components"), max_length=300, blank=True)
    brings = models.ManyToManyField(
        Component,
        verbose_name=_("components that it brings"),
        through="Brought",
        blank=True,
        related_name="milestones",
        help_text=_("Made locally from that day on."),
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("road map")
        ordering = ["programme", "planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(volume=None) | Q(volume__gte=0, volume__lt=10**15),
                name="milestone_volume_positive",
                violation_error_message=_("A volume is zero or more."),
            )
        ]

    def __str__(self):
        return self.title

    def late_on(self, day):
        """Say whether the stage was due before a day and not reached by then."""
        due = self.planned_on is not None and self.planned_on < day
        return due and (self.actual_on is None or self.actual_on > day)


class BroughtQuerySet(models.QuerySet):
    """What milestones bring."""

    def visible_to(self, user):
        """Return the rows whose milestone and component this person may both see."""
        stages, components = Milestone.objects.visible_to(user), Component.objects.visible_to(user)
        return self.filter(milestone__in=stages, component__in=components)


@tracked
class Brought(models.Model):
    """A component that becomes local with a milestone, and the site that is to make it. All rows of its code are meant."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="broughts")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="broughts")
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BroughtQuerySet.as_manager()

    class Meta:
        verbose_name = _("component of a milestone")
        verbose_name_plural = _("components of milestones")
        ordering = ["milestone", "component", "pk"]
        constraints = [models.UniqueConstraint(fields=["milestone", "component"], name="brought_once")]

    def __str__(self):
        return f"{self.milestone_id}:{self.component_id}"


class CertificationQuerySet(models.QuerySet):
    """Commitments to certify."""

    def visible_to(self, user):
        """Return those of a programme this person may see: of all its parts, of a component that is seen too, or one's own."""
        programmes, components = VehicleProgramme.objects.visible_to(user), Component.objects.visible_to(user)
        own = Q(owner__in=Firm.objects.visible_to(user))
        return self.filter(Q(component=None) | Q(component__in=components) | own, programme__in=programmes)


@tracked
class CertificationStart(models.Model):
    """A commitment to start certifying the local parts of a programme: whose it is, and how far it came."""

    class State(models.TextChoices):
        PROMISED = "promised", _("Promised")
        STARTED = "started", _("Started")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="certification_starts")
    owner = models.ForeignKey(
        Firm, verbose_name=_("who is committed"), on_delete=models.PROTECT, related_name="certification_starts"
    )
    component = models.ForeignKey(
        Component,
        verbose_name=_("component"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certification_starts",
        help_text=_("Empty: the local parts of the programme as a whole."),
    )
    standard = models.CharField(_("standard"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROMISED)
    promised_on = models.DateField(_("promised on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment to certify")
        verbose_name_plural = _("commitments to certify")
        ordering = ["programme", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(state__in=["started", "done", "withdrawn"]),
                name="certification_start_dated",
                violation_error_message=_("A day of start goes with a certification that was started."),
            )
        ]

    def __str__(self):
        return f"{self.programme} – {self.owner}"


class OfCertificationQuerySet(models.QuerySet):
    """Rows that are seen by those who see their certification."""

    def visible_to(self, user):
        """Return the rows of the certifications this person may see."""
        return self.filter(certification__in=CertificationStart.objects.visible_to(user))


@tracked
class CertificationStep(models.Model):
    """A step of a certification: what it is, when it is planned, when it was done and how it ended."""

    class Kind(models.TextChoices):
        FILE = "file", _("File handed in")
        SAMPLES = "samples", _("Samples")
        TESTS = "tests", _("Laboratory tests")
        AUDIT = "audit", _("Audit of the process")
        TRIAL = "trial", _("Trial on the vehicle")
        DECISION = "decision", _("Decision")

    class Result(models.TextChoices):
        PASSED = "passed", _("Passed")
        RESERVED = "reserved", _("Passed with reservations")
        FAILED = "failed", _("Not passed")

    certification = models.ForeignKey(CertificationStart, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=Kind)
    title = models.CharField(_("detail"), max_length=160, blank=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    reference = models.CharField(
        _("document"), max_length=120, blank=True, help_text=_("Number of the report or letter.")
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfCertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a certification")
        verbose_name_plural = _("steps of certifications")
        ordering = ["certification", F("planned_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="") | Q(done_on__isnull=False),
                name="certification_step_dated",
                violation_error_message=_("A result goes with the day on which the step was done."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    def late_on(self, day):
        """Say whether the step was due before a day and not done by then."""
        due = self.planned_on is not None and self.planned_on < day
        return due and (self.done_on is None or self.done_on > day)
