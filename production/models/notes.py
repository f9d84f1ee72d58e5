"""What people write beside a month: why it differs, of a supplier or of everybody."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from production.models.base import first_of_month


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MonthNote(models.Model):
    """A note on a month: shown on the time axis of growth, of a supplier or (without one) of the whole."""

    month = models.DateField(_("month"))
    firm = models.ForeignKey(
        Firm, verbose_name=_("supplier"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(_("note"), max_length=400)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Rows(models.QuerySet):
        """Notes in the words of the trade."""

        def visible_to(self, user):
            """Return the notes on firms this person may see; those on no firm are for who sees all."""
            allowed = scope(user)
            return self if allowed is None else self.filter(firm__in=allowed)

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("note on a month")
        ordering = ["month", "pk"]
        constraints = [models.CheckConstraint(condition=first_of_month("month"), name="month_note_month_first")]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.text}"
