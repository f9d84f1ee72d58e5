"""What things carry: notes, documents, and the files behind them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope


class AttachmentQuerySet(models.QuerySet):
    """Attachments in the words of the office."""

    def visible_to(self, user):
        """Return the attachments of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(firm__in=allowed)


class Attachment(models.Model):
    """A scan or document that proves something: known by its content, served only to those who see its firm."""

    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    file = models.FileField(upload_to="attachments/%Y/%m", max_length=255)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="attachment_sha256")]

    def __str__(self):
        return self.name


class CarriedQuerySet(models.QuerySet):
    """What things carry. Whoever may see the thing asks: `about` first, then what of it is theirs to read."""

    def about(self, kind, row):
        """Return what a row of a kind of thing carries."""
        return self.filter(kind=kind, subject=row.pk)

    def visible_to(self, user):
        """Return what this person may read of a thing that they see: what is internal is for the house alone."""
        return self if scope(user) is None else self.filter(internal=False)


class Carried(models.Model):
    """Something that a thing carries: `kind` is that of its History (partstrack/registry.py), `subject` its key."""

    kind = models.SlugField(max_length=20)
    subject = models.BigIntegerField()
    internal = models.BooleanField(
        _("internal"), default=True, help_text=_("Ticked: never shown to the users of a supplier.")
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CarriedQuerySet.as_manager()

    class Meta:
        abstract = True


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Note(Carried):
    """A note on a thing; its author may change it, and what it said before stays in the history."""

    text = models.TextField(_("note"), max_length=4000)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "subject", "-at"], name="note_about")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="note_says_something", violation_error_message=_("Write the note.")
            )
        ]

    def __str__(self):
        return self.text[:60]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Document(Carried):
    """A document on a thing: what it is and from when to when it holds. Its file is an Attachment, kept once."""

    class Type(models.TextChoices):
        CONTRACT = "contract", _("Contract or agreement")
        CERTIFICATE = "certificate", _("Certificate or approval")
        AUDIT = "audit", _("Audit or inspection report")
        LETTER = "letter", _("Letter")
        DRAWING = "drawing", _("Drawing or data sheet")
        OTHER = "other", _("Other document")

    type = models.CharField(_("type"), max_length=12, choices=Type, default=Type.OTHER)
    title = models.CharField(_("title"), max_length=160)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="documents")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "subject", "-at"], name="document_about")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="document_titled", violation_error_message=_("Give the document a title.")
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="document_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
        ]

    def __str__(self):
        return self.title
