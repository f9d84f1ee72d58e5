"""What any page can carry: the data version, the log of writes and of downloads, keys against double sending."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope


class Ledger(models.Model):
    """The one row that says which version the data is at. Only the write door moves it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    demo_today = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_one_row")]

    def __str__(self):
        return f"v{self.version}"


class Write(models.Model):
    """One confirmed write: the version it made, when, by whom and why. Rows are only ever added."""

    version = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["version"]

    def __str__(self):
        return f"v{self.version}"


class Key(models.Model):
    """A form that was sent. The same form sent again finds its result here instead of writing twice."""

    key = models.CharField(max_length=64, primary_key=True)
    result = models.CharField(max_length=400, blank=True)

    def __str__(self):
        return self.key


class Download(models.Model):
    """A file that left: who, what, with which filters, how many rows, and which data version it shows.

    A report says besides its kind, its year and the day of its situation, so that one can ask what changed since.
    """

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    filters = models.TextField(blank=True)
    rows = models.PositiveIntegerField()
    version = models.BigIntegerField()
    report = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    as_of = models.DateField(null=True)

    class Meta:
        verbose_name = _("download")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.name


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


class OwnQuerySet(models.QuerySet):
    """Rows that are one person's own."""

    def visible_to(self, user):
        """Return those of this person; nobody sees another's."""
        return self.filter(user=user)


class ReminderChoice(models.Model):
    """How a person wants to hear of a kind of date; without a row as `office.reminding.default` says."""

    class Way(models.TextChoices):
        BOTH = "both", _("On the page and by e-mail")
        PAGE = "page", _("On the page")
        MAIL = "mail", _("By e-mail")
        NONE = "none", _("Not at all")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24)
    way = models.CharField(max_length=4, choices=Way)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="reminder_choice_once")]

    def __str__(self):
        return f"{self.kind} {self.way}"


class ReminderMail(models.Model):
    """A thing that a person was reminded of by mail, `step` days before its day. Rows are only ever added."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    thing = models.CharField(max_length=80)
    title = models.CharField(max_length=400)
    day = models.DateField()
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "thing", "day", "step"], name="reminder_mail_once")
        ]

    def __str__(self):
        return self.title


class NoticeQuerySet(OwnQuerySet):
    """Notices in the words of the office."""

    def unseen(self):
        """Return those that their person has not seen yet."""
        return self.filter(seen_at=None)


class Notice(models.Model):
    """Something that happened while its person was elsewhere. `title` is an English sentence of the catalogues."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=120)
    detail = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user"], condition=Q(seen_at=None), name="notice_unseen")]

    def __str__(self):
        return self.title


PROTECTED = ["office_write", "office_download", "office_remindermail"]
