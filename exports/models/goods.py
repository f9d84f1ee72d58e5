"""What an agreement commits to over months, and what was shipped."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from catalogue.models import PIECE, Family, HsCode, Unit
from catalogue.models.families import tracked
from exports.models.agreements import (
    CURRENCY,
    Agreement,
    AgreementCountry,
    Incoterm,
    OfAgreementQuerySet,
    currency_known,
)
from places.models import Country
from places.models.wilayas import DateRange
from production.models.base import first_of_month


class FamilyRange(Func):
    """A family alone; no family: all of them."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


def _family(*expressions):
    """Return the first family that is said as a number, 0 for none."""
    return Coalesce(*expressions, Value(0), output_field=models.BigIntegerField())


class CommitmentQuerySet(OfAgreementQuerySet):
    """Commitments in the words of the trade."""

    def with_shipped(self, last):
        """Add `shipped`: the goods that count for each commitment, up to a month (included)."""
        goods = Shipment.objects.annotate(month=TruncMonth("day")).filter(
            agreement=OuterRef("agreement"),
            unit=OuterRef("unit"),
            month__gte=OuterRef("first"),
            month__lte=OuterRef("last"),
        )
        wanted, own = _family(OuterRef("family"), F("family")), _family(F("family"))
        goods = goods.alias(wanted=wanted).filter(month__lte=last, wanted=own)
        total = goods.order_by().values("agreement").annotate(total=Sum("quantity")).values("total")
        return self.annotate(shipped=Coalesce(Subquery(total), Value(0), output_field=models.DecimalField()))


@tracked
class Commitment(models.Model):
    """A quantity that an agreement commits to over whole months, the last one included."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    first = models.DateField(_("from month"))
    last = models.DateField(_("to month"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), default=PIECE, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["agreement", "first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=first_of_month("first") & first_of_month("last"), name="commitment_in_months"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="commitment_in_order",
                violation_error_message=_("The last month cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lt=10**15),
                name="commitment_positive",
                violation_error_message=_("The quantity must be above zero."),
            ),
            ExclusionConstraint(
                name="commitment_one_at_a_time",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    # A commitment without a family is for all of them: it overlaps those of each family.
                    (FamilyRange("family", "family", Value("[]")), RangeOperators.OVERLAPS),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The agreement already commits to a quantity in these months."),
            ),
        ]

    def __str__(self):
        return f"{self.agreement} {self.first:%Y-%m}–{self.last:%Y-%m}"


class ShipmentQuerySet(OfAgreementQuerySet):
    """Shipments in the words of the trade."""

    def counted_for(self, commitments, last):
        """Return the goods that count for any of these commitments, up to a month (included)."""
        asked = commitments.filter(
            Q(family=None) | Q(family=OuterRef("family")),
            agreement=OuterRef("agreement"),
            unit=OuterRef("unit"),
            first__lte=OuterRef("month"),
            last__gte=OuterRef("month"),
        )
        return self.annotate(month=TruncMonth("day")).filter(Exists(asked.order_by()), month__lte=last)

    def outside(self):
        """Add `outside`: the agreement names countries, and this one is not among them."""
        named = AgreementCountry.objects.filter(agreement=OuterRef("agreement"))
        return self.annotate(outside=Exists(named) & ~Exists(named.filter(country=OuterRef("country"))))


@tracked
class Shipment(models.Model):
    """A line of an invoice that left. Values of two currencies or Incoterms are never added."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shipments")
    day = models.DateField(_("day"))
    invoice = models.CharField(_("invoice"), max_length=60)
    hs = models.ForeignKey(
        HsCode, verbose_name=_("customs code"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), default=PIECE, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    incoterm = models.CharField(_("Incoterm 2020"), max_length=3, choices=Incoterm, blank=True)
    country = models.ForeignKey(Country, verbose_name=_("country"), on_delete=models.PROTECT, related_name="shipments")
    version = models.PositiveIntegerField(default=1)

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["-day", "invoice", "pk"]
        indexes = [models.Index(fields=["agreement", "day"], name="shipment_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lt=10**15),
                name="shipment_positive",
                violation_error_message=_("The quantity must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | (Q(value__gte=0, value__lt=10**15) & Q(currency__regex=CURRENCY)),
                name="shipment_value_in_currency",
                violation_error_message=_("A value is zero or more and needs its currency, as in EUR."),
            ),
            models.CheckConstraint(
                condition=currency_known("currency"),
                name="shipment_currency_form",
                violation_error_message=_("A currency has three capital letters, as in EUR."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "invoice", "hs", "family", "unit", "country"],
                name="shipment_once",
                nulls_distinct=False,
                violation_error_message=_("This invoice already has a line for these goods and this country."),
            ),
        ]

    def __str__(self):
        return f"{self.invoice} {self.day:%Y-%m-%d}"
