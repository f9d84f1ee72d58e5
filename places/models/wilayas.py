"""Wilayas with the law that made them, their spellings, and the communes that changed wilaya."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from places.vintages import default_vintage, vintage

SOUTH = ("grand-sud", "sud")
DECREE_22_301 = "decree-22-301"


class DateRange(Func):
    """The days from a date to another, the second excluded; no second date: for ever."""

    function = "DATERANGE"
    output_field = DateRangeField()


class WilayaQuerySet(models.QuerySet):
    """Wilayas in the words of the trade."""

    def vintage(self, number):
        """Return the 48, 58 or 69 wilayas of a vintage. ValueError: there is no such vintage."""
        return self.filter(legal_from__lte=vintage(number).legal_from)

    def valid_on(self, day):
        """Return the wilayas that count on a day when nobody chose a vintage (see default_vintage)."""
        return self.vintage(default_vintage(day))

    def in_zones(self, *codes, scheme=DECREE_22_301):
        """Return the wilayas that lie wholly in one of these zones of a scheme."""
        whole = Wilaya.objects.filter(
            zone_memberships__whole=True, zone_memberships__zone__scheme=scheme, zone_memberships__zone__code__in=codes
        )
        return self.filter(pk__in=whole.values("pk"))

    def south(self, scheme=DECREE_22_301):
        """Return the South as a scheme defines it: nine wilayas of the Grand Sud and eleven of the Sud in 22-301."""
        return self.in_zones(*SOUTH, scheme=scheme)


class Wilaya(models.Model):
    """A wilaya. One that is split stays, smaller; its part is a new wilaya whose parent it is."""

    public = True

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_ar = models.CharField(_("name in Arabic"), max_length=60)
    parent = models.ForeignKey(
        "self", verbose_name=_("split from"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    law = models.CharField(_("law"), max_length=10)
    legal_from = models.DateField(_("in law from"))
    full_powers_from = models.DateField(_("full powers from"), null=True, blank=True)
    seat_latitude = models.DecimalField(_("latitude of the seat"), max_digits=9, decimal_places=7)
    seat_longitude = models.DecimalField(_("longitude of the seat"), max_digits=10, decimal_places=7)
    column_58 = models.PositiveSmallIntegerField(null=True, blank=True)
    row_58 = models.PositiveSmallIntegerField(null=True, blank=True)
    column_69 = models.PositiveSmallIntegerField()
    row_69 = models.PositiveSmallIntegerField()

    objects = WilayaQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilaya")
        verbose_name_plural = _("wilayas")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2}$"),
                name="wilaya_code_form",
                violation_error_message=_("The code of a wilaya has two digits."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("code")),
                name="wilaya_not_own_parent",
                violation_error_message=_("A wilaya cannot be split from itself."),
            ),
            models.CheckConstraint(
                condition=Q(full_powers_from=None) | Q(full_powers_from__gte=F("legal_from")),
                name="wilaya_powers_after_law",
                violation_error_message=_("A wilaya has full powers after its law, not before."),
            ),
            models.CheckConstraint(
                condition=Q(column_58=None, row_58=None) | Q(column_58__isnull=False, row_58__isnull=False),
                name="wilaya_tile_58_whole",
                violation_error_message=_("A tile has a column and a row."),
            ),
            models.UniqueConstraint(fields=["column_58", "row_58"], name="wilaya_tile_58_once"),
            models.UniqueConstraint(fields=["column_69", "row_69"], name="wilaya_tile_69_once"),
        ]

    def __str__(self):
        return f"{self.code} {self.name_fr}"

    def name_in(self, language):
        """Return the name in a language; English uses the French spelling, as the wilayas themselves do."""
        return self.name_ar if language == "ar" else self.name_fr

    def tile(self, number):
        """Return (column, row) on the tile map of a vintage, from 0; the 48 stand on the map of the 58."""
        return (self.column_69, self.row_69) if number == 69 else (self.column_58, self.row_58)

    def in_vintage(self, number):
        """Return the wilaya that this one was part of in a vintage: itself, or the one it was split from."""
        made_before = self.legal_from <= vintage(number).legal_from
        return self if made_before or self.parent is None else self.parent.in_vintage(number)


class WilayaAlias(models.Model):
    """A spelling under which senders know a wilaya. `name_key` is what places.names.name_key makes of it."""

    public = True

    wilaya = models.ForeignKey(Wilaya, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other name"), max_length=60)
    name_key = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("other name of a wilaya")
        ordering = ["wilaya", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name_key=""), name="wilaya_alias_keyed"),
            models.UniqueConstraint(
                fields=["name_key"],
                name="wilaya_alias_once",
                violation_error_message=_("This name already stands for a wilaya."),
            ),
        ]

    def __str__(self):
        return self.name


class Commune(models.Model):
    """A commune that matters because it changed wilaya: a site there moves with it when a wilaya is split."""

    public = True

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["code", "pk"]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language; English uses the French spelling."""
        return self.name_ar if language == "ar" else self.name_fr

    def wilaya(self, number):
        """Return the wilaya of this commune in a vintage, None when it was never placed."""
        last = self.episodes.select_related("wilaya__parent").order_by("-valid_from", "-pk").first()
        return last.wilaya.in_vintage(number) if last else None


class CommuneWilaya(models.Model):
    """An episode: a commune belonged to a wilaya from a day to another, the second excluded."""

    public = True

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="episodes")
    wilaya = models.ForeignKey(Wilaya, on_delete=models.PROTECT, related_name="communes")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("wilaya of a commune")
        ordering = ["commune", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="commune_wilaya_forward",
                violation_error_message=_("The end must come after the beginning."),
            ),
            ExclusionConstraint(
                name="commune_in_one_wilaya",
                expressions=[
                    ("commune", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("A commune is in one wilaya at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.commune_id}:{self.wilaya_id}"
