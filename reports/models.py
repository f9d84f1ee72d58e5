"""Figures that others published: shown beside the declared ones, never merged with them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE
from catalogue.models.families import named, tracked


@tracked
class PublishedFigure(models.Model):
    """What a communiqué states, in its own words. Without a `value` it states no number, or none is known.

    `code` cites the statement. `words` are its literal words, `measure` says in ours what was measured. `period` is as
    published, empty when none was; `figure` names the declared figure that it speaks of, if any; `qualifier` says how
    far the number may be taken; `note` says what the source leaves open. One that the declared figure contradicts is
    kept as disputed, with the reason.
    """

    public = True

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        AT_LEAST = "at_least", _("at least")
        ABOUT = "about", _("about")

    class Unit(models.TextChoices):
        PIECE = "piece", _("pieces")
        PERCENT = "percent", _("percent")
        WORKSHOP = "workshop", _("workshops")
        WILAYA = "wilaya", _("wilayas")
        HOUR = "hour", _("hours")
        PARTNER = "partner", _("partners")
        COUNTRY = "country", _("countries")
        RANK = "rank", _("rank")

    class Declared(models.TextChoices):
        PRODUCED = "produced", _("Parts produced")
        SOLD = "sold", _("Parts sold")

    code = models.CharField(_("code"), max_length=20, unique=True)
    subject = models.CharField(_("subject"), max_length=120)
    words = models.CharField(_("literal words"), max_length=400, blank=True)
    measure_fr = models.CharField(_("measure in French"), max_length=300)
    measure_ar = models.CharField(_("measure in Arabic"), max_length=300, blank=True)
    measure_en = models.CharField(_("measure in English"), max_length=300, blank=True)
    figure = models.CharField(_("declared figure beside it"), max_length=8, choices=Declared, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=3, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, blank=True)
    period = models.CharField(_("period"), max_length=40, blank=True)
    note_fr = models.CharField(_("note in French"), max_length=300, blank=True)
    note_ar = models.CharField(_("note in Arabic"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    disputed = models.BooleanField(_("disputed"), default=False)
    disputed_reason = models.CharField(_("why it is disputed"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["position", "code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None, qualifier="", unit="")
                | (Q(value__isnull=False) & ~Q(qualifier="") & ~Q(unit="")),
                name="published_number_whole",
                violation_error_message=_("A number has a qualifier and a unit."),
            ),
            # PostgreSQL puts NaN above every number: the upper bound keeps it out.
            models.CheckConstraint(condition=Q(value=None) | Q(value__lt=10**15), name="published_number_real"),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="published_sourced",
                violation_error_message=_("Name the source of the figure."),
            ),
            models.CheckConstraint(
                condition=Q(disputed=False) | ~Q(disputed_reason=""),
                name="published_dispute_said",
                violation_error_message=_("Say why the figure is disputed."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="published_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.subject}"

    @property
    def in_percent(self):
        """Say whether the number is a growth in percent."""
        return self.unit == self.Unit.PERCENT

    def measure_in(self, language):
        """Return what was measured, in a language."""
        return named(self, language, "measure") or self.measure_fr

    def note_in(self, language):
        """Return what the source leaves open, in a language."""
        return named(self, language, "note")
