"""What parts are sorted by: units, families, customs codes, brands. Public: it belongs to nobody."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm
from partstrack.searching import trigrams

UNCLASSIFIED = "unclassified"
PIECE = "piece"


def tracked(model):
    """Keep the history of a model by trigger: insertions, changes, deletions."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())(model)


def named(row, language, field="name"):
    """Return the field of a row in a language: its _ar, its _en or, for any other language, its _fr."""
    return getattr(row, f"{field}_{language}" if language in {"ar", "en"} else f"{field}_fr")


class Unit(models.Model):
    """What is counted. Amounts of two units are never added."""

    public = True

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    name_fr = models.CharField(_("name in French"), max_length=40)
    name_ar = models.CharField(_("name in Arabic"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=40)
    symbol_fr = models.CharField(_("symbol in French"), max_length=12)
    symbol_ar = models.CharField(_("symbol in Arabic"), max_length=12)
    symbol_en = models.CharField(_("symbol in English"), max_length=12)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "code"]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)

    def symbol_in(self, language):
        """Return the symbol in a language."""
        return named(self, language, "symbol")


class HsCode(models.Model):
    """A heading of the Harmonized System, in an edition of it."""

    public = True

    code = models.CharField(_("code"), max_length=12)
    edition = models.PositiveSmallIntegerField(_("edition"), default=2022)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_ar = models.CharField(_("name in Arabic"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)

    class Meta:
        verbose_name = _("customs code")
        verbose_name_plural = _("customs codes")
        ordering = ["code", "edition", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}\.[0-9]{2}$"),
                name="hs_code_form",
                violation_error_message=_("Write a customs code with six digits, as in 8708.30."),
            ),
            models.UniqueConstraint(
                fields=["code", "edition"],
                name="hs_code_once",
                violation_error_message=_("This edition already has that customs code."),
            ),
        ]

    def __str__(self):
        return self.code

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)


@tracked
class Family(models.Model):
    """A part family."""

    public = True

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent family"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    hs_codes = models.ManyToManyField(
        HsCode, verbose_name=_("customs codes"), through="FamilyHs", related_name="families"
    )

    class Meta:
        verbose_name = _("family")
        verbose_name_plural = _("families")
        ordering = ["position", "code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="family_not_own_parent",
                violation_error_message=_("A family cannot be its own parent."),
            )
        ]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language."""
        return named(self, language)


class FamilyHs(models.Model):
    """A customs code under which parts of a family pass; a code may serve several families."""

    public = True

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="family_hs")
    hs = models.ForeignKey(HsCode, on_delete=models.PROTECT, related_name="family_hs")

    class Meta:
        verbose_name = _("customs code of a family")
        ordering = ["family", "hs", "pk"]
        constraints = [models.UniqueConstraint(fields=["family", "hs"], name="family_hs_once")]

    def __str__(self):
        return f"{self.family_id}:{self.hs_id}"


class CountingRule(models.Model):
    """How many of one unit another makes, from a day, as a source says. Without a rule, units stay apart."""

    public = True

    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="counting_rules"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="counting_rules")
    into = models.ForeignKey(
        Unit, verbose_name=_("counted as"), default=PIECE, on_delete=models.PROTECT, related_name="+"
    )
    factor = models.DecimalField(_("factor"), max_digits=18, decimal_places=6)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                # PostgreSQL puts NaN above every number: the upper bound keeps it out.
                condition=Q(factor__gt=0, factor__lt=10**9),
                name="counting_rule_positive",
                violation_error_message=_("The factor must be above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(unit=F("into")),
                name="counting_rule_two_units",
                violation_error_message=_("A unit is not counted as itself."),
            ),
            models.UniqueConstraint(
                fields=["family", "unit", "into", "valid_from"],
                name="counting_rule_once",
                nulls_distinct=False,
                violation_error_message=_("There is already a rule from that day."),
            ),
        ]

    def __str__(self):
        return f"{self.unit_id} = {self.factor} {self.into_id}"


@tracked
class Brand(models.Model):
    """A brand that parts are sold under, and the firm that owns it where that is known."""

    public = True

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_ar = models.CharField(_("name in Arabic script"), max_length=120, blank=True)
    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), null=True, blank=True, on_delete=models.PROTECT, related_name="brands"
    )

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name", "pk"]
        indexes = [trigrams("brand_searched", "code", "name", "name_ar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="brand_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            )
        ]

    def __str__(self):
        return self.name

    def name_in(self, language):
        """Return the name in the script of a language: Arabic where there is one."""
        return self.name_ar if language == "ar" and self.name_ar else self.name
