"""Projects that bring a part into local production: partners, gates with planned and actual days, the end of its import."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Family
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from suppliers.models.agreements import Agreement
from suppliers.models.suppliers import Site


class ProjectQuerySet(models.QuerySet):
    """Projects in the words of the trade."""

    def visible_to(self, user):
        """Return the projects of which a firm of this person is a partner."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the projects of some firms (a set of ids); None is everybody's."""
        if firms is None:
            return self
        return self.filter(pk__in=Partner.objects.filter(firm__in=firms).values("project"))

    def going_on(self):
        """Return the projects that were neither suspended nor given up."""
        return self.filter(state=Project.State.ACTIVE)


@tracked
class Project(models.Model):
    """A project of localisation. Its stage is that of the last gate that was reached."""

    class Kind(models.TextChoices):
        SUPPLY = "supply", _("Supply")
        CO_DEVELOPMENT = "co_development", _("Co-development")
        TRANSFER = "transfer", _("Technology transfer")
        INVESTMENT = "investment", _("Investment")

    class State(models.TextChoices):
        ACTIVE = "active", _("Going on")
        SUSPENDED = "suspended", _("Suspended")
        DISCONTINUED = "discontinued", _("Discontinued")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ACTIVE)
    state_why = models.CharField(_("why it stopped"), max_length=300, blank=True)
    families = models.ManyToManyField(
        Family, verbose_name=_("families"), through="ProjectFamily", blank=True, related_name="projects"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement it comes from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    phase_out_on = models.DateField(_("end of the import"), null=True, blank=True)
    know_how = models.TextField(_("know-how transferred"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("localisation project")
        verbose_name_plural = _("localisation projects")
        ordering = ["code", "pk"]
        indexes = [trigrams("project_searched", "code", "title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="project_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="project_titled", violation_error_message=_("Give the project a title.")
            ),
            models.CheckConstraint(
                condition=Q(state="active") | ~Q(state_why=""),
                name="project_stopped_for_a_reason",
                violation_error_message=_("Say why it stopped."),
            ),
        ]

    def __str__(self):
        return self.title


class OfProjectQuerySet(models.QuerySet):
    """Rows that are seen by those who see their project."""

    def visible_to(self, user):
        """Return the rows of the projects this person may see."""
        return self if scope(user) is None else self.filter(project__in=Project.objects.visible_to(user))


@tracked
class ProjectFamily(models.Model):
    """A part family that a project brings."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="project_families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of a project")
        ordering = ["project", "family", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "family"], name="project_family_once")]

    def __str__(self):
        return f"{self.project_id}:{self.family_id}"


@tracked
class Partner(models.Model):
    """A firm of a project: what it does there, and whether it is local."""

    class Role(models.TextChoices):
        INDUSTRIAL = "industrial", _("Industrial partner")
        TECHNICAL = "technical", _("Technical partner")
        BRAND = "brand", _("Brand owner")
        CUSTOMER = "customer", _("Customer")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="partners")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="project_partners")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    local = models.BooleanField(_("local"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["project", "role", "firm__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "firm", "role"],
                name="project_partner_once",
                violation_error_message=_("This firm already has that role in the project."),
            )
        ]

    def __str__(self):
        return f"{self.project_id}:{self.firm_id}"


@tracked
class Gate(models.Model):
    """A stage in the life of a localised part: planned for a day, or so many months after the gate before it."""

    class Stage(models.TextChoices):
        IDENTIFIED = "identified", _("Identified")
        FEASIBILITY = "feasibility", _("Feasibility")
        SOURCING = "sourcing", _("Sourcing")
        NOMINATED = "nominated", _("Nominated")
        TOOLING = "tooling", _("Tooling")
        SAMPLES = "samples", _("First samples")
        VALIDATION = "validation", _("Validation")
        HOMOLOGATED = "homologated", _("Homologated")
        PILOT = "pilot", _("Pilot series")
        SERIES = "series", _("Series")

    ORDER = {stage: place for place, stage in enumerate(Stage.values)}

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gates")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    months_after = models.PositiveSmallIntegerField(_("months after the stage before"), null=True, blank=True)
    actual_on = models.DateField(_("reached on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a project")
        verbose_name_plural = _("stages of projects")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "stage"],
                name="project_gate_once",
                violation_error_message=_("The project has this stage already."),
            ),
            models.CheckConstraint(
                condition=Q(planned_on=None) | Q(months_after=None),
                name="gate_planned_one_way",
                violation_error_message=_("Give a day or a number of months, not both."),
            ),
            models.CheckConstraint(
                condition=Q(months_after=None) | Q(months_after__lte=240),
                name="gate_months_likely",
                violation_error_message=_("At most 240 months."),
            ),
        ]

    def __str__(self):
        return f"{self.project_id}:{self.stage}"
