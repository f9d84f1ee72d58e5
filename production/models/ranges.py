"""Ranges (gammes), since when they are produced locally, and the exemptions from "no import in such a range"."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Brand, Family, Part, Unit
from catalogue.models.families import PIECE


class OfTheHouse(models.QuerySet):
    """Rows for those who see every firm: who imports what is shown to no supplier."""

    def visible_to(self, user):
        """Return all rows, or none."""
        return self if scope(user) is None else self.none()


class KnownFrom(OfTheHouse):
    """Rows of the house that hold from a data version to a data version (not included)."""

    def standing(self, version):
        """Return the rows that held at a version."""
        return self.filter(Q(to_v=None) | Q(to_v__gt=version), from_v__lte=version)


def in_order(name):
    """Return the constraint that a row ceases to hold after it began to."""
    return models.CheckConstraint(condition=Q(to_v=None) | Q(to_v__gt=F("from_v")), name=name)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Range(models.Model):
    """A range: a brand's parts of one family for a vehicle application, or those of a list of references.

    `importer`: the firm whose imports are the brand's own; empty: the firm that owns the brand.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="ranges")
    family = models.ForeignKey(Family, verbose_name=_("family"), on_delete=models.PROTECT, related_name="ranges")
    application = models.CharField(_("vehicle application"), max_length=120, blank=True)
    importer = models.ForeignKey(
        Firm, verbose_name=_("importer of the brand"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfTheHouse.as_manager()

    class Meta:
        verbose_name = _("range")
        verbose_name_plural = _("ranges")
        ordering = ["code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="range_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.UniqueConstraint(
                fields=["brand", "family", "application"],
                name="range_once",
                violation_error_message=_("This brand already has a range of this family for this application."),
            ),
        ]

    def __str__(self):
        return self.name_in("fr")

    def name_in(self, language):
        """Return brand, family and application in a language."""
        said = (self.brand.name_in(language), self.family.name_in(language), self.application)
        return " · ".join(filter(None, said))

    @property
    def name(self):
        """Return the name in the reader's language."""
        return self.name_in(get_language())

    @property
    def own_importer_id(self):
        """Return the firm whose imports are the brand's own, None when nobody said it."""
        return self.importer_id or self.brand.firm_id


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RangePart(models.Model):
    """A part that belongs to a range; a range without such rows holds its brand's whole family."""

    range = models.ForeignKey(Range, on_delete=models.PROTECT, related_name="parts")
    part = models.ForeignKey(Part, verbose_name=_("part"), on_delete=models.PROTECT, related_name="ranges")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = KnownFrom.as_manager()

    class Meta:
        verbose_name = _("reference of the range")
        ordering = ["range", "part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["range", "part"], condition=Q(to_v=None), name="range_part_once"),
            in_order("range_part_in_order"),
        ]

    def __str__(self):
        return f"{self.range_id}:{self.part_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RangeStart(models.Model):
    """The day on which a range's local production began, as it is known from a version on; empty: not begun."""

    range = models.ForeignKey(Range, on_delete=models.PROTECT, related_name="starts")
    began = models.DateField(_("produced locally since"), null=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = KnownFrom.as_manager()

    class Meta:
        verbose_name = _("beginning of local production")
        ordering = ["range", "from_v", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["range"], condition=Q(to_v=None), name="range_start_one_open"),
            in_order("range_start_in_order"),
        ]

    def __str__(self):
        return f"{self.range_id} {self.began}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Exemption(models.Model):
    """Leave to import a quantity in a range that is produced locally, from a month to a day; never changed, only ended.

    `shortage_of`: the supplier that cannot deliver, where that is why.
    """

    range = models.ForeignKey(Range, verbose_name=_("range"), on_delete=models.PROTECT, related_name="exemptions")
    first = models.DateField(_("from the month"))
    until = models.DateField(_("until"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), default=PIECE, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=400)
    shortage_of = models.ForeignKey(
        Firm, verbose_name=_("shortage of"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    end_reason = models.CharField(_("why it was ended"), max_length=400, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True)

    objects = KnownFrom.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["range", "first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("first")),
                name="exemption_in_order",
                violation_error_message=_("The exemption ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lt=10**15),
                name="exemption_quantity_sane",
                violation_error_message=_("Write the quantity that may be imported, above zero."),
            ),
            in_order("exemption_versions_in_order"),
        ]

    def __str__(self):
        return f"{self.range_id} {self.until}"
