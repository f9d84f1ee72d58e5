"""The invented network of the demonstration: 150 workshops in 43 of 58 wilayas, which are 45 of 69.

Communes do the difference: Bou Saâda and Barika have workshops and become wilayas of their own, while the
wilayas they leave keep others. The latest extension is in the South (2025 and 2026).
"""

from datetime import date, timedelta
from decimal import Decimal

from catalogue.models import Brand
from places.models import Commune
from workshops.models import Membership, RollOut, Training, Workshop, WorkshopPlace

BRAND = {"code": "marque-a", "name": "Marque A", "name_ar": "العلامة أ"}
OPENED, EXTENDED = date(2023, 3, 1), date(2025, 2, 2)

# wilaya: workshops; the sum is 150 less those of the communes below
NORTH = {
    "02": 4, "04": 2, "05": 3, "06": 5, "09": 6, "10": 3, "12": 2, "13": 4, "14": 2, "15": 5, "16": 14, "17": 3,
    "18": 2, "19": 7, "20": 2, "21": 3, "22": 4, "23": 5, "24": 2, "25": 6, "26": 3, "27": 3, "28": 2, "29": 3,
    "31": 9, "34": 3, "35": 4, "36": 1, "40": 1, "41": 1, "42": 4, "43": 2, "44": 2, "46": 2, "48": 2,
}  # fmt: skip
SOUTH = {"01": 1, "03": 2, "07": 3, "08": 2, "30": 4, "39": 3, "47": 3, "55": 1}
COMMUNES = {"bou-saada": ("28", 3), "barika": ("05", 2)}
# One workshop left and came back: its second episode counts.
RETURNED = ("028", date(2024, 6, 30), date(2025, 1, 15), "Changement d’exploitant")
TRAININGS = (
    ("Diagnostic électronique, niveau 1", date(2025, 3, 11), "14", 12),
    ("Freinage et liaison au sol", date(2025, 10, 21), "7", 9),
    ("Diagnostic électronique, niveau 2", date(2026, 4, 14), "14", None),
)


def load(door):
    """Load the network inside an open write. Loading twice is refused by the codes."""
    brand, _fresh = Brand.objects.get_or_create(code=BRAND["code"], defaults=BRAND)
    made = Workshop.objects.bulk_create(
        Workshop(code=f"AT-{number:03}", name=f"Atelier {number:03}", name_ar=f"ورشة {number:03}")
        for number in range(1, len(_spots()) + 1)
    )
    WorkshopPlace.objects.bulk_create(
        WorkshopPlace(workshop=workshop, wilaya_id=wilaya, commune_id=commune)
        for workshop, (wilaya, commune, _joined) in zip(made, _spots(_communes()), strict=True)
    )
    Membership.objects.bulk_create(
        Membership(workshop=workshop, brand=brand, **episode)
        for workshop, (_wilaya, _commune, joined) in zip(made, _spots(), strict=True)
        for episode in _episodes(workshop.code[3:], joined)
    )
    _equip(made)


def _communes():
    return dict(Commune.objects.filter(code__in=COMMUNES).values_list("code", "pk"))


def _spots(ids=None):
    """Return (wilaya, commune, joined on) of each workshop, the old network first, the South last."""
    spots = [(wilaya, None) for wilaya, count in NORTH.items() for _each in range(count)]
    spots += [(wilaya, (ids or {}).get(code)) for code, (wilaya, count) in COMMUNES.items() for _each in range(count)]
    old = [(*spot, OPENED + timedelta(days=7 * index % 640)) for index, spot in enumerate(spots)]
    south = [wilaya for wilaya, count in SOUTH.items() for _each in range(count)]
    return old + [(wilaya, None, EXTENDED + timedelta(days=29 * index)) for index, wilaya in enumerate(south)]


def _episodes(number, joined):
    if number != RETURNED[0]:
        return [{"joined_on": joined}]
    _number, left, again, why = RETURNED
    return [{"joined_on": joined, "left_on": left, "why": why}, {"joined_on": again}]


def _equip(made):
    """Plan diagnostic tools for the first thirty workshops, a few of them delivered; invent three sessions."""
    RollOut.objects.bulk_create(
        RollOut(
            workshop=workshop,
            planned_on=date(2026, 10, 1) + timedelta(days=index),
            delivered_on=date(2026, 9, 8) if index < 4 else None,
        )
        for index, workshop in enumerate(made[:30])
    )
    Training.objects.bulk_create(
        Training(title=title, day=day, hours=Decimal(hours), attendees=attendees, source="Démonstration")
        for title, day, hours, attendees in TRAININGS
    )
