"""How people want to hear of dates, what was sent to them, and what happened while they were elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
