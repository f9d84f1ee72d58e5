"""Components of a vehicle, what their parts are made of, and the exchange rates that both are frozen at."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from catalogue.models import Family, Part
from catalogue.models.families import named, tracked
from integration import counting
from integration.models.policies import MOST, Policy, percent
from integration.models.programmes import OfProgrammeQuerySet, VehicleProgramme
from places.models import Country
from suppliers.models import Site
from suppliers.models.suppliers import DateRange

MONEY = "DZD"
AMOUNT = {"max_digits": 18, "decimal_places": 3}
CURRENCY = r"^[A-Z]{3}$"


class Evidence(models.TextChoices):
    """How far what is said was proved."""

    DECLARED = "declared", _("Declared")
    CHECKED = "checked", _("Checked on documents")
    AUDITED = "audited", _("Audited")


class ExchangeQuerySet(models.QuerySet):
    """Exchange rates, by currency and day."""

    def latest_on(self, currency, day):
        """Return the last rate of a currency up to a day, or None."""
        return self.filter(currency=currency, on__lte=day).order_by("-on", "-pk").first()


@tracked
class ExchangeRate(models.Model):
    """DZD for one unit of a currency on a day, with its source. A value names its rate, so that a new one moves nothing."""

    public = True

    currency = models.CharField(_("currency"), max_length=3)
    on = models.DateField(_("day"))
    rate = models.DecimalField(_("DZD for one unit"), max_digits=18, decimal_places=6)
    source = models.CharField(_("source"), max_length=200)
    version = models.PositiveIntegerField(default=1)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-on", "currency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "on", "source"],
                name="exchange_once",
                violation_error_message=_("This currency already has a rate of that day and source."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=CURRENCY) & ~Q(currency=MONEY),
                name="exchange_currency_form",
                violation_error_message=_("A currency has three capital letters, as in EUR; the dinar needs no rate."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lt=10**9),
                name="exchange_rate_positive",
                violation_error_message=_("A rate is above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="exchange_sourced",
                violation_error_message=_("Name the source of the rate."),
            ),
        ]

    def __str__(self):
        return f"1 {self.currency} = {self.rate.normalize():f} DZD, {self.on:%d/%m/%Y}, {self.source}"


def valued(prefix):
    """Return the constraints of a value with its currency: both or none, and a rate where it is not in DZD."""
    return [
        models.CheckConstraint(
            condition=Q(value=None) | Q(value__gte=0, value__lt=10**15),
            name=f"{prefix}_value_positive",
            violation_error_message=_("A value is zero or more."),
        ),
        models.CheckConstraint(
            condition=Q(currency=MONEY, exchange=None) | (~Q(currency=MONEY) & Q(exchange__isnull=False)),
            name=f"{prefix}_value_rated",
            violation_error_message=_("A value in another currency needs its exchange rate, one in DZD has none."),
        ),
    ]


class Valued(models.Model):
    """A value, its currency, and the exchange rate it is frozen at."""

    value = models.DecimalField(_("value"), null=True, blank=True, **AMOUNT)
    currency = models.CharField(_("currency"), max_length=3, default=MONEY)
    exchange = models.ForeignKey(
        ExchangeRate, verbose_name=_("exchange rate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def in_money(self):
        """Return the value in DZD at its frozen rate; None where there is none."""
        return self.value * self.exchange.rate if self.value is not None and self.exchange else self.value


class PartContentQuerySet(models.QuerySet):
    """Contents of parts, by day."""

    def visible_to(self, user):
        """Return those of the sites of this person's firms."""
        return self.within(scope(user))

    def within(self, firms):
        """Return those of the sites of some firms (a set of ids); None is everybody's."""
        return self if firms is None else self.filter(site__firm__in=firms)


@tracked
class PartContent(models.Model):
    """What a part of a supplier's site is made of, over a period (indicator B): its price and what was bought for it.

    `value` is P, ex works and before tax; `basis` says whether it is the price or the cost.
    """

    class Basis(models.TextChoices):
        PRICE = "price", _("ex-works price before tax")
        COST = "cost", _("ex-works cost before tax")

    part = models.ForeignKey(Part, verbose_name=_("part"), on_delete=models.PROTECT, related_name="contents")
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="contents")
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    basis = models.CharField(_("basis"), max_length=5, choices=Basis, default=Basis.PRICE)
    value = models.DecimalField(_("price or cost, in DZD"), **AMOUNT)
    evidence = models.CharField(_("evidence"), max_length=8, choices=Evidence, default=Evidence.DECLARED)
    version = models.PositiveIntegerField(default=1)

    objects = PartContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("content of a part")
        verbose_name_plural = _("contents of parts")
        ordering = ["-last_month", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "site", "first_month"],
                name="content_once",
                violation_error_message=_("The content of this part at this site from that month is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1, last_month__gte=F("first_month")),
                name="content_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, value__lt=10**15),
                name="content_price_positive",
                violation_error_message=_("A price is above zero."),
            ),
        ]

    def __str__(self):
        return f"{self.part} · {self.site}"


class OfContentQuerySet(models.QuerySet):
    """Rows that are seen by those who see their content."""

    def visible_to(self, user):
        """Return the rows of the contents this person may see."""
        return self.filter(content__in=PartContent.objects.visible_to(user))


