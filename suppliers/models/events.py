"""Events where partners come together and sign, and who was invited."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CODE, Firm, scope
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from suppliers.models.firms import OfFirmQuerySet

FIRST_YEAR, LAST_YEAR = 1962, 2100


class EventQuerySet(models.QuerySet):
    """Events in the words of the trade."""

    def visible_to(self, user):
        """Return the events to which a firm of this person was invited."""
        allowed = scope(user)
        if allowed is None:
            return self
        return self.filter(Exists(Attendance.objects.filter(event=OuterRef("pk"), firm__in=allowed)))


@tracked
class Event(models.Model):
    """A meeting at which partners come together and sign: a convention, a trade show, a visit."""

    class Kind(models.TextChoices):
        CONVENTION = "convention", _("Suppliers’ convention")
        SHOW = "show", _("Trade show")
        VISIT = "visit", _("Visit of a delegation")
        OTHER = "other", _("Other meeting")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CONVENTION)
    year = models.PositiveSmallIntegerField(_("year"))
    first_on = models.DateField(_("first day"), null=True, blank=True)
    last_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-year", F("first_on").desc(nulls_last=True), "-pk"]
        indexes = [trigrams("event_searched", "code", "title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="event_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="event_titled", violation_error_message=_("Give the event a title.")
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="event_in_order",
                violation_error_message=_("The last day must not come before the first; give the first one too."),
            ),
            models.CheckConstraint(
                condition=Q(first_on=None) | Q(first_on__year=F("year")),
                name="event_in_its_year",
                violation_error_message=_("The first day is not in that year."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="event_year_likely",
                violation_error_message=_("Give the year in four digits."),
            ),
        ]

    def __str__(self):
        return self.title

    def begun(self, today):
        """Whether it began by a day: by its first day, or by its year where only that is known."""
        return self.first_on <= today if self.first_on else self.year <= today.year


@tracked
class Attendance(models.Model):
    """A firm invited to an event, what it answered, whether it came."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("a firm", "Invited")
        CONFIRMED = "confirmed", pgettext_lazy("a firm", "Confirmed")
        DECLINED = "declined", _("Declined")
        ATTENDED = "attended", _("Came")
        ABSENT = "absent", _("Did not come")

    AFTERWARDS = (State.ATTENDED, State.ABSENT)  # what is known once the event has begun

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendances")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(_("answer"), max_length=10, choices=State, default=State.INVITED)
    people = models.CharField(_("who came"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["event", "firm__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "firm"],
                name="attendance_once",
                violation_error_message=_("This firm is invited already."),
            )
        ]

    def __str__(self):
        return f"{self.event_id}:{self.firm_id}"
