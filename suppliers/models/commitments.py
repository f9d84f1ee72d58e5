"""What somebody said they would do, in an agreement or at an event."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models.families import tracked
from suppliers.models.agreements import Agreement
from suppliers.models.events import Event


class CommitmentQuerySet(models.QuerySet):
    """Commitments in the words of the trade."""

    def visible_to(self, user):
        """Return the commitments of the agreements this person may see, and those that its firm took at an event."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the commitments of the agreements of some firms (a set of ids), and their own; None is everybody's."""
        if firms is None:
            return self
        return self.filter(Q(agreement__in=Agreement.objects.of_firms(firms).values("pk")) | Q(owner__in=firms))

    def open(self):
        """Return those that are neither kept nor given up."""
        return self.filter(state=Commitment.State.OPEN)

    def late_on(self, day):
        """Return the open ones that were due before a day."""
        return self.open().filter(due_on__lt=day)

    def due_by(self, day):
        """Return those that were due by a day and not given up: what a rate of kept commitments is counted over."""
        return self.exclude(state=Commitment.State.DROPPED).filter(due_on__lte=day)


@tracked
class Commitment(models.Model):
    """What somebody said they would do, in an agreement or at an event: who, by when, and whether it was done."""

    class State(models.TextChoices):
        OPEN = "open", _("Not kept yet")
        KEPT = "kept", _("Kept")
        DROPPED = "dropped", _("Given up")

    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    text = models.CharField(_("what was committed to"), max_length=300)
    owner = models.ForeignKey(Firm, verbose_name=_("by whom"), on_delete=models.PROTECT, related_name="commitments")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    kept_on = models.DateField(_("kept on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["due_on"], name="commitment_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement=None, event__isnull=False) | Q(event=None, agreement__isnull=False),
                name="commitment_of_one_thing",
                violation_error_message=_("A commitment belongs to an agreement or to an event."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="commitment_said", violation_error_message=_("Say what was committed to.")
            ),
            models.CheckConstraint(
                condition=Q(state="kept", kept_on__isnull=False) | (~Q(state="kept") & Q(kept_on=None)),
                name="commitment_kept_on_a_day",
                violation_error_message=_("A kept commitment has the day on which it was kept, another one has none."),
            ),
        ]

    def __str__(self):
        return self.text


def counted(rows, name, **conditions):
    """Return how many rows of a child table each agreement or event has: a subquery to annotate with."""
    found = rows.filter(**{name: OuterRef("pk")}, **conditions).order_by().values(name)
    return Coalesce(Subquery(found.annotate(count=Count("pk")).values("count")), 0)


def with_commitments(agreements):
    """Add `commitment_count` and `kept_count` to agreements, with their parties."""
    rows = Commitment.objects.all()
    return agreements.prefetch_related("parties__firm").annotate(
        commitment_count=counted(rows, "agreement"), kept_count=counted(rows, "agreement", state=Commitment.State.KEPT)
    )
