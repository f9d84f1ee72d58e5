"""Why a line does not balance, and who looks after it: said by a person, and held while the difference stays the same."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Part
from production.models.base import OwnedByHead
from production.models.declarations import Head


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BalanceNote(models.Model):
    """An owner and a comment for one difference of one part's month."""

    class Kind(models.TextChoices):
        FLOW = "flow", _("What came in and what went out differ")
        STOCK = "stock", _("Opening stock differs from the closing stock before")

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="balance_notes")
    part = models.ForeignKey(Part, verbose_name=_("part"), on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=5, choices=Kind)
    difference = models.DecimalField(_("difference"), max_digits=20, decimal_places=3)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("looked after by"), on_delete=models.PROTECT, related_name="+"
    )
    comment = models.TextField(_("comment"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OwnedByHead.as_manager()

    class Meta:
        verbose_name = _("note on a balance")
        verbose_name_plural = _("notes on balances")
        ordering = ["head", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["head", "part", "brand", "kind", "difference"],
                nulls_distinct=False,
                name="balance_note_once",
                violation_error_message=_("Somebody has just noted this difference: look at it first."),
            ),
            models.CheckConstraint(condition=~Q(difference=0), name="balance_note_of_difference"),
        ]

    def __str__(self):
        return f"{self.head} {self.part}"
