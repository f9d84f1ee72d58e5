"""What groups places: zone schemes of the law, and the countries of the world."""

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from places.models.wilayas import Wilaya


class Plain(Func):
    """A text in small letters without accents: what names are ordered by (the database has no ICU)."""

    function = "partstrack_plain"
    output_field = models.TextField()


def named(row, language):
    """Return name_ar, name_en or, for any other language, name_fr of a row."""
    return getattr(row, f"name_{language}" if language in {"ar", "en"} else "name_fr")


class ZoneScheme(models.Model):
    """A text that sorts wilayas into zones: "the South" means nothing without one."""

    public = True

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("zone scheme")
        verbose_name_plural = _("zone schemes")
        ordering = ["-valid_from", "code"]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)


class Zone(models.Model):
    """A zone of a scheme."""

    public = True

    scheme = models.ForeignKey(
        ZoneScheme, verbose_name=_("zone scheme"), on_delete=models.PROTECT, related_name="zones"
    )
    code = models.CharField(_("code"), max_length=40)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    wilayas = models.ManyToManyField(Wilaya, through="ZoneWilaya", related_name="zones")

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["scheme", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="zone_once",
                violation_error_message=_("This scheme already has that zone."),
            )
        ]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)


class ZoneWilaya(models.Model):
    """A wilaya of a zone. Not `whole`: the text names only some of its communes."""

    public = True

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="memberships")
    wilaya = models.ForeignKey(Wilaya, on_delete=models.PROTECT, related_name="zone_memberships")
    whole = models.BooleanField(_("the whole wilaya"), default=True)

    class Meta:
        verbose_name = _("wilaya of a zone")
        ordering = ["zone", "wilaya", "pk"]
        constraints = [models.UniqueConstraint(fields=["zone", "wilaya"], name="zone_wilaya_once")]

    def __str__(self):
        return f"{self.zone_id}:{self.wilaya_id}"


class CountryQuerySet(models.QuerySet):
    """Countries in the words of the trade."""

    def african(self):
        """Return the countries and territories of Africa (United Nations M49, region 002)."""
        return self.filter(africa=True)

    def by_name(self, language):
        """Order by the name in a language, accents aside."""
        field = f"name_{language}" if language in {"ar", "en"} else "name_fr"
        return self.order_by(Plain(field), "code")


class Country(models.Model):
    """A country or territory of ISO 3166-1. `afcfta`: it has signed the African Continental Free Trade Area."""

    public = True

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    africa = models.BooleanField(_("in Africa"), default=False)
    afcfta = models.BooleanField(_("signatory of the AfCFTA"), default=False)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}$"),
                name="country_code_form",
                violation_error_message=_("The code of a country has two capital letters."),
            )
        ]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)
