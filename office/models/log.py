"""The data version, the log of writes and of downloads, keys against double sending."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
