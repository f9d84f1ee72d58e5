"""The ledger of volumes: months declared by sites, as revisions that stand or no longer stand.

Sums (Cell) change only when a revision starts or stops standing; each change leaves a Posting, so that
what was known at any data version can be counted again: sums = cells - postings after that version.
Lines are only ever inserted; the chain of revisions is their history.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Part, Unit
from intake.models import Batch, Channel
from office.models import Attachment
from production.models.base import MEASURE_NAMES, MEASURES, OwnedByHead, OwnedBySite, amount, first_of_month
from suppliers.models import Site


class Head(models.Model):
    """A site's month. Its row is THE lock of that month: taken FOR NO KEY UPDATE in id order before anything else."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="heads")
    month = models.DateField(_("month"))

    objects = OwnedBySite.as_manager()

    class Meta:
        ordering = ["site", "month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "month"], name="head_once"),
            models.CheckConstraint(condition=first_of_month("month"), name="head_month_first"),
        ]

    def __str__(self):
        return f"{self.site} {self.month:%Y-%m}"


class Declaration(models.Model):
    """One revision of a site's month: a whole snapshot, or "nothing was made"."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", _("With volumes")
        NIL = "nil", _("Nil: nothing made")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="declarations")
    revision = models.PositiveIntegerField(_("revision"))
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ACTUAL)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="declarations")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("received on"), null=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, blank=True)
    sender = models.CharField(_("sent by"), max_length=160, blank=True)
    proof = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    four_eyes = models.BooleanField(default=False)

    objects = OwnedByHead.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["head", "revision", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["head", "revision"], name="declaration_revision_once"),
            models.UniqueConstraint(
                fields=["head"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="declaration_one_open",
                violation_error_message=_("A declaration of this month already waits for a decision."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""),
                name="declaration_revision_has_reason",
                violation_error_message=_("Say why the month is declared again."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="declaration_approved_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved", four_eyes=True)
                | (Q(submitted_by__isnull=False) & ~Q(decided_by=F("submitted_by"))),
                name="declaration_four_eyes",
                violation_error_message=_(
                    "A closed month is approved by a second person, not by the one who submitted it."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_declared",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF TG_OP = 'DELETE' AND OLD.state <> 'draft' THEN
                        RAISE EXCEPTION 'A declaration is not deleted: withdraw it';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF (OLD.head_id, OLD.revision, OLD.kind) IS DISTINCT FROM (NEW.head_id, NEW.revision, NEW.kind) THEN
                        RAISE EXCEPTION 'The month, revision and kind of a declaration do not change';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.head} r{self.revision}"


class OutputLine(models.Model):
    """What one declaration says of one part (and brand). Inserted with the draft, never changed, never deleted."""

    # No index of their own: line_once, line_by_site and line_part_month begin with them. On a young base, where nothing is known of
    # the lines yet, PostgreSQL took the narrow index and read whole declarations for each row of a file.
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="lines", db_index=False)
    # No constraint either: it is the site of the declaration's head (only_into_draft), whose own constraint keeps it.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    month = models.DateField(_("month"))
    part = models.ForeignKey(Part, verbose_name=_("part"), on_delete=models.PROTECT, related_name="+", db_index=False)
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Nearly all lines are of one unit: an index (Django makes two, for a text) would never be used and costs every line.
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+", db_index=False)
    produced = amount(verbose_name=MEASURE_NAMES["produced"])
    scrapped = amount(verbose_name=MEASURE_NAMES["scrapped"])
    sold_after_market = amount(verbose_name=MEASURE_NAMES["sold_after_market"])
    sold_first_fit = amount(verbose_name=MEASURE_NAMES["sold_first_fit"])
    sold_unsplit = amount(verbose_name=MEASURE_NAMES["sold_unsplit"])
    exported = amount(verbose_name=MEASURE_NAMES["exported"])
    own_use = amount(verbose_name=MEASURE_NAMES["own_use"])
    made_for_others = amount(verbose_name=MEASURE_NAMES["made_for_others"])
    bought_in = amount(verbose_name=MEASURE_NAMES["bought_in"])
    written_off = amount(verbose_name=MEASURE_NAMES["written_off"])
    opening = amount(verbose_name=MEASURE_NAMES["opening"])
    closing = amount(verbose_name=MEASURE_NAMES["closing"])
    value_produced = amount(verbose_name=MEASURE_NAMES["value_produced"])
    value_sold = amount(verbose_name=MEASURE_NAMES["value_sold"])
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="lines")
    source_sheet = models.CharField(max_length=255, blank=True)
    source_row = models.PositiveIntegerField(null=True)

    objects = OwnedBySite.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["-month", "site", "part", "pk"]
        indexes = [
            models.Index(fields=["part", "month"], name="line_part_month"),
            # The order of the list of lines. Without the key at its end: on a young base it would be taken for looking one up.
            models.Index(fields=["-month", "site", "part"], name="line_by_month"),
            models.Index(fields=["site", "-month", "part"], name="line_by_site"),
            models.Index(fields=["produced"], name="line_by_produced"),
            models.Index(fields=["brand"], condition=Q(brand__isnull=False), name="line_by_brand"),  # most name none
        ]
        constraints = [
            models.UniqueConstraint(fields=["declaration", "part", "brand"], name="line_once", nulls_distinct=False),
            models.CheckConstraint(condition=first_of_month("month"), name="line_month_first"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{measure}__isnull": True}) | Q(**{f"{measure}__gte": 0, f"{measure}__lt": 10**15}),
                    name=f"line_{measure}_sane",
                    violation_error_message=_("A volume is zero or more."),
                )
                for measure in MEASURES
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                level=pgtrigger.Statement,
                func="RAISE EXCEPTION 'Lines are never changed or deleted: declare the month again';",
            ),
            pgtrigger.Trigger(
                name="only_into_draft",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM (SELECT DISTINCT declaration_id, site_id, month FROM fresh) AS f
                        JOIN production_declaration d ON d.id = f.declaration_id
                        JOIN production_head h ON h.id = d.head_id
                        WHERE d.state <> 'draft' OR d.kind = 'nil' OR h.site_id <> f.site_id OR h.month <> f.month
                    ) THEN
                        RAISE EXCEPTION 'Lines go into a draft of their own site and month, and never into a nil declaration';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.part} {self.month:%Y-%m}"
