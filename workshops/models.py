"""The network: workshops, where they are, when they were members of a brand, and what they were given."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Brand
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from places.models import Commune, CommuneWilaya, Wilaya
from places.models.wilayas import DateRange
from places.vintages import vintage


class WorkshopQuerySet(models.QuerySet):
    """Workshops in the words of the trade."""

    def visible_to(self, user):
        """Return the workshops this person may see."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the workshops of some firms (a set of ids); None is everybody's."""
        return self if firms is None else self.filter(firm__in=firms)

    def active_on(self, day, brand=None):
        """Return the workshops that are members of a network on a day, or of one brand's."""
        return self.filter(Exists(_memberships(day, brand)))

    def with_membership(self, day):
        """Add `is_active` on a day, and of the last membership begun by then: `brand_name`, `joined_on`, `left_on`."""
        begun = Membership.objects.filter(Q(joined_on=None) | Q(joined_on__lte=day), workshop=OuterRef("pk"))
        last = begun.order_by(F("joined_on").desc(nulls_last=True), "-pk")
        return self.annotate(
            is_active=Exists(_memberships(day)),
            brand_name=Subquery(last.values("brand__name")[:1]),
            brand_name_ar=Subquery(last.values("brand__name_ar")[:1]),
            joined_on=Subquery(last.values("joined_on")[:1]),
            left_on=Subquery(last.values("left_on")[:1]),
        )

    def with_wilaya(self, number, on):
        """Add `wilaya_code`: the wilaya of each workshop's place of a day, as the 48, 58 or 69 wilayas divide it."""
        place = WorkshopPlace.objects.filter(workshop=OuterRef("pk")).valid_on(on).order_by("-valid_from", "-pk")
        newest = place.with_newest_wilaya().values("newest")[:1]
        return self.annotate(newest=Subquery(newest)).annotate(wilaya_code=_as_divided("newest", number))


@tracked
class Workshop(models.Model):
    """A garage that repairs under a brand's sign. `firm` runs it, where that is known."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_ar = models.CharField(_("name in Arabic script"), max_length=160, blank=True)
    firm = models.ForeignKey(
        Firm, verbose_name=_("operator"), null=True, blank=True, on_delete=models.PROTECT, related_name="workshops"
    )
    version = models.PositiveIntegerField(default=1)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["code", "pk"]
        indexes = [trigrams("workshop_searched", "code", "name", "name_ar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="workshop_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="workshop_named", violation_error_message=_("Give the workshop a name.")
            ),
        ]

    def __str__(self):
        return self.name

    def name_in(self, language):
        """Return the name in the script of a language: Arabic where there is one."""
        return self.name_ar if language == "ar" and self.name_ar else self.name


class OfWorkshopQuerySet(models.QuerySet):
    """Rows that are seen by those who see their workshop."""

    def visible_to(self, user):
        """Return the rows of the workshops this person may see."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the rows of some firms' workshops (a set of ids); None is everybody's."""
        return self if firms is None else self.filter(workshop__firm__in=firms)


class WorkshopPlaceQuerySet(OfWorkshopQuerySet):
    """Where workshops are, by day."""

    def valid_on(self, day):
        """Return the places valid on a day; an open start or end always is."""
        started = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(started & (Q(valid_to=None) | Q(valid_to__gt=day)))

    def with_newest_wilaya(self):
        """Add `newest`: the wilaya of the commune by its last law, else the wilaya of the place itself."""
        last = CommuneWilaya.objects.filter(commune=OuterRef("commune")).order_by("-valid_from", "-pk")
        commune = Subquery(last.values("wilaya_id")[:1])
        return self.annotate(newest=Coalesce(commune, F("wilaya_id"), output_field=models.CharField()))


@tracked
class WorkshopPlace(models.Model):
    """Where a workshop is, from a day to a day (not included).

    The commune, where one is named, decides: when a wilaya is split, only the workshops of the communes that
    leave go with them. `wilaya` speaks for workshops whose commune is not named.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="places")
    wilaya = models.ForeignKey(Wilaya, verbose_name=_("wilaya"), on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WorkshopPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a workshop")
        ordering = ["workshop", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="workshop_place_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            ExclusionConstraint(
                name="workshop_place_one_at_a_time",
                expressions=[
                    ("workshop", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("A workshop is in one place at a time: end the earlier place first."),
            ),
        ]

    def __str__(self):
        return f"{self.workshop} – {self.wilaya_id}"


class MembershipQuerySet(OfWorkshopQuerySet):
    """Memberships, by day."""

    def valid_on(self, day):
        """Return the memberships of a day; one whose start is not known began before every day."""
        joined = Q(joined_on=None) | Q(joined_on__lte=day)
        return self.filter(joined & (Q(left_on=None) | Q(left_on__gt=day)))


@tracked
class Membership(models.Model):
    """An episode: a workshop was a member of a brand's network from a day to a day (not included)."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="memberships")
    brand = models.ForeignKey(Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    why = models.CharField(_("why it left"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["workshop", "joined_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(left_on=None) | Q(left_on__gt=F("joined_on")),
                name="membership_in_order",
                violation_error_message=_("A workshop leaves after it joined."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, why="") | (Q(left_on__isnull=False) & ~Q(why="")),
                name="membership_end_explained",
                violation_error_message=_("Give both the day it left and why, or neither."),
            ),
            ExclusionConstraint(
                name="membership_one_at_a_time",
                expressions=[
                    ("workshop", RangeOperators.EQUAL),
                    ("brand", RangeOperators.EQUAL),
                    (DateRange("joined_on", "left_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This workshop is already a member then: end the earlier membership first."),
            ),
        ]

    def __str__(self):
        return f"{self.workshop} – {self.brand}"


@tracked
class Training(models.Model):
    """A training session. `hours` is its length; hours of trainees are hours x attendees, where they were counted."""

    title = models.CharField(_("title"), max_length=160)
    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    day = models.DateField(_("day"), null=True, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=8, decimal_places=2)
    attendees = models.PositiveIntegerField(_("attendees"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["-day", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lt=10**15),
                name="training_hours_positive",
                violation_error_message=_("The hours must be above zero."),
            )
        ]

    def __str__(self):
        return self.title


@tracked
class RollOut(models.Model):
    """A piece of equipment promised to a workshop: planned for a day, delivered on a day."""

    class Kind(models.TextChoices):
        DIAGNOSTIC = "diagnostic", _("Diagnostic tool")
        LIFT = "lift", _("Lift")
        OTHER = "other", _("Other equipment")

    workshop = models.ForeignKey(
        Workshop, verbose_name=_("workshop"), on_delete=models.PROTECT, related_name="roll_outs"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DIAGNOSTIC)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfWorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-out of equipment")
        verbose_name_plural = _("roll-out of equipment")
        ordering = ["planned_on", "workshop", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(delivered_on__isnull=False),
                name="roll_out_dated",
                violation_error_message=_("Give the day it is planned for, or the day it was delivered."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.workshop}"


def _memberships(day, brand=None):
    rows = Membership.objects.filter(workshop=OuterRef("pk")).valid_on(day)
    return rows if brand is None else rows.filter(brand__code=brand)


def _as_divided(newest, number):
    """Return the expression that puts a wilaya made later back into the one it was part of in a vintage."""
    legal = vintage(number).legal_from
    divided = Case(
        When(legal_from__lte=legal, then=F("code")),
        When(parent__legal_from__lte=legal, then=F("parent_id")),
        default=F("parent__parent_id"),
        output_field=models.CharField(),
    )
    return Subquery(Wilaya.objects.filter(code=OuterRef(newest)).annotate(divided=divided).values("divided")[:1])
