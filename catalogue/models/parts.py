"""Parts: the references they are known by, their revisions, and the family they were in at each data version."""

import re
import unicodedata

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models.families import PIECE, Family, Unit, tracked
from partstrack.folding import latin_digits, legible
from partstrack.searching import trigrams

SEPARATORS = re.compile(r"[\s./\\\-\u2010-\u2015\u2212]+")
KEY = r"^[^[:space:]./\\-]+$"


def reference_key(text):
    """Return a reference as it is compared: capitals, without spaces, dashes, dots and slashes.

    "8200 768-913", "8200768913" and "٨٢٠٠٧٦٨٩١٣" are one reference; compatibility forms (full-width letters) are folded.
    """
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", legible(latin_digits(text))).upper())


class VersionRange(Func):
    """The data versions from one to another, the second excluded; no second: until today."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


class PartQuerySet(models.QuerySet):
    """Parts in the words of the trade."""

    def visible_to(self, user):
        """Return the parts of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(firm__in=allowed)

    def living(self):
        """Return parts that were neither merged into another nor archived."""
        return self.filter(merged_into=None, archived_at=None)

    def as_known(self, ids, version):
        """Return the set of ids of what parts are at a data version: of a merged one, the part that holds its references."""
        ids = set(ids)
        while merged := dict(self.filter(pk__in=ids, merged_v__lte=version).values_list("pk", "merged_into")):
            ids = (ids - merged.keys()) | set(merged.values())
        return ids

    def of_family(self, code, version=None):
        """Return the parts that are in a family, or were at a data version."""
        rows = PartFamily.objects.filter(family__code=code)
        rows = rows.filter(to_v=None) if version is None else rows.standing(version)
        return self.filter(pk__in=rows.values("part"))


@tracked
class Part(models.Model):
    """A part as its issuer names it: the firm and the reference make it one."""

    # Without an index of its own: part_once begins with it, and is the one that looking up a reference must take.
    firm = models.ForeignKey(
        Firm, verbose_name=_("issuer"), on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    reference = models.CharField(_("reference"), max_length=80)
    reference_key = models.CharField(max_length=160, editable=False)
    name = models.CharField(_("name"), max_length=160, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=160, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), default=PIECE, on_delete=models.PROTECT, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    merged_v = models.BigIntegerField(null=True, editable=False)  # the data version from which it is merged
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["reference", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference_key__regex=KEY),
                name="part_reference_keyed",
                violation_error_message=_("A reference needs a letter or a digit."),
            ),
            models.UniqueConstraint(
                fields=["firm", "reference_key"],
                name="part_once",
                violation_error_message=_("This firm already has a part with that reference."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="part_not_into_itself",
                violation_error_message=_("A part cannot be merged into itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["reference"], name="part_by_reference"),
            models.Index(fields=["merged_v"], condition=Q(merged_v__isnull=False), name="part_merged_at"),
            GinIndex(OpClass("reference_key", name="gin_trgm_ops"), name="part_key_searched"),
            trigrams("part_searched", "reference", "name", "name_ar"),
        ]

    def __str__(self):
        return self.reference

    def name_in(self, language):
        """Return the name in the script of a language: Arabic where there is one."""
        return self.name_ar if language == "ar" and self.name_ar else self.name


class PartOwnedQuerySet(models.QuerySet):
    """Rows that belong to a part and are seen by those who see the part."""

    def visible_to(self, user):
        """Return the rows of the parts this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(part__firm__in=allowed)


class PartAliasQuerySet(PartOwnedQuerySet):
    """Other references in the words of the trade."""

    def forgettable(self):
        """Return those that may be taken away: not the reference of a part that was merged, which nobody else may have."""
        return self.exclude(named_before__firm=F("firm"), named_before__reference_key=F("reference_key"))


@tracked
class PartAlias(models.Model):
    """A reference that another firm, or a part that was merged into this one, gives to the same part.

    `named_before`: the part that it named before the first merge; as of before, it still does.
    """

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="aliases")
    named_before = models.ForeignKey(Part, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="part_aliases")
    reference = models.CharField(_("reference"), max_length=80)
    reference_key = models.CharField(max_length=160, editable=False)

    objects = PartAliasQuerySet.as_manager()

    class Meta:
        verbose_name = _("other reference")
        verbose_name_plural = _("other references")
        ordering = ["reference", "pk"]
        indexes = [GinIndex(OpClass("reference_key", name="gin_trgm_ops"), name="part_alias_key_searched")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference_key__regex=KEY),
                name="part_alias_keyed",
                violation_error_message=_("A reference needs a letter or a digit."),
            ),
            models.UniqueConstraint(
                fields=["firm", "reference_key"],
                name="part_alias_once",
                violation_error_message=_("This firm already uses that reference for a part."),
            ),
        ]

    def __str__(self):
        return self.reference


class PartRevision(models.Model):
    """A revision of a part's drawing, from a day."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="revisions")
    code = models.CharField(_("revision"), max_length=20)
    valid_from = models.DateField(_("valid from"))

    objects = PartOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of a part")
        verbose_name_plural = _("revisions of parts")
        ordering = ["part", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "code"],
                name="part_revision_once",
                violation_error_message=_("This part already has that revision."),
            )
        ]

    def __str__(self):
        return self.code


class PartFamilyQuerySet(PartOwnedQuerySet):
    """Memberships in the words of the trade."""

    def standing(self, version):
        """Return the memberships that stood at a data version."""
        return self.filter(Q(to_v=None) | Q(to_v__gt=version), from_v__lte=version)


class PartFamily(models.Model):
    """The family a part was in from a data version to another, the second excluded; open: still is."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="part_families")
    from_v = models.BigIntegerField()
    to_v = models.BigIntegerField(null=True, blank=True)

    objects = PartFamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of a part")
        verbose_name_plural = _("families of parts")
        ordering = ["part", "from_v", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_v=None) | Q(to_v__gt=F("from_v")),
                name="part_family_forward",
                violation_error_message=_("The end must come after the beginning."),
            ),
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(to_v=None),
                name="part_family_one_open",
                violation_error_message=_("This part is already in a family."),
            ),
            ExclusionConstraint(
                name="part_in_one_family",
                expressions=[
                    ("part", RangeOperators.EQUAL),
                    (VersionRange("from_v", "to_v"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("A part is in one family at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.part_id}:{self.family_id}"
