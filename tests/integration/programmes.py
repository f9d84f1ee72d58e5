"""Short ways to make vehicle programmes."""

from decimal import Decimal

from accounts.models import Firm
from integration.models import Component, VehicleProgramme


def programme(code="M1", maker="maker", approved_on=None):
    """Make a programme of a maker."""
    firm = Firm.objects.get_or_create(code=maker, defaults={"name": maker})[0]
    return VehicleProgramme.objects.create(code=code, maker=firm, model=code, approved_on=approved_on)


def component(of, rate, local=True, **values):
    """Add a component with a contributive rate."""
    code = f"c{of.components.count() + 1}"
    names = {"name_fr": code, "name_ar": code, "name_en": code}
    rate = None if rate is None else Decimal(rate)
    supply = values.pop("supply", Component.Supply.LOCAL if local else Component.Supply.IMPORTED)
    return Component.objects.create(programme=of, code=code, contributive_rate=rate, supply=supply, **names, **values)
