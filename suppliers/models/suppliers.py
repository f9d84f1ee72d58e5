"""Who makes the parts: suppliers, their sites, and where the sites are."""

import pghistory
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CODE, Firm, scope
from partstrack.searching import trigrams
from places.models import Wilaya


class DateRange(Func):
    """PostgreSQL's daterange(from, to, '[)')."""

    function = "daterange"
    output_field = DateRangeField()


class SupplierQuerySet(models.QuerySet):
    """Suppliers in the words of the trade."""

    def visible_to(self, user):
        """Return the suppliers this person may see."""
        return self.within(scope(user))

    def within(self, allowed):
        """Return the suppliers of a set of firm ids; None: all."""
        return self if allowed is None else self.filter(firm__in=allowed)

    def active(self):
        """Return suppliers that are not archived."""
        return self.filter(archived_at=None)

    def known_on(self, day):
        """Return suppliers that are not archived, that are one firm, and that did not join after a day."""
        return self.active().filter(Q(joined_on=None) | Q(joined_on__lte=day), firm__merged_into=None)

    def at_work_on(self, day):
        """Return those known on a day whose status was active on it.

        A supplier's own status is its last one; only where it changed after the day is the one of the day looked up.
        """
        changed = StatusSpan.objects.filter(since__gt=day).values("supplier")
        then = StatusSpan.objects.filter(Q(since=None) | Q(since__lte=day), supplier=OuterRef("pk"))
        last = then.order_by(F("since").desc(nulls_last=True), "-pk").values("status")[:1]
        active = Supplier.Status.ACTIVE
        rows = self.known_on(day).annotate(status_then=Subquery(last))
        return rows.filter(~Q(pk__in=changed) & Q(status=active) | Q(pk__in=changed) & Q(status_then=active))

    def in_wilaya(self, code, on):
        """Return suppliers that have a site in a wilaya on a day."""
        return self.filter(
            firm__in=SitePlace.objects.of_living_sites().valid_on(on).filter(wilaya=code).values("site__firm")
        )

    def with_sites(self, on):
        """Add `site_count` and `wilaya_codes`: how many sites, and in which wilayas they are on a day."""
        sites = Site.objects.living().filter(firm=OuterRef("firm")).order_by().values("firm")
        places = SitePlace.objects.of_living_sites().valid_on(on).filter(site__firm=OuterRef("firm"))
        codes = (
            places.order_by().values("site__firm").annotate(codes=ArrayAgg("wilaya", distinct=True, order_by="wilaya"))
        )
        return self.annotate(
            site_count=Coalesce(Subquery(sites.annotate(count=Count("pk")).values("count")), 0),
            wilaya_codes=Subquery(codes.values("codes")),
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Supplier(models.Model):
    """A firm that makes parts. Its code is its firm's."""

    class Status(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        ENDED = "ended", pgettext_lazy("a supplier", "Ended")

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        ARABIC = "ar", _("Arabic")
        ENGLISH = "en", _("English")

    firm = models.OneToOneField(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="supplier")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    email = models.EmailField(_("contact e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["firm__name", "pk"]

    def __str__(self):
        return self.firm.name

    def name_in(self, language):
        """Return the name of its firm in the script of a language."""
        return self.firm.name_in(language)


class StatusQuerySet(models.QuerySet):
    """The statuses of suppliers, by day."""

    def visible_to(self, user):
        """Return the statuses of the suppliers this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(supplier__firm__in=allowed)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class StatusSpan(models.Model):
    """A supplier's status from a day on, and why; it ends with the next one. The last one is the supplier's own `status`."""

    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="statuses")
    status = models.CharField(_("status"), max_length=10, choices=Supplier.Status)
    since = models.DateField(_("since"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("status of a supplier")
        verbose_name_plural = _("statuses of suppliers")
        ordering = ["supplier", F("since").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "since"],
                name="status_one_a_day",
                nulls_distinct=False,
                violation_error_message=_("The status changed on this day already."),
            )
        ]

    def __str__(self):
        return f"{self.supplier_id}:{self.status}"


class SiteQuerySet(models.QuerySet):
    """Sites in the words of the trade."""

    def visible_to(self, user):
        """Return the sites of the firms this person may see."""
        return self.within(scope(user))

    def within(self, allowed):
        """Return the sites of a set of firm ids; None: all."""
        return self if allowed is None else self.filter(firm__in=allowed)

    def living(self):
        """Return sites that were neither archived nor merged into another."""
        return self.filter(archived_at=None, merged_into=None)

    def with_wilaya(self, on):
        """Add `wilaya_code`: where each site is on a day."""
        place = SitePlace.objects.filter(site=OuterRef("pk")).valid_on(on).order_by("-valid_from", "-pk")
        return self.annotate(wilaya_code=Subquery(place.values("wilaya_id")[:1]))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Site(models.Model):
    """A plant of a firm: what declares, month by month.

    A plant that changed hands goes on as a site of its new firm: it `continues` the old one since a month; `continues_v`:
    the data version that wrote it.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_ar = models.CharField(_("name in Arabic script"), max_length=160, blank=True)
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="sites")
    continues = models.OneToOneField(
        "self", verbose_name=_("continues"), null=True, editable=False, on_delete=models.PROTECT, related_name="goes_on"
    )
    continues_since = models.DateField(_("handed over from"), null=True, editable=False)
    continues_v = models.BigIntegerField(null=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    version = models.PositiveIntegerField(default=1)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name"], name="site_by_name"),
            trigrams("site_searched", "code", "name", "name_ar"),
            models.Index(fields=["continues_v"], condition=Q(continues_v__isnull=False), name="site_handed_over_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="site_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="site_named", violation_error_message=_("Give the site a name.")
            ),
            models.CheckConstraint(
                condition=Q(continues=None, continues_since=None)
                | Q(continues__isnull=False, continues_since__day=1) & ~Q(continues=F("pk")),
                name="site_continues_since_a_month",
                violation_error_message=_("A site that continues another does so from a month on."),
            ),
        ]

    def __str__(self):
        return self.name

    def name_in(self, language):
        """Return the name in the script of a language: Arabic where there is one."""
        return self.name_ar if language == "ar" and self.name_ar else self.name


class SitePlaceQuerySet(models.QuerySet):
    """Where sites are, by day."""

    def visible_to(self, user):
        """Return the places of the sites this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(site__firm__in=allowed)

    def of_living_sites(self):
        """Return the places of sites that were neither archived nor merged into another."""
        return self.filter(site__archived_at=None, site__merged_into=None)

    def valid_on(self, day):
        """Return the places valid on a day; an open start or end always is."""
        started = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(started & (Q(valid_to=None) | Q(valid_to__gt=day)))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SitePlace(models.Model):
    """A site's wilaya from a day to a day (not included): an episode, since wilayas are split and plants move."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="places")
    wilaya = models.ForeignKey(Wilaya, verbose_name=_("wilaya"), on_delete=models.PROTECT)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = SitePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of a site")
        ordering = ["site", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="site_place_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            ExclusionConstraint(
                name="site_place_one_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("A site is in one wilaya at a time: end the earlier place first."),
            ),
        ]

    def __str__(self):
        return f"{self.site} – {self.wilaya_id}"
