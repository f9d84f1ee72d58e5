"""Short ways to make agreements."""

from datetime import date
from decimal import Decimal

from accounts.models import Firm
from exports.models import Agreement, AgreementParty, Commitment, Shipment


def agreement(code="EXP", firm=None, **values):
    """Make a signed agreement, with a firm as its exporter when one is given."""
    made = Agreement.objects.create(code=code, title=code, **{"state": Agreement.State.SIGNED, **values})
    if firm:
        AgreementParty.objects.create(agreement=made, firm=firm, role=AgreementParty.Role.EXPORTER)
    return made


def commit(to, quantity, first, last, **values):
    """Commit to a quantity from a day's month to another's."""
    return Commitment.objects.create(agreement=to, quantity=Decimal(quantity), first=first, last=last, **values)


def ship(under, quantity, day, **values):
    """Ship a quantity on a day."""
    invoice = f"F{under.shipments.count() + 1}"
    return Shipment.objects.create(
        agreement=under, quantity=Decimal(quantity), day=day, **{"invoice": invoice, "country_id": "SN", **values}
    )


def firm(code):
    """Make a firm."""
    return Firm.objects.get_or_create(code=code, defaults={"name": code})[0]


JULY, JUNE = date(2026, 7, 1), date(2027, 6, 1)
