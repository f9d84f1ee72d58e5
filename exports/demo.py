"""The invented export agreement of the demonstration: 12,000 pieces in a year, of which 1,800 left by August 2026."""

from datetime import date
from decimal import Decimal

from accounts.models import Firm
from catalogue.models import Family, HsCode
from exports.models import Agreement, AgreementParty, Commitment, Incoterm, Shipment
from places.models import Country

CODE = "EXP-A"
FIRMS = (
    ("exportateur-a", "Exportateur A", "المصدّر أ", AgreementParty.Role.EXPORTER),
    ("facilitateur-a", "Facilitateur A", "الوسيط أ", AgreementParty.Role.FACILITATOR),
    ("acheteur-a", "Acheteur A", "المشتري أ", AgreementParty.Role.BUYER),
)
# day, invoice, customs code, quantity, value, country
SHIPMENTS = (
    (date(2026, 7, 23), "FA-2026-0711", "8708.30", 500, "1845000", "SN"),
    (date(2026, 8, 19), "FA-2026-0804", "8708.30", 1300, "4797000", "CI"),
    (date(2026, 9, 10), "FA-2026-0902", "8708.30", 240, "885600", "SN"),
)


def load(door):
    """Load the agreement inside an open write."""
    agreement = Agreement.objects.create(
        code=CODE,
        title="Accord d’exportation A",
        kind=Agreement.Kind.EXPORT_SUPPORT,
        state=Agreement.State.SIGNED,
        signed_on=date(2026, 6, 14),
        place="Alger",
        valid_from=date(2026, 7, 1),
        valid_to=date(2027, 6, 30),
        currency="DZD",
        incoterm=Incoterm.FOB,
        incoterm_place="Alger",
    )
    agreement.countries.set(Country.objects.filter(code__in=("CI", "MR", "SN")))
    agreement.families.set(Family.objects.filter(code__in=("brakes", "filters")))
    for code, name, name_ar, role in FIRMS:
        firm, _fresh = Firm.objects.get_or_create(code=code, defaults={"name": name, "name_ar": name_ar})
        AgreementParty.objects.create(agreement=agreement, firm=firm, role=role)
    Commitment.objects.create(
        agreement=agreement, first=date(2026, 7, 1), last=date(2027, 6, 1), quantity=Decimal(12000)
    )
    _ship(agreement)


def _ship(agreement):
    brakes, codes = Family.objects.get(code="brakes"), {hs.code: hs for hs in HsCode.objects.filter(edition=2022)}
    for day, invoice, hs, quantity, value, country in SHIPMENTS:
        Shipment.objects.create(
            agreement=agreement,
            day=day,
            invoice=invoice,
            hs=codes[hs],
            family=brakes,
            quantity=Decimal(quantity),
            value=Decimal(value),
            currency="DZD",
            incoterm=Incoterm.FOB,
            country_id=country,
        )
