"""Papers that prove something of a site or a firm: certificates and approvals, when they were stopped, their audits."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Family, Part
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from suppliers.models.suppliers import Site, SitePlace, Supplier

SOON = 90  # days before its end in which a paper is said to end soon


@tracked
class Standard(models.Model):
    """What a paper is given under: a standard of management (ISO 9001), a regulation (UN R90), a maker's own rules."""

    public = True

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate of a site")
        APPROVAL = "approval", _("Approval of parts")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="standard_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            )
        ]

    def __str__(self):
        return self.name


class PaperQuerySet(models.QuerySet):
    """Papers in the words of the trade."""

    def visible_to(self, user):
        """Return the papers of the firms this person may see."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the papers of a set of firm ids; None: everybody's."""
        return self if firms is None else self.filter(firm__in=firms)

    def certificates(self):
        """Return those of sites."""
        return self.filter(standard__kind=Standard.Kind.CERTIFICATE)

    def running_on(self, day):
        """Return the accepted papers whose days hold this one, stopped or not."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), accepted=True, valid_from__lte=day)

    def valid_on(self, day):
        """Return the papers that prove something on a day: accepted, begun, not over, neither suspended nor withdrawn."""
        return self.running_on(day).exclude(pk__in=Stop.objects.on(day).values("paper"))

    def ending(self, first, last):
        """Return the accepted papers that end in these days and that no later paper renews."""
        renewed = Paper.objects.filter(accepted=True).exclude(renews=None).values("renews")
        return self.filter(accepted=True, valid_to__range=(first, last)).exclude(pk__in=renewed)

    def of_places_in(self, wilaya, day):
        """Return the papers of sites in a wilaya on a day."""
        places = SitePlace.objects.of_living_sites().valid_on(day).filter(wilaya=wilaya)
        return self.filter(site__in=places.values("site"))


@tracked
class Paper(models.Model):
    """A certificate (of one site and a scope, never of a company) or an approval (of references of a firm).

    A renewal is a paper of its own: what lies between two of them is covered by neither. `accepted`: an admin has seen it.
    """

    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="papers")
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    standard = models.ForeignKey(Standard, verbose_name=_("standard"), on_delete=models.PROTECT, related_name="papers")
    number = models.CharField(_("number"), max_length=60)
    body = models.CharField(_("issued by"), max_length=120)
    scope = models.CharField(_("scope"), max_length=300, blank=True)
    families = models.ManyToManyField(
        Family, verbose_name=_("families"), through="PaperFamily", blank=True, related_name="papers"
    )
    parts = models.ManyToManyField(
        Part, verbose_name=_("references"), through="PaperPart", blank=True, related_name="papers"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    renews = models.ForeignKey(
        "self", verbose_name=_("renews"), null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    accepted = models.BooleanField(_("accepted"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = [F("valid_to").asc(nulls_last=True), "pk"]
        indexes = [
            trigrams("paper_searched", "number", "body", "scope"),
            models.Index(fields=["valid_to"], name="paper_listed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "site", "standard", "number", "valid_from"],
                nulls_distinct=False,
                name="paper_once",
                violation_error_message=_("This paper is entered already."),
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="paper_numbered",
                violation_error_message=_("Give the number of the paper."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="paper_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(renews=None) | ~Q(renews=F("pk")),
                name="paper_renews_another",
                violation_error_message=_("A paper does not renew itself."),
            ),
        ]

    def __str__(self):
        return f"{self.standard} – {self.number}"

    def state_on(self, day):
        """Return what the paper is on a day: waiting, not_yet, withdrawn, suspended, expired, ending or valid.

        `stops` and `renewals` may be prefetched.
        """
        if not self.accepted:
            return "waiting"
        if self.valid_from > day:
            return "not_yet"
        stopped = [stop.kind for stop in self.stops.all() if stop.holds_on(day)]
        if stopped:
            return "withdrawn" if Stop.Kind.WITHDRAWN in stopped else "suspended"
        if self.valid_to and self.valid_to < day:
            return "expired"
        if self.valid_to and self.valid_to <= day + timedelta(days=SOON) and not self.renewals.all():
            return "ending"
        return "valid"

    @property
    def gap(self):
        """Return the days that lie between the paper it renews and itself; None where it renews none or none lies between."""
        if self.renews is None or self.renews.valid_to is None:
            return None
        days = (self.valid_from - self.renews.valid_to).days - 1
        return days if days > 0 else None


STATES = {
    "valid": _("valid"),
    "ending": _("ends soon"),
    "expired": _("expired"),
    "suspended": _("suspended"),
    "withdrawn": _("withdrawn"),
    "not_yet": _("not yet valid"),
    "waiting": _("waits to be accepted"),
}


class OfPaperQuerySet(models.QuerySet):
    """Rows that are seen by those who see their paper."""

    def visible_to(self, user):
        """Return the rows of the papers this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(paper__firm__in=allowed)


@tracked
class PaperFamily(models.Model):
    """A part family in the scope of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of a paper")
        ordering = ["paper", "family", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "family"], name="paper_family_once")]

    def __str__(self):
        return f"{self.paper_id}:{self.family_id}"


@tracked
class PaperPart(models.Model):
    """A reference of the test group of an approval."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="paper_parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference of an approval")
        ordering = ["paper", "part", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "part"], name="paper_part_once")]

    def __str__(self):
        return f"{self.paper_id}:{self.part_id}"


class StopQuerySet(OfPaperQuerySet):
    """Stops in the words of the trade."""

    def on(self, day):
        """Return the stops that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


@tracked
class Stop(models.Model):
    """A suspension (until a day, not included) or the withdrawal of a paper, and why."""

    class Kind(models.TextChoices):
        SUSPENDED = "suspended", _("Suspension")
        WITHDRAWN = "withdrawn", _("Withdrawal")

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=300)
    version = models.PositiveIntegerField(default=1)

    objects = StopQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension or withdrawal")
        verbose_name_plural = _("suspensions and withdrawals")
        ordering = ["paper", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="stop_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawn") | Q(until=None),
                name="withdrawal_has_no_end",
                violation_error_message=_("A withdrawal has no end: a paper that is given again is a new one."),
            ),
        ]

    def __str__(self):
        return f"{self.paper_id}:{self.kind}"

    def holds_on(self, day):
        """Say whether it holds on a day."""
        return self.since <= day and (self.until is None or self.until > day)


@tracked
class Audit(models.Model):
    """A surveillance audit of a paper: planned, done, with what result."""

    class Result(models.TextChoices):
        PASSED = "passed", _("Passed")
        FINDINGS = "findings", _("Passed with findings")
        FAILED = "failed", _("Not passed")

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="audits")
    planned_on = models.DateField(_("planned for"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("surveillance audit")
        verbose_name_plural = _("surveillance audits")
        ordering = ["paper", "planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, result="") | (Q(done_on__isnull=False) & ~Q(result="")),
                name="audit_done_has_result",
                violation_error_message=_(
                    "An audit that was done has its day and its result, another one has neither."
                ),
            )
        ]

    def __str__(self):
        return f"{self.paper_id}:{self.planned_on}"


def certified(day, firms=None, standard=""):
    """Return the suppliers that have a valid certificate of a site on a day, of a standard (its code) where one is given."""
    papers = Paper.objects.within(firms).certificates().valid_on(day)
    if standard:
        papers = papers.filter(standard__code=standard)
    return Supplier.objects.within(firms).known_on(day).filter(firm__in=papers.values("firm"))
