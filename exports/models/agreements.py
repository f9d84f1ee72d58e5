"""Export agreements: kind and state, parties with their roles, countries and families."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm, scope
from catalogue.models import Family
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from places.models import Country

CURRENCY = r"^[A-Z]{3}$"


class Incoterm(models.TextChoices):
    """The rules of Incoterms 2020: which costs a value holds."""

    EXW = "EXW", "EXW"
    FCA = "FCA", "FCA"
    CPT = "CPT", "CPT"
    CIP = "CIP", "CIP"
    DAP = "DAP", "DAP"
    DPU = "DPU", "DPU"
    DDP = "DDP", "DDP"
    FAS = "FAS", "FAS"
    FOB = "FOB", "FOB"
    CFR = "CFR", "CFR"
    CIF = "CIF", "CIF"


def currency_known(field):
    """The condition that a currency is empty or three capital letters."""
    return Q(**{field: ""}) | Q(**{f"{field}__regex": CURRENCY})


class AgreementQuerySet(models.QuerySet):
    """Agreements in the words of the trade."""

    def visible_to(self, user):
        """Return the agreements that a firm of this person is a party to."""
        return self.within(scope(user))

    def within(self, firms):
        """Return the agreements of some firms (a set of ids); None is everybody's."""
        if firms is None:
            return self
        return self.filter(pk__in=AgreementParty.objects.filter(firm__in=firms).values("agreement"))

    def binding(self):
        """Return the agreements that bind: signed, or over; a memorandum or a letter of intent never does."""
        return self.filter(state__in=Agreement.BINDING).exclude(kind__in=Agreement.NO_CONTRACT)


@tracked
class Agreement(models.Model):
    """An export agreement. What it commits to and what was shipped stand in rows of their own."""

    class Kind(models.TextChoices):
        EXPORT_SUPPORT = "export_support", _("Export support")
        SUPPLY = "supply", _("Supply")
        FRAMEWORK = "framework", _("Framework agreement")
        MEMORANDUM = "memorandum", _("Memorandum")
        INTENT = "intent", _("Letter of intent")

    class State(models.TextChoices):
        PREPARATION = "preparation", _("In preparation")
        SIGNED = "signed", _("Signed")
        ENDED = "ended", _("Ended")
        CANCELLED = "cancelled", _("Cancelled")

    BINDING = (State.SIGNED, State.ENDED)
    NO_CONTRACT = (Kind.MEMORANDUM, Kind.INTENT)

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.EXPORT_SUPPORT)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARATION)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    place = models.CharField(_("place of signature"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    incoterm = models.CharField(_("Incoterm 2020"), max_length=3, choices=Incoterm, blank=True)
    incoterm_place = models.CharField(_("Incoterm place"), max_length=120, blank=True)
    aim = models.TextField(_("aim"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), through="AgreementCountry", blank=True, related_name="agreements"
    )
    families = models.ManyToManyField(
        Family, verbose_name=_("families"), through="AgreementFamily", blank=True, related_name="agreements"
    )
    firms = models.ManyToManyField(Firm, verbose_name=_("parties"), through="AgreementParty", related_name="agreements")
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("export agreement")
        verbose_name_plural = _("export agreements")
        ordering = ["code", "pk"]
        indexes = [trigrams("agreement_searched", "code", "title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="agreement_code_form",
                violation_error_message=_("A code has letters, digits, dots, dashes or underscores only."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="agreement_titled",
                violation_error_message=_("Give the agreement a title."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="agreement_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=currency_known("currency"),
                name="agreement_currency_form",
                violation_error_message=_("A currency has three capital letters, as in EUR."),
            ),
            models.CheckConstraint(
                condition=Q(incoterm_place="") | ~Q(incoterm=""),
                name="agreement_place_of_incoterm",
                violation_error_message=_("Choose the Incoterm that the place belongs to."),
            ),
        ]

    def __str__(self):
        return self.title


class OfAgreementQuerySet(models.QuerySet):
    """Rows that are seen by those who see their agreement."""

    def visible_to(self, user):
        """Return the rows of the agreements this person may see."""
        return self.of(Agreement.objects.visible_to(user))

    def of(self, agreements):
        """Return the rows of some agreements."""
        return self.filter(agreement__in=agreements)


@tracked
class AgreementCountry(models.Model):
    """A country that an agreement is for. An agreement without countries names none."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="agreement_countries")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("country of an agreement")
        ordering = ["agreement", "country", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "country"], name="agreement_country_once")]

    def __str__(self):
        return f"{self.agreement_id}:{self.country_id}"


@tracked
class AgreementFamily(models.Model):
    """A part family that an agreement covers."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="agreement_families")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("family of an agreement")
        ordering = ["agreement", "family", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "family"], name="agreement_family_once")]

    def __str__(self):
        return f"{self.agreement_id}:{self.family_id}"


@tracked
class AgreementParty(models.Model):
    """A firm that signs, in a role: who helps to export is not who buys."""

    class Role(models.TextChoices):
        EXPORTER = "exporter", _("Exporter")
        FACILITATOR = "facilitator", _("Export facilitator")
        BUYER = "buyer", _("Buyer")
        BRAND = "brand", _("Brand owner")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.PROTECT, related_name="agreement_parties")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    version = models.PositiveIntegerField(default=1)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "role", "firm__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "firm", "role"],
                name="agreement_party_once",
                violation_error_message=_("This firm already has that role in the agreement."),
            )
        ]

    def __str__(self):
        return f"{self.firm} – {self.get_role_display()}"
