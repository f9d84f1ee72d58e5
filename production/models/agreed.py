"""The ranges that an agreement names."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from production.models.ranges import OfTheHouse, Range
from suppliers.models import Agreement


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AgreedRange(models.Model):
    """A range that an agreement names."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="agreed_ranges"
    )
    range = models.ForeignKey(Range, on_delete=models.PROTECT, related_name="agreed_ranges")

    objects = OfTheHouse.as_manager()

    class Meta:
        verbose_name = _("range of an agreement")
        ordering = ["agreement", "range__code", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "range"], name="agreed_range_once")]

    def __str__(self):
        return f"{self.agreement_id}:{self.range_id}"
