"""What is aimed at in a year, by family and supplier; each amount that was ever set stays, with its data version."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models import Family, Unit
from intake.models import Batch

IDENTITY = ("year", "measure", "family_id", "firm_id", "unit_id")  # what makes a target one


class OwnTargets(models.QuerySet):
    """Targets in the words of the trade."""

    def visible_to(self, user):
        """Return the targets of the firms this person may see; those of no firm are for who sees all."""
        return self.within(scope(user))

    def within(self, allowed):
        """Return those of a set of firm ids; None: all."""
        return self if allowed is None else self.filter(firm__in=allowed)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Target(models.Model):
    """The amount aimed at in a year: of everything, of a family, of a supplier, or of a supplier's family.

    `amount` is the one that was set last, empty when the target was given up; TargetAmount keeps all of them.
    """

    class Measure(models.TextChoices):
        PRODUCED = "produced", _("Produced")
        SOLD = "sold", _("Sold")

    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=8, choices=Measure, default=Measure.PRODUCED)
    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    firm = models.ForeignKey(
        Firm, verbose_name=_("supplier"), null=True, blank=True, on_delete=models.PROTECT, related_name="targets"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), default="piece", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("target of the year"), max_digits=18, decimal_places=3, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OwnTargets.as_manager()

    class Meta:
        verbose_name = _("target")
        ordering = ["-year", "measure", "family", "firm", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "measure", "family", "firm", "unit"],
                nulls_distinct=False,
                name="target_once",
                violation_error_message=_("There is a target of this year for this already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0),
                name="target_above_zero",
                violation_error_message=_("A target is above zero; leave it empty to give it up."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="target_year",
                violation_error_message=_("Choose a year from 2000 to 2100."),
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.measure} {self.family or ''} {self.firm or ''}"

    @property
    def identity(self):
        """Return what makes a target one."""
        return tuple(getattr(self, name) for name in IDENTITY)


class TargetAmount(models.Model):
    """An amount that was set for a target, from a data version on, by the file of `batch` if any; only ever added."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="amounts")
    amount = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    from_v = models.BigIntegerField()
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")

    class Rows(models.QuerySet):
        """Amounts belong to the firm of their target."""

        def visible_to(self, user):
            """Return the amounts of the targets this person may see."""
            return self.filter(target__in=Target.objects.visible_to(user))

    objects = Rows.as_manager()

    class Meta:
        ordering = ["target", "from_v", "pk"]
        constraints = [models.UniqueConstraint(fields=["target", "from_v"], name="target_amount_once")]

    def __str__(self):
        return f"{self.target_id} v{self.from_v}"


class OfBatch(models.QuerySet):
    """Rows that wait, of the files that a person sees."""

    def visible_to(self, user):
        """Return the rows of these files."""
        return self.filter(batch__in=Batch.objects.visible_to(user))


class StagedTarget(models.Model):
    """A cleaned row that waits for its file to be applied; `amount` empty: the target is given up."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=8, choices=Target.Measure)
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=18, decimal_places=3, null=True)

    objects = OfBatch.as_manager()

    class Meta:
        ordering = ["batch", "pk"]

    def __str__(self):
        return f"{self.sheet}!{self.row}"

    @property
    def identity(self):
        """Return what makes the target of this row one."""
        return tuple(getattr(self, name) for name in IDENTITY)
