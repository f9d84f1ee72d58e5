"""Vehicle programmes: maker, model, partners, the road map, the commitment to certify."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from places.models import Country


class ProgrammeQuerySet(models.QuerySet):
    """Vehicle programmes in the words of the trade."""

    def visible_to(self, user):
        """Return the programmes of which a firm of this person is the maker or a partner."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the programmes of some firms (a set of ids); None is everybody's."""
        if firms is None:
            return self
        as_partner = ProgrammePartner.objects.filter(firm__in=firms)
        return self.filter(Q(maker__in=firms) | Q(pk__in=as_partner.values("programme")))


@tracked
class VehicleProgramme(models.Model):
    """A maker's model for a market, into which local parts are built. `approved_on`: the agrément of the model."""

    class VehicleType(models.TextChoices):
        CAR = "car", _("Passenger car")
        VAN = "van", _("Light commercial vehicle")
        TRUCK = "truck", _("Truck")
        BUS = "bus", _("Bus")
        OTHER = "other", _("Other vehicle")

    code = models.CharField(_("code"), max_length=40, unique=True)
    maker = models.ForeignKey(Firm, verbose_name=_("maker"), on_delete=models.PROTECT, related_name="programmes")
    model = models.CharField(_("model"), max_length=120, blank=True)
    vehicle_type = models.CharField(_("vehicle type"), max_length=8, choices=VehicleType, blank=True)
    market = models.ForeignKey(
        Country, verbose_name=_("market"), null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )
    partners = models.ManyToManyField(
        Firm,
        verbose_name=_("partner firms"),
        through="ProgrammePartner",
        blank=True,
        related_name="partner_programmes",
    )
    approved_on = models.DateField(
        _("approved on"), null=True, blank=True, help_text=_("The ministry's approval of the model (agrément).")
    )
    aim = models.TextField(_("aim"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("vehicle programme")
        verbose_name_plural = _("vehicle programmes")
        ordering = ["code", "pk"]
        indexes = [trigrams("programme_searched", "code", "model")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="programme_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            )
        ]

    def __str__(self):
        return f"{self.maker} – {self.model}" if self.model else str(self.maker)

    def name_in(self, language):
        """Return maker and model, the maker in the script of a language."""
        maker = self.maker.name_in(language)
        return f"{maker} – {self.model}" if self.model else maker


class OfProgrammeQuerySet(models.QuerySet):
    """Rows that are seen by those who see their programme."""

    def visible_to(self, user):
        """Return the rows of the programmes this person may see."""
        return self.filter(programme__in=VehicleProgramme.objects.visible_to(user))


@tracked
class ProgrammePartner(models.Model):
    """A firm that works with the maker on a programme."""

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.CASCADE, related_name="programme_partners")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="programme_partners")

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner of a programme")
        ordering = ["programme", "firm", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "firm"], name="programme_partner_once")]

    def __str__(self):
        return f"{self.programme_id}:{self.firm_id}"


@tracked
class Milestone(models.Model):
    """A stage of the road map: planned and actual day, and the volume and components it brings."""

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=160)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    actual_on = models.DateField(_("reached on"), null=True, blank=True)
    volume = models.DecimalField(_("volume, in pieces"), max_digits=18, decimal_places=3, null=True, blank=True)
    components = models.CharField(_("types of components"), max_length=300, blank=True)
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
    standard = models.CharField(_("standard"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROMISED)
    promised_on = models.DateField(_("promised on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProgrammeQuerySet.as_manager()

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
