"""What is done beside the pages: who asked for it, how far it is, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet):
    """Jobs in the words of the office."""

    def visible_to(self, user):
        """Return one's own; all of them for who oversees the work."""
        return self if user.may("oversee") else self.filter(owner=user)

    def open(self):
        """Return those that wait or are being done."""
        return self.filter(state__in=Job.OPEN)


class Job(models.Model):
    """Something long that a person asked for, or that is done every day. `key` makes asking twice ask once.

    `words` is an English sentence of the catalogues, `outcome` one in the `language` in which it was asked for; `url`: where the result is.
    `about`: the thing it is done with. `heartbeat`: when its worker last lived.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waits for its turn")
        RUNNING = "running", _("Being done")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    OPEN = (State.QUEUED, State.RUNNING)

    kind = models.CharField(max_length=24)
    about = models.CharField(_("with"), max_length=300, blank=True)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=100, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=2, default="fr")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    stopping = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=120, blank=True)
    outcome = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    heartbeat = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state__in=["queued", "running"]), name="job_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "stopped"]), name="job_state_known"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_not_beyond_its_end"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], ended_at=None)
                | Q(state__in=["done", "failed", "stopped"], ended_at__isnull=False),
                name="job_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(heartbeat__isnull=False), name="job_running_has_heartbeat"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.about}".strip()

    def get_absolute_url(self):
        """Its own page."""
        return reverse("job", args=[self.pk])

    @property
    def is_open(self):
        """Whether it waits or is being done."""
        return self.state in self.OPEN
