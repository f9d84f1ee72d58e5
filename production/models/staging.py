"""The typed staging table of a file of monthly output: one row a row of the file (a cell, in a wide file)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalogue.models import Brand, Part, Unit
from intake.models import Batch
from production.models.base import MEASURES, OwnedBySite, amount
from suppliers.models import Site


class OwnedByBatch(OwnedBySite):
    """Rows that belong to the firm of their file."""

    path = "batch__firm__in"


class StagedLine(models.Model):
    """A cleaned row that waits for its file to be applied. Kept until then, removed afterwards."""

    # No foreign keys in the database: rows live from preview to apply, and half a million of them are copied in. One
    # index alone: what PostgreSQL knows of this table is from when it was empty, so it must have no narrower choice.
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    site = models.ForeignKey(
        Site, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField()
    part = models.ForeignKey(
        Part, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    part_text = models.CharField(max_length=80)
    part_key = models.CharField(max_length=160)
    part_name = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=120, blank=True)
    brand = models.ForeignKey(
        Brand, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    # Measures whose value is to be erased; a measure that is NULL and not named here was blank and erases nothing.
    erased = ArrayField(models.CharField(max_length=20), null=True)

    objects = OwnedByBatch.as_manager()

    class Meta:
        ordering = ["batch", "sheet", "row", "pk"]
        indexes = [models.Index(fields=["batch", "site", "month", "part"], name="staged_key")]

    def __str__(self):
        return f"{self.sheet}!{self.row}"


for _measure in MEASURES:
    StagedLine.add_to_class(_measure, amount())
