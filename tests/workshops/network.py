"""Short ways to make a network."""

from catalogue.models import Brand
from places.models import Commune
from workshops.models import Membership, Workshop, WorkshopPlace


def workshop(code, wilaya="16", commune=None, joined=None, left=None, firm=None, brand="marque-a"):
    """Make a workshop in a wilaya, or a commune of it, that is a member of a brand from a day to a day."""
    made = Workshop.objects.create(code=code, name=code, firm=firm)
    where = Commune.objects.get(code=commune) if commune else None
    WorkshopPlace.objects.create(workshop=made, wilaya_id=wilaya, commune=where)
    sign = Brand.objects.get_or_create(code=brand, defaults={"name": brand})[0]
    Membership.objects.create(workshop=made, brand=sign, joined_on=joined, left_on=left, why="closed" if left else "")
    return made
