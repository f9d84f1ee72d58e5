"""What stands, and its sums: Standing, Cell, Posting. Written by production/ledger.py only."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Family, Unit
from production.models.base import MEASURES, OwnedBySite, OwnedStandings
from production.models.declarations import Declaration, Head
from suppliers.models import Site


class Standing(models.Model):
    """Which declaration stands for a month, from a version to a version: the only truth of "as of"."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="standings")
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="standings")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = OwnedStandings.as_manager()

    class Meta:
        ordering = ["head", "from_v", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["head"], condition=Q(to_v=None), name="standing_one_open"),
            models.UniqueConstraint(fields=["head", "from_v"], name="standing_from_once"),
            models.CheckConstraint(condition=Q(to_v=None) | Q(to_v__gt=F("from_v")), name="standing_in_order"),
        ]

    def __str__(self):
        return f"{self.declaration} v{self.from_v}"


class Sums(models.Model):
    """The columns that Cell and Posting share: one sum a measure, how many lines said it, how many lines."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, null=True, on_delete=models.PROTECT, related_name="+")
    lines = models.BigIntegerField(default=0)

    objects = OwnedBySite.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.site_id} {self.month:%Y-%m} {self.family_id} {self.unit_id}"


for _measure in MEASURES:
    Sums.add_to_class(_measure, models.DecimalField(max_digits=24, decimal_places=3, default=0))
    Sums.add_to_class(f"{_measure}_said", models.BigIntegerField(default=0))


class Cell(Sums):
    """The standing sum of a site's month by family, unit and brand. Written by production/ledger.py only."""

    class Meta:
        ordering = ["month", "site", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "month", "family", "unit", "brand"], name="cell_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["month", "site"], name="cell_month_site")]


class Posting(Sums):
    """What one version changed in the sums. Only ever added."""

    class Cause(models.TextChoices):
        APPROVE = "approve", _("Accepted")
        ROLLBACK = "rollback", _("Rolled back")
        RECLASS = "reclass", _("Reclassified")
        MERGE = "merge", _("Merged")
        HANDOVER = "handover", _("Handed over")

    version = models.BigIntegerField()
    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="postings")
    declaration = models.ForeignKey(Declaration, null=True, on_delete=models.PROTECT, related_name="postings")
    cause = models.CharField(max_length=8, choices=Cause)

    class Meta:
        ordering = ["version", "pk"]
        indexes = [models.Index(fields=["version"], name="posting_version")]
