"""Quality: first samples of parts for a customer (PPAP), complaints and returns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models import Family, Part
from catalogue.models.families import tracked
from suppliers.models.suppliers import Site


class OfSiteQuerySet(models.QuerySet):
    """Rows about a site: seen by those who see its firm."""

    def visible_to(self, user):
        """Return the rows about the sites of the firms this person may see."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the rows about sites of a set of firm ids; None: everybody's."""
        return self if firms is None else self.filter(site__firm__in=firms)


@tracked
class Ppap(models.Model):
    """A submission of a part, in a revision, from a site to a customer. `level` 1 to 5: how much is submitted, no score."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        INTERIM = "interim", _("Interim approval")
        REJECTED = "rejected", _("Rejected")

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="ppaps")
    part = models.ForeignKey(Part, verbose_name=_("part"), on_delete=models.PROTECT, related_name="ppaps")
    revision = models.CharField(_("revision"), max_length=20, blank=True)
    customer = models.ForeignKey(Firm, verbose_name=_("customer"), on_delete=models.PROTECT, related_name="ppaps")
    level = models.PositiveSmallIntegerField(_("level"), choices=[(n, str(n)) for n in range(1, 6)], default=3)
    submitted_on = models.DateField(_("submitted on"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.PENDING)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    interim_until = models.DateField(_("interim approval until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfSiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("PPAP")
        verbose_name_plural = _("PPAP")
        ordering = ["-submitted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "part", "revision", "customer", "submitted_on"],
                name="ppap_once_a_day",
                violation_error_message=_("This submission is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="pending", decided_on=None)
                | (~Q(decision="pending") & Q(decided_on__isnull=False)),
                name="ppap_decided_on_a_day",
                violation_error_message=_("A decision has its day; a submission that waits has none."),
            ),
            models.CheckConstraint(
                condition=Q(decision="interim", interim_until__isnull=False)
                | (~Q(decision="interim") & Q(interim_until=None)),
                name="ppap_interim_has_an_end",
                violation_error_message=_("An interim approval has a last day, other decisions have none."),
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="ppap_level_one_to_five"),
        ]

    def __str__(self):
        return f"{self.part_id}:{self.customer_id}"


@tracked
class Complaint(models.Model):
    """A complaint or a return about parts of a site."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        RETURN = "return", _("Return")
        WARRANTY = "warranty", _("Warranty case")

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="complaints")
    family = models.ForeignKey(Family, verbose_name=_("family"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COMPLAINT)
    received_on = models.DateField(_("received on"))
    quantity = models.DecimalField(_("quantity, in pieces"), max_digits=18, decimal_places=3)
    customer = models.ForeignKey(
        Firm, verbose_name=_("customer"), null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    defect = models.CharField(_("defect"), max_length=300)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfSiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0, quantity__lt=10**15),
                name="complaint_quantity_not_negative",
                violation_error_message=_("A quantity is 0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("received_on")),
                name="complaint_in_order",
                violation_error_message=_("It cannot be closed before it was received."),
            ),
        ]

    def __str__(self):
        return self.defect
