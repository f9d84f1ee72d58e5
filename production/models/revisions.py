"""When a declaration began or ceased to stand: the register of revisions, a view over what stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Write
from production.models.base import OwnedByHead
from production.models.declarations import Declaration, Head


class Revision(models.Model):
    """What changed for a site's month at a data version: `began` stands instead of `ended` (either may be missing)."""

    class Kind(models.TextChoices):
        FIRST = "first", _("First declaration")
        RESTATED = "restated", _("Restated")
        ROLLED_BACK = "rolled_back", _("Rolled back")
        MERGED = "merged", _("References merged")
        HANDED_OVER = "handed_over", _("Site handed over")

    head = models.ForeignKey(Head, on_delete=models.DO_NOTHING, related_name="+")
    write = models.ForeignKey(Write, db_column="version", on_delete=models.DO_NOTHING, related_name="+")
    began = models.ForeignKey(Declaration, null=True, on_delete=models.DO_NOTHING, related_name="+")
    ended = models.ForeignKey(Declaration, null=True, on_delete=models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind)

    objects = OwnedByHead.as_manager()

    class Meta:
        managed = False
        db_table = "production_revision"
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-write", "head", "pk"]

    def __str__(self):
        return f"{self.head} v{self.write_id}"
