"""Goods that came in or went out: returns by source, importer and month, as revisions that stand or no longer stand.

The rules are those of declarations: a revision is a whole snapshot, lines are only ever inserted, and what stood at
a data version can be counted again. Sources are never mixed: each question names one.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from catalogue.models import Family, Part, Unit
from intake.models import Batch
from places.models import Country
from production.models.base import amount, first_of_month
from production.models.ranges import KnownFrom, OfTheHouse, Range, in_order

MONEY = "DZD"


class Source(models.TextChoices):
    """Where a return comes from; what one of them says is never added to what another says."""

    CUSTOMS = "customs", _("Customs statistics")
    AUTHORISATION = "authorisation", _("Authorisation")
    PLANNED = "planned", _("Planned")


class TradeHead(models.Model):
    """A source's month of one importer, or of all importers (`firm` empty: national). Its row is the lock of it."""

    source = models.CharField(_("source"), max_length=14, choices=Source)
    firm = models.ForeignKey(
        Firm, verbose_name=_("importer"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    month = models.DateField(_("month"))

    objects = OfTheHouse.as_manager()

    class Meta:
        ordering = ["month", "source", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "firm", "month"], name="trade_head_once", nulls_distinct=False),
            models.CheckConstraint(condition=first_of_month("month"), name="trade_head_month_first"),
        ]

    def __str__(self):
        return f"{self.source} {self.firm or '*'} {self.month:%Y-%m}"


class TradeReturn(models.Model):
    """One revision of a head: a whole snapshot of what came in or went out."""

    head = models.ForeignKey(TradeHead, on_delete=models.PROTECT, related_name="returns")
    revision = models.PositiveIntegerField(_("revision"))
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="trade_returns")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfTheHouse.as_manager()

    class Meta:
        ordering = ["head", "revision", "pk"]
        constraints = [models.UniqueConstraint(fields=["head", "revision"], name="trade_return_revision_once")]

    def __str__(self):
        return f"{self.head} r{self.revision}"


class TradeStanding(models.Model):
    """Which return stands for a head, from a version to a version: the only truth of "as of"."""

    head = models.ForeignKey(TradeHead, on_delete=models.PROTECT, related_name="standings")
    trade_return = models.ForeignKey(TradeReturn, on_delete=models.PROTECT, related_name="standings")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = KnownFrom.as_manager()

    class Meta:
        ordering = ["head", "from_v", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["head"], condition=Q(to_v=None), name="trade_standing_one_open"),
            in_order("trade_standing_in_order"),
        ]

    def __str__(self):
        return f"{self.trade_return} v{self.from_v}"


class Goods(models.Model):
    """What a line and a row that waits to become one share: which goods, whose, from where, how much.

    `range`, `part`: as far as the sender said them. `rate`: DZD for one unit of `currency`, frozen with its day and
    its source. NULL: not said; 0 is 0.
    """

    class Flow(models.TextChoices):
        IMPORT = "import", _("Import")
        EXPORT = "export", _("Export")

    flow = models.CharField(_("flow"), max_length=6, choices=Flow, default=Flow.IMPORT)
    firm = models.ForeignKey(Firm, verbose_name=_("importer"), null=True, on_delete=models.PROTECT, related_name="+")
    range = models.ForeignKey(Range, verbose_name=_("range"), null=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, verbose_name=_("family"), on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, verbose_name=_("part"), null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(
        Country, verbose_name=_("origin"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.CharField(_("document"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    quantity = amount(verbose_name=_("Quantity"))
    value = amount(verbose_name=_("Value"))
    currency = models.CharField(_("currency"), max_length=3, default=MONEY)
    rate = models.DecimalField(_("exchange rate"), max_digits=18, decimal_places=6, null=True)
    rate_on = models.DateField(_("day of the rate"), null=True)
    rate_source = models.CharField(_("source of the rate"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def key(self):
        """Return what makes a line one among those of its return."""
        return tuple(getattr(self, name) for name in KEY)

    @property
    def in_dinars(self):
        """Return the value in DZD at the frozen rate, exact; None when it is not said."""
        if self.value is None:
            return None
        return self.value if self.currency == MONEY else self.value * self.rate


KEY = ("flow", "firm_id", "range_id", "family_id", "part_id", "country_id", "document", "unit_id")
FACTS = ("quantity", "value", "currency", "rate", "rate_on", "rate_source")


class TradeLine(Goods):
    """One line of a return. Inserted with it, never changed, never deleted."""

    trade_return = models.ForeignKey(TradeReturn, on_delete=models.PROTECT, related_name="lines", db_index=False)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    source_sheet = models.CharField(max_length=255, blank=True)
    source_row = models.PositiveIntegerField(null=True)

    objects = OfTheHouse.as_manager()

    class Meta:
        ordering = ["trade_return", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trade_return", "flow", "firm", "range", "family", "part", "country", "document", "unit"],
                name="trade_line_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0, quantity__lt=10**15), name="trade_quantity_sane"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lt=10**15), name="trade_value_sane"
            ),
            models.CheckConstraint(condition=Q(rate=None) | Q(rate__gt=0, rate__lt=10**9), name="trade_rate_sane"),
            models.CheckConstraint(
                condition=Q(currency=MONEY, rate=None)
                | (~Q(currency=MONEY) & Q(rate__isnull=False, rate_on__isnull=False) & ~Q(rate_source="")),
                name="trade_rate_is_dated",
                violation_error_message=_("A value in another currency needs its rate, its day and its source."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="trade_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'Lines are never changed or deleted: send the month again';",
            ),
            pgtrigger.Trigger(
                name="trade_only_before_standing",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM (SELECT DISTINCT trade_return_id FROM fresh) AS f
                        JOIN production_tradestanding s ON s.trade_return_id = f.trade_return_id
                    ) THEN
                        RAISE EXCEPTION 'Lines go into a return before it stands';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.flow} {self.family_id}"


class StagedTrade(Goods):
    """A cleaned row that waits for its file to be applied. `row` 0: a line that the file replaces without naming it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField()
    month = models.DateField()
    national = models.BooleanField(default=False)
    erased = models.JSONField(default=list)

    objects = OfTheHouse.as_manager()

    class Meta:
        ordering = ["batch", "pk"]

    def __str__(self):
        return f"{self.sheet}!{self.row}"
