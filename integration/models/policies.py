"""What a law counts: rules of calculation as dated data, with their steps and what follows from a missed one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE
from catalogue.models.families import named, tracked
from integration import counting
from places.models import Country

ALGERIA_2023 = "algeria_2023"
MOST = {"max_digits": 6, "decimal_places": 3}  # a percentage


def percent(field, name):
    """Return the constraint that a field is empty or a percentage."""
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": 100}),
        name=name,
        violation_error_message=_("A rate lies between 0 and 100 percent."),
    )


class PolicyQuerySet(models.QuerySet):
    """Rules of calculation, by method, market and day."""

    def in_force(self, method, day):
        """Return the rule of a method that a day falls under, or None."""
        return self.filter(method=method, valid_from__lte=day).order_by("-valid_from", "-pk").first()

    def law(self, day, market=None):
        """Return the rule that the law of a market sets on a day, whatever its method, or None."""
        rows = self.exclude(market=None) if market is None else self.filter(market=market)
        return rows.filter(valid_from__lte=day).order_by("-valid_from", "-pk").first()


@tracked
class Policy(models.Model):
    """A rule of calculation with its version and the day from which it counts: data, never a constant of the code.

    `market`: the country whose law it is, empty for an agreement of several. The options say how items are counted; what
    follows from a missed step are `missed_months` more months for it, with the supply programme cut by `missed_cut` percent,
    then (`missed_freeze`) a freeze until the rate is reached.
    """

    public = True

    class Method(models.TextChoices):
        ALGERIA_2023 = ALGERIA_2023, _("Sum of contributive rates (order of 17 August 2023)")
        ALGERIA_2017 = "algeria_2017", _("Ratio of local to all costs (specification of 2017)")
        AFCFTA = "afcfta", _("African content in value (AfCFTA)")

    class Tier2(models.TextChoices):
        ROLLED_UP = counting.ROLLED_UP, _("rolled up: a local item counts whole")
        DIRECT = counting.DIRECT, _("first tier: what its maker imports is taken off")
        ROLLED_DOWN = counting.ROLLED_DOWN, _("rolled down: imports inside local purchases are taken off too")

    class Nature(models.TextChoices):
        ITEM = counting.ITEM, _("Item of the vehicle")
        LABOUR = counting.LABOUR, _("Labour")
        COST = counting.COST, _("Other local cost")
        PACKAGING = counting.PACKAGING, _("Packaging")
        FASTENER = counting.FASTENER, _("Fasteners")
        FREIGHT = counting.FREIGHT, _("Freight after the gate")

    code = models.CharField(_("code"), max_length=40, unique=True)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    edition = models.CharField(_("version"), max_length=40)
    market = models.ForeignKey(
        Country, verbose_name=_("market"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    left_out = ArrayField(
        models.CharField(max_length=12, choices=Nature), verbose_name=_("left out"), default=list, blank=True
    )
    tier2 = models.CharField(_("second tier"), max_length=12, choices=Tier2, default=Tier2.ROLLED_UP)
    default_import = models.DecimalField(
        _("imported content where nothing is known, in %"), null=True, blank=True, **MOST
    )
    declared_most = models.DecimalField(_("most points on declarations alone"), null=True, blank=True, **MOST)
    covered_only = models.BooleanField(_("only what a paper in force covers counts"), default=False)
    missed_months = models.PositiveSmallIntegerField(_("more months after a missed step"), null=True, blank=True)
    missed_cut = models.DecimalField(_("cut of the supply programme meanwhile, in %"), null=True, blank=True, **MOST)
    missed_freeze = models.BooleanField(_("then frozen until the rate is reached"), default=False)
    missed_source = models.CharField(_("source of what follows"), max_length=300, blank=True)
    note_fr = models.TextField(_("note in French"), blank=True)
    note_ar = models.TextField(_("note in Arabic"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of calculation")
        verbose_name_plural = _("rules of calculation")
        ordering = ["-valid_from", "method", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "valid_from"],
                name="policy_once_a_day",
                violation_error_message=_("This method already has a rule from that day."),
            ),
            models.UniqueConstraint(
                fields=["market", "valid_from"],
                condition=Q(market__isnull=False),
                name="policy_one_law_a_day",
                violation_error_message=_("The law of this market already has a rule from that day."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="policy_sourced",
                violation_error_message=_("Name the source of the rule."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="policy_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            percent("default_import", "policy_default_is_percent"),
            percent("declared_most", "policy_ceiling_is_percent"),
            percent("missed_cut", "policy_cut_is_percent"),
        ]

    def __str__(self):
        return f"{self.code} {self.edition}"

    def note_in(self, language):
        """Return the note in a language."""
        return named(self, language, "note")

    @property
    def rule(self):
        """Return how it counts, for the engine."""
        return counting.Rule(
            basis=counting.POINTS if self.method == ALGERIA_2023 else counting.VALUE,
            left_out=frozenset(self.left_out),
            tier2=self.tier2,
            default_import=self.default_import,
            declared_most=self.declared_most,
            covered_only=self.covered_only,
            african=self.method == self.Method.AFCFTA,
        )


@tracked
class PolicyStep(models.Model):
    """A rate that must be reached some months after the approval of the model."""

    public = True

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="steps")
    months_after_approval = models.PositiveSmallIntegerField(_("months after the approval"))
    minimum_rate = models.DecimalField(_("minimum rate, in %"), **MOST)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["policy", "months_after_approval", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "months_after_approval"], name="policy_step_once"),
            models.CheckConstraint(
                condition=Q(minimum_rate__gt=0, minimum_rate__lte=100),
                name="policy_step_is_percent",
                violation_error_message=_("A minimum rate lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self):
        return f"{self.policy_id}: {self.months_after_approval} → {self.minimum_rate}"
