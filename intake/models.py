"""The desk: every file that was received, what is wrong with it, and what became of it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models import Part
from office.models import Attachment
from partstrack.searching import trigrams
from partstrack.texts import TextDecoder, TextEncoder

PROTECTED = ["intake_senderprofileevent"]


class Channel(models.TextChoices):
    """How something reached us."""

    UPLOAD = "upload", _("Uploaded by the supplier")
    EMAIL = "email", _("E-mail")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Telephone")
    ENTRY = "entry", _("Entered in partstrack")


class BatchQuerySet(models.QuerySet):
    """Batches in the words of the desk."""

    def visible_to(self, user):
        """Return the files of the firms this person may see; their own uploads too."""
        allowed = scope(user)
        return self if allowed is None else self.filter(Q(firm__in=allowed) | Q(firm=None, author=user))

    def standing(self):
        """Return files whose rows were written and not rolled back."""
        return self.filter(state__in=Batch.WRITTEN)


class Batch(models.Model):
    """One file at the desk: uploaded -> checked -> applied (or submitted) | refused | rolled back."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        CHECKED = "checked", _("Checked")
        REFUSED = "refused", _("Refused")
        APPLIED = "applied", _("Applied")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        UNCHANGED = "unchanged", _("Nothing new")
        ROLLED_BACK = "rolled_back", _("Rolled back")

    WRITTEN = (State.APPLIED, State.SUBMITTED)

    kind = models.CharField(max_length=24)
    name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    file = models.FileField(upload_to="uploads/%Y/%m", max_length=255)
    firm = models.ForeignKey(
        Firm, verbose_name=_("supplier"), null=True, on_delete=models.PROTECT, related_name="batches"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("sender"), on_delete=models.PROTECT)
    received_at = models.DateTimeField(_("received"))
    received_on = models.DateField(_("received on"), null=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, blank=True)
    sender = models.CharField(_("sent by"), max_length=160, blank=True)
    proof = models.ForeignKey(
        Attachment, verbose_name=_("proof"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UPLOADED)
    options = models.JSONField(default=dict)
    layout = models.JSONField(default=dict)
    result = models.JSONField(default=dict, encoder=TextEncoder, decoder=TextDecoder)
    checked_version = models.BigIntegerField(null=True)
    applied_version = models.BigIntegerField(null=True)
    applied_at = models.DateTimeField(_("applied"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("received file")
        verbose_name_plural = _("received files")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="batch_sha256"), trigrams("batch_searched", "name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "submitted", "rolled_back"]) | Q(applied_version__isnull=False),
                name="batch_applied_has_version",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self):
        """Say whether the file still waits for a decision."""
        return self.state in {self.State.UPLOADED, self.State.CHECKED}

    @property
    def may_be_mended(self):
        """Say whether repairs and answers still change what the file would write."""
        mendable = {self.State.CHECKED, self.State.REFUSED, self.State.UNCHANGED}
        return self.state in mendable and "same_as" not in self.result


class OfBatches(models.QuerySet):
    """Rows that belong to a received file."""

    def visible_to(self, user):
        """Return the rows of the files this person may see."""
        return self.filter(batch__in=Batch.objects.visible_to(user))


class BatchFault(models.Model):
    """A place of a file that was refused (grave) or is doubtful; all of them are kept."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="faults")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=8, blank=True)
    value = models.TextField(blank=True)
    reason = models.JSONField(encoder=TextEncoder, decoder=TextDecoder)  # a text, read in its reader's language
    remedy = models.JSONField(encoder=TextEncoder, decoder=TextDecoder)
    grave = models.BooleanField(default=True)
    code = models.CharField(max_length=8, blank=True)
    flag = models.CharField(max_length=24, blank=True)  # the option of the command line that answers it
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    cells = models.JSONField(default=list)  # the row as it was read: [[column letters, text]]

    objects = OfBatches.as_manager()

    class Meta:
        ordering = ["sheet", "row", "column", "pk"]

    def __str__(self):
        return f"{self.sheet}!{self.column}{self.row or ''}"


class StagedRecord(models.Model):
    """A row of a file of records: what its form held and what it is sent; once applied, the record that was written.

    `key`: of the record, None until a new one is written; `seen`: the version of it that was compared, then written;
    `made`: the file made it. Kept with the file, so that it can be rolled back.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="records")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    key = models.BigIntegerField(null=True)
    seen = models.PositiveIntegerField(null=True)
    made = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = OfBatches.as_manager()

    class Meta:
        ordering = ["batch", "pk"]

    def __str__(self):
        return f"{self.sheet}!{self.row}"


class RepairQuerySet(OfBatches):
    """Repairs in the words of the desk."""

    def standing(self):
        """Return the repairs that were not taken back."""
        return self.filter(undone_at=None)

    def of_row(self, batch, sheet, row):
        """Return the standing repairs of a row of a file, in the order they were made."""
        return self.standing().filter(batch=batch, sheet=sheet, row=row).select_related("author", "part").order_by("pk")


class Repair(models.Model):
    """What a person mended in a received file before it was applied. The file itself stays as it was sent.

    A cell gets another value, a row is set aside, a suspicious value is confirmed: they have a place. A reference is
    known as a part or is to be created, the decimal mark is said: they hold for the whole file.
    """

    class What(models.TextChoices):
        CELL = "cell", _("Corrected")
        DROP = "drop", _("Set aside")
        CONFIRM = "confirm", _("Confirmed")
        PART = "part", _("Matched with a part")
        CREATE = "create", _("To be created")
        DECIMAL = "decimal", _("Decimal mark")

    PLACED = (What.CELL, What.DROP, What.CONFIRM)

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="repairs")
    what = models.CharField(_("repair"), max_length=8, choices=What)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True)
    column = models.CharField(_("column"), max_length=8, blank=True)
    was = models.TextField(_("before"), blank=True)
    value = models.TextField(_("after"), blank=True)
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("repaired on"))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(_("undone on"), null=True)

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "what", "sheet", "row", "column"],
                condition=Q(undone_at=None, row__isnull=False),
                name="repair_place_once",
                violation_error_message=_("This place was mended already."),
            ),
            models.UniqueConstraint(
                fields=["batch", "what", "firm", "value"],
                condition=Q(undone_at=None, row__isnull=True),
                nulls_distinct=False,
                name="repair_answer_once",
                violation_error_message=_("This was answered already."),
            ),
            models.CheckConstraint(
                condition=~Q(what__in=["cell", "drop", "confirm"]) | (Q(row__isnull=False) & ~Q(reason="")),
                name="repair_has_reason",
                violation_error_message=_("Say why: the reason is kept with the repair."),
            ),
            models.CheckConstraint(
                condition=~Q(what="part") | Q(part__isnull=False, firm__isnull=False), name="repair_names_part"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="repair_undone_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()} {self.sheet}!{self.column}{self.row or ''}"


class OfFirms(models.QuerySet):
    """Rows that belong to a firm."""

    def visible_to(self, user):
        """Return the rows of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(firm__in=allowed)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SenderProfile(models.Model):
    """What a sender was asked once: `answers` holds decimal (comma, dot), measure of an unnamed column, unit."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="sender_profiles")
    kind = models.CharField(max_length=24)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirms.as_manager()

    class Meta:
        ordering = ["firm", "kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["firm", "kind"], name="sender_profile_once")]

    def __str__(self):
        return f"{self.firm} – {self.kind}"
