"""Vehicle programmes: maker, model, partners, the road map, the commitment to certify."""

from django.db import models
from django.db.models import F, Q
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
    power_from = models.PositiveSmallIntegerField(_("power from, in kW"), null=True, blank=True)
    power_to = models.PositiveSmallIntegerField(_("power to, in kW"), null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(power_from=None) | Q(power_to=None) | Q(power_to__gte=F("power_from")),
                name="programme_power_in_order",
                violation_error_message=_("The range of power begins with the lower one."),
            ),
        ]

    def __str__(self):
        return f"{self.maker} – {self.model}" if self.model else str(self.maker)

    def name_in(self, language):
        """Return maker and model, the maker in the script of a language."""
        maker = self.maker.name_in(language)
        return f"{maker} – {self.model}" if self.model else maker

    def known_whole_by(self, user):
        """Say whether a person may know every component: the house, and the maker."""
        firms = scope(user)
        return firms is None or self.maker_id in firms


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
class ProgrammeVolume(models.Model):
    """How many vehicles of a programme a year is to bring, and did bring."""

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="volumes")
    year = models.PositiveSmallIntegerField(_("year"))
    planned = models.PositiveIntegerField(_("vehicles planned"), null=True, blank=True)
    built = models.PositiveIntegerField(_("vehicles built"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("volume of a year")
        verbose_name_plural = _("volumes by year")
        ordering = ["programme", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="programme_volume_once",
                violation_error_message=_("The programme already has the volume of that year."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="programme_volume_year",
                violation_error_message=_("A year lies between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(built__isnull=False),
                name="programme_volume_said",
                violation_error_message=_("Give the vehicles planned, built or both."),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id}: {self.year}"
