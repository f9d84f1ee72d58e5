"""Goods that came in or went out, by source and month; and the ranges (gammes) they belong to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models import Brand, Family, Part, Unit
from intake.models import Batch
from production.models.base import Intervals, amount, first_of_month


class TradeReturn(models.Model):
    """A source's return of imports or exports for a month: one revision of it."""

    class Source(models.TextChoices):
        CUSTOMS = "customs", _("Customs statistics")
        AUTHORISATION = "authorisation", _("Authorisation")
        PLANNED = "planned", _("Planned")

    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    month = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    class Rows(Intervals):
        """Returns of a firm belong to it; national sources have none and are for those who see all."""

        def visible_to(self, user):
            """Return the returns of the firms this person may see."""
            allowed = scope(user)
            return self if allowed is None else self.filter(firm__in=allowed)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["month", "source", "revision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "firm", "month", "revision"], name="trade_return_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=first_of_month("month"), name="trade_return_month_first"),
        ]

    def __str__(self):
        return f"{self.source} {self.month:%Y-%m} r{self.revision}"


class Range(models.Model):
    """A range (gamme): brand x family x vehicle application, with the day its local production began."""

    public = True

    code = models.SlugField(max_length=40, unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="ranges")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="ranges")
    application = models.CharField(_("vehicle application"), max_length=120, blank=True)
    parts = models.ManyToManyField(Part, related_name="ranges", blank=True)
    local_from = models.DateField(_("produced locally since"), null=True, blank=True)

    class Meta:
        ordering = ["code", "pk"]

    def __str__(self):
        return self.code


class TradeLine(models.Model):
    """One line of a trade return: goods that came in or went out."""

    class Flow(models.TextChoices):
        IMPORT = "import", _("Import")
        EXPORT = "export", _("Export")

    trade_return = models.ForeignKey(TradeReturn, on_delete=models.PROTECT, related_name="lines")
    flow = models.CharField(max_length=6, choices=Flow)
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    range = models.ForeignKey(Range, null=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey("places.Country", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    quantity = amount()
    value = amount()
    currency = models.CharField(max_length=3, default="DZD")
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    rate_on = models.DateField(null=True)

    class Rows(models.QuerySet):
        """Trade lines belong to the importer or exporter."""

        def visible_to(self, user):
            """Return the lines of the firms this person may see."""
            allowed = scope(user)
            return self if allowed is None else self.filter(firm__in=allowed)

    objects = Rows.as_manager()

    class Meta:
        ordering = ["trade_return", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0, quantity__lt=10**15), name="trade_quantity_sane"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lt=10**15), name="trade_value_sane"
            ),
            models.CheckConstraint(
                condition=Q(currency="DZD") | Q(rate__isnull=False, rate_on__isnull=False), name="trade_rate_is_dated"
            ),
        ]

    def __str__(self):
        return f"{self.flow} {self.family_id}"
