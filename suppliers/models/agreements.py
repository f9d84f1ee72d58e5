"""What was agreed with suppliers and partners: agreements, their parties and families."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Family
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from suppliers.models.events import FIRST_YEAR, LAST_YEAR, Event


class AgreementQuerySet(models.QuerySet):
    """Agreements in the words of the trade."""

    def visible_to(self, user):
        """Return the agreements that a firm of this person is a party to."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the agreements of some firms (a set of ids); None is everybody's."""
        return self if firms is None else self.of_firms(firms)

    def of_firms(self, firms):
        """Return the agreements that one of these firms is a party to."""
        return self.filter(pk__in=Party.objects.filter(firm__in=firms).values("agreement"))

    def contracts(self):
        """Return the agreements that were signed, but for those that bind nobody: memoranda, intents, road maps and others."""
        signed = self.filter(state__in=(Agreement.State.SIGNED, Agreement.State.ENDED))
        return signed.exclude(binding=False).exclude(kind__in=Agreement.NO_CONTRACT)

    def signed_between(self, first, last):
        """Return those signed on a day of a span; where only the year is known, when the span holds the whole year."""
        years = [year for year in range(first.year, last.year + 1) if _whole(year, first, last)]
        return self.filter(Q(signed_on__range=(first, last)) | Q(signed_on=None, signed_year__in=years))

    def in_force_on(self, day):
        """Return the contracts in force on a day: signed, begun, not over. Without a day of signature the state says it."""
        signed = Q(signed_on__lte=day) | Q(signed_on=None, state=Agreement.State.SIGNED)
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        going_on = (Q(valid_to=None) | Q(valid_to__gte=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))
        return self.contracts().filter(signed, begun, going_on)


def _whole(year, first, last):
    return (first.year, first.month, first.day) <= (year, 1, 1) and (year, 12, 31) <= (last.year, last.month, last.day)


@tracked
class Agreement(models.Model):
    """What parties agreed on, or mean to. `binding`: whether it binds, None where that is not said; some kinds never do."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("Memorandum")
        INTENT = "intent", _("Letter of intent")
        ROAD_MAP = "road_map", _("Road map")
        FRAMEWORK = "framework", _("Framework agreement")
        SUPPLY = "supply", _("Supply")
        SUBCONTRACTING = "subcontracting", _("Subcontracting")
        CO_DEVELOPMENT = "co_development", _("Co-development")
        TRANSFER = "transfer", _("Technology transfer")
        EXPORT_SUPPORT = "export_support", _("Export support")
        INVESTMENT = "investment", _("Investment")
        UNSAID = "unsaid", _("Kind not said")

    class State(models.TextChoices):
        PREPARATION = "preparation", _("In preparation")
        SIGNED = "signed", _("Signed")
        ENDED = "ended", _("Ended")
        CANCELLED = "cancelled", _("Cancelled")

    NO_CONTRACT = ("memorandum", "intent", "road_map")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    binding = models.BooleanField(_("binding"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARATION)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_year = models.PositiveSmallIntegerField(_("year of signature"), null=True, blank=True)
    place = models.CharField(_("place of signature"), max_length=120, blank=True)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event where it was signed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    amends = models.ForeignKey(
        "self", verbose_name=_("amends"), null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    families = models.ManyToManyField(
        Family, verbose_name=_("families"), through="Coverage", blank=True, related_name="supplier_agreements"
    )
    aim = models.TextField(_("aim"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [F("signed_on").desc(nulls_last=True), "code", "pk"]
        indexes = [
            trigrams("deal_searched", "code", "title"),
            models.Index(F("signed_on").desc(nulls_last=True), "code", name="deal_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="deal_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="deal_titled", violation_error_message=_("Give the agreement a title.")
            ),
            models.CheckConstraint(
                condition=Q(binding=None) | Q(binding=False) | ~Q(kind__in=("memorandum", "intent", "road_map")),
                name="deal_memorandum_is_no_contract",
                violation_error_message=_(
                    "A memorandum, a letter of intent or a road map is no contract: it is not binding."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="deal_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signed_year=None) | Q(signed_on__year=F("signed_year")),
                name="deal_signed_in_its_year",
                violation_error_message=_("The day of signature is not in that year."),
            ),
            models.CheckConstraint(
                condition=Q(signed_year=None) | Q(signed_year__range=(FIRST_YEAR, LAST_YEAR)),
                name="deal_year_likely",
                violation_error_message=_("Give the year in four digits."),
            ),
            models.CheckConstraint(
                condition=~Q(state="preparation") | Q(signed_on=None, signed_year=None),
                name="deal_prepared_is_not_signed",
                violation_error_message=_("What is in preparation has no day or year of signature."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(state__in=("ended", "cancelled")),
                name="deal_ended_says_so",
                violation_error_message=_("Who gives a day of ending chooses the state “Ended” or “Cancelled”."),
            ),
            models.CheckConstraint(
                condition=Q(amends=None) | ~Q(amends=F("pk")),
                name="deal_amends_another",
                violation_error_message=_("An agreement does not amend itself."),
            ),
        ]

    def __str__(self):
        return self.title


class OfAgreementQuerySet(models.QuerySet):
    """Rows that are seen by those who see their agreement."""

    def visible_to(self, user):
        """Return the rows of the agreements this person may see."""
        return self if scope(user) is None else self.filter(agreement__in=Agreement.objects.visible_to(user))


@tracked
class Coverage(models.Model):
    """A part family that an agreement covers."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="coverages")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of an agreement")
        ordering = ["agreement", "family", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "family"], name="deal_family_once")]

    def __str__(self):
        return f"{self.agreement_id}:{self.family_id}"


@tracked
class Party(models.Model):
    """A firm that agrees, in a role."""

    class Role(models.TextChoices):
        SUPPLIER = "supplier", _("Supplier")
        BRAND = "brand", _("Brand owner")
        VEHICLE_MAKER = "vehicle_maker", _("Vehicle maker")
        DISTRIBUTOR = "distributor", _("Distributor")
        PARTNER = "partner", _("Technical partner")
        PRINCIPAL = "principal", _("Principal of sub-contracts")
        SUBCONTRACTOR = "subcontractor", _("Sub-contractor")
        FACILITATOR = "facilitator", _("Facilitator")
        AUTHORITY = "authority", _("Authority")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="agreed")
    role = models.CharField(_("role"), max_length=14, choices=Role)
    version = models.PositiveIntegerField(default=1)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "role", "firm__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "firm", "role"],
                name="deal_party_once",
                violation_error_message=_("This firm already has that role in the agreement."),
            )
        ]

    def __str__(self):
        return f"{self.agreement_id}:{self.firm_id}"