@tracked
class ContentInput(Valued):
    """What was bought for one piece of a part: imported directly, or bought locally with some imported content in it."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("Imported directly")
        LOCAL = "local", _("Bought locally")

    content = models.ForeignKey(PartContent, on_delete=models.CASCADE, related_name="inputs")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("what"), max_length=120)
    imported_share = models.DecimalField(
        _("imported content, in %"),
        null=True,
        blank=True,
        help_text=_("Empty: not known. What is bought from an importer who resells is imported: 100."),
        **MOST,
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase for a part")
        verbose_name_plural = _("purchases for a part")
        ordering = ["content", "-kind", "pk"]
        constraints = [
            *valued("input"),
            percent("imported_share", "input_share_is_percent"),
            models.CheckConstraint(
                condition=Q(value__isnull=False), name="input_valued", violation_error_message=_("Give the value.")
            ),
            models.CheckConstraint(
                condition=Q(kind="local") | Q(imported_share=None),
                name="input_import_is_whole",
                violation_error_message=_("What is imported directly is imported whole: leave the share empty."),
            ),
        ]

    def __str__(self):
        return self.name


class ComponentQuerySet(OfProgrammeQuerySet):
    """Components, by day and by whose they are."""

    def visible_to(self, user):
        """Return the components of the programmes that a firm of this person makes, and those of its own sites."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the components that some firms (a set of ids) may know: their programmes', their sites'; None is all."""
        return self if firms is None else self.filter(Q(programme__maker__in=firms) | Q(site__firm__in=firms))

    def valid_on(self, day):
        """Return the rows valid on a day; an open start or end always is."""
        started = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(started & (Q(valid_to=None) | Q(valid_to__gt=day)))


@tracked
class Component(Valued):
    """An item of a programme's vehicle: who makes it, what it is worth in one vehicle, what it contributes, what proves it.

    What changes from a day on is a new row of the same code; the old one ends. So the rate of any day stays known.

    `value` is that of one piece, `quantity` how many a vehicle has. `parent`: the assembly that contains it. What a resident
    importer resells and what is packed here from imported parts is not made locally.
    """

    class Supply(models.TextChoices):
        LOCAL = counting.LOCAL, _("Made locally")
        RESOLD = counting.RESOLD, _("Resold by a resident importer")
        KIT = counting.KIT, _("Imported parts, packed locally")
        IMPORTED = counting.IMPORTED, _("Imported")
        UNKNOWN = counting.UNKNOWN, _("Not known")

    Evidence = Evidence

    programme = models.ForeignKey(VehicleProgramme, on_delete=models.PROTECT, related_name="components")
    code = models.SlugField(_("code"), max_length=40)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of the assembly"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    nature = models.CharField(_("nature"), max_length=12, choices=Policy.Nature, default=counting.ITEM)
    family = models.ForeignKey(
        Family, verbose_name=_("family"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    part = models.ForeignKey(
        Part, verbose_name=_("reference"), null=True, blank=True, on_delete=models.PROTECT, related_name="components"
    )
    supply = models.CharField(_("supply"), max_length=10, choices=Supply, default=Supply.IMPORTED)
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.PROTECT, related_name="components"
    )
    origin = models.ForeignKey(
        Country, verbose_name=_("country of origin"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.DecimalField(_("quantity in one vehicle"), default=1, **AMOUNT)
    contributive_rate = models.DecimalField(_("contributive rate, in %"), null=True, blank=True, **MOST)
    local_share = models.DecimalField(
        _("local share of a local item, in %"),
        null=True,
        blank=True,
        help_text=_("Where its content is not entered. Empty: not known."),
        **MOST,
    )
    content = models.ForeignKey(
        PartContent,
        verbose_name=_("content of the part"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="components",
    )
    evidence = models.CharField(_("evidence"), max_length=8, choices=Evidence, default=Evidence.DECLARED)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["programme", F("contributive_rate").desc(nulls_last=True), "code", "pk"]
        constraints = [
            ExclusionConstraint(
                name="component_once",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The programme already has a component with that code in these days."),
            ),
            percent("contributive_rate", "component_rate_is_percent"),
            percent("local_share", "component_share_is_percent"),
            *valued("component"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, quantity__lt=10**9),
                name="component_quantity_positive",
                violation_error_message=_("A quantity is above zero."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="component_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(site=None) | ~Q(supply__in=["imported", "unknown"]),
                name="component_site_is_resident",
                violation_error_message=_("What is imported, or of unknown supply, names no site."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="component_not_in_itself",
                violation_error_message=_("A component does not contain itself."),
            ),
            models.CheckConstraint(
                condition=Q(supply="local") | Q(local_share=None, content=None),
                name="component_content_is_local",
                violation_error_message=_("Only what is made locally has a local share."),
            ),
        ]

    def __str__(self):
        return self.name_fr

    def name_in(self, language):
        """Return the name in a language; in French where it has none in that language."""
        return named(self, language) or self.name_fr

    @property
    def made_locally(self):
        """Say whether it is made locally."""
        return self.supply == counting.LOCAL

    @property
    def amount(self):
        """Return its value in one vehicle, in DZD at the frozen rate; None where there is none."""
        return None if self.value is None else self.in_money * self.quantity
