"""What is known of a firm besides its names: roles, registered office, legal numbers, contacts."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, scope
from catalogue.models.families import tracked
from partstrack.searching import trigrams
from places.models import Wilaya
from suppliers.models.suppliers import DateRange


class OfFirmQuerySet(models.QuerySet):
    """Rows that are seen by those who see their firm."""

    def visible_to(self, user):
        """Return the rows of the firms this person may see."""
        allowed = scope(user)
        return self if allowed is None else self.filter(firm__in=allowed)

    def valid_on(self, day):
        """Return the episodes valid on a day; an open start or end always is."""
        started = Q(since=None) | Q(since__lte=day)
        return self.filter(started & (Q(until=None) | Q(until__gt=day)))


@tracked
class FirmRole(models.Model):
    """What a firm is in the trade, from a day to a day (not included). A firm has several roles at a time."""

    class Role(models.TextChoices):
        MAKER = "maker", _("Maker of parts")
        BRAND = "brand", _("Brand owner")
        DISTRIBUTOR = "distributor", _("Distributor")
        VEHICLE_MAKER = "vehicle_maker", _("Vehicle maker")
        SUBCONTRACTOR = "subcontractor", _("Sub-contractor")
        PRINCIPAL = "principal", _("Principal of sub-contracts")
        FACILITATOR = "facilitator", _("Facilitator")
        AUTHORITY = "authority", _("Authority")

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=14, choices=Role)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a firm")
        verbose_name_plural = _("roles of firms")
        ordering = ["firm", "role", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gt=F("since")),
                name="firm_role_in_order",
                violation_error_message=_("The end must come after the start."),
            ),
            ExclusionConstraint(
                name="firm_role_once_at_a_time",
                expressions=[
                    ("firm", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRange("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The firm has this role already in these days."),
            ),
        ]

    def __str__(self):
        return f"{self.firm_id}:{self.role}"


@tracked
class Registration(models.Model):
    """The legal person behind a firm and its registered office, which may lie elsewhere than its plants."""

    firm = models.OneToOneField(Firm, on_delete=models.PROTECT, related_name="registration")
    legal_form = models.CharField(_("legal form"), max_length=20, blank=True)
    wilaya = models.ForeignKey(
        Wilaya, verbose_name=_("wilaya of the registered office"), null=True, blank=True, on_delete=models.PROTECT
    )
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered office")
        verbose_name_plural = _("registered offices")
        ordering = ["firm", "pk"]

    def __str__(self):
        return f"{self.firm_id}"


def with_roles(firms, day):
    """Add `role_codes` to firms: their roles on a day; None without one."""
    roles = FirmRole.objects.valid_on(day).filter(firm=OuterRef("pk")).order_by().values("firm")
    return firms.annotate(
        role_codes=Subquery(roles.annotate(codes=ArrayAgg("role", distinct=True, order_by="role")).values("codes"))
    )


REGISTER = r"^[0-9]{2}/[0-9]{2}-[0-9]{7}[A-Z][0-9]{2}$"
FIFTEEN = r"^[0-9]{15}$"


@tracked
class LegalNumber(models.Model):
    """A number under which the State knows a firm: trade register, tax, statistics."""

    class Kind(models.TextChoices):
        RC = "RC", _("Trade register (RC)")
        NIF = "NIF", _("Tax number (NIF)")
        NIS = "NIS", _("Statistical number (NIS)")

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="legal_numbers")
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    number = models.CharField(_("number"), max_length=24)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal number")
        verbose_name_plural = _("legal numbers")
        ordering = ["firm", "kind", "pk"]
        indexes = [trigrams("legal_number_searched", "number")]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "kind"],
                name="legal_number_one_of_a_kind",
                violation_error_message=_("The firm has a number of this kind already: change that one."),
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="legal_number_of_one_firm",
                violation_error_message=_("Another firm has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="RC") | Q(number__regex=REGISTER),
                name="legal_number_rc_form",
                violation_error_message=_("A number of the trade register is written 16/00-0012345B09."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="NIF") | Q(number__regex=FIFTEEN),
                name="legal_number_nif_form",
                violation_error_message=_("A tax number (NIF) has 15 digits."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="NIS") | Q(number__regex=FIFTEEN),
                name="legal_number_nis_form",
                violation_error_message=_("A statistical number (NIS) has 15 digits."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}"


@tracked
class Contact(models.Model):
    """A person of a firm, and what to speak with them about."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["firm", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="contact_named", violation_error_message=_("Give the person's name.")
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="contact_reachable",
                violation_error_message=_("Give an e-mail address or a telephone number."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^[+0-9][0-9 ()./-]{4,}$"),
                name="contact_phone_form",
                violation_error_message=_("A telephone number has digits, spaces and a leading + only."),
            ),
        ]

    def __str__(self):
        return self.name
