"""Who plays in the demonstration: families, brands, partners, production units and parts.

Every firm here is invented. Real names carry no volumes in partstrack's demonstration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache


@dataclass(frozen=True, slots=True)
class Family:
    """A part family; `unit` is how its parts are counted, "piece" or "litre"."""

    code: str
    name_fr: str
    name_ar: str
    name_en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Brand:
    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A supplier with one site of the same code; the wilayas are those of the plant and of the registered office."""

    code: str
    name: str
    name_ar: str
    wilaya: str
    office_wilaya: str
    character: str

    @property
    def site(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class ProductionUnit:
    """A workshop of a site that makes one unit of measure; only sites that make both have them."""

    code: str
    site: str
    name_fr: str
    name_ar: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one site.

    `levels` are its usual monthly outputs around July of 2023, 2024, 2025 and 2026; `price` is DZD ex works
    before tax in 2023; `production_unit` is empty where the site has only one.
    """

    reference: str
    site: str
    family: str
    unit: str
    name_fr: str
    name_ar: str
    name_en: str
    brands: tuple[str, ...]
    production_unit: str
    price: Decimal
    levels: tuple[int, int, int, int]


FAMILIES = (
    Family("filters", "Filtres", "مرشحات", "Filters", "piece"),
    Family("brakes", "Freins", "فرامل", "Brakes", "piece"),
    Family("clutches", "Embrayages", "قوابض", "Clutches", "piece"),
    Family("suspension", "Suspension", "نظام التعليق", "Suspension", "piece"),
    Family("batteries", "Batteries", "بطاريات", "Batteries", "piece"),
    Family("belts", "Courroies", "سيور", "Belts", "piece"),
    Family("lighting", "Éclairage", "إنارة", "Lighting", "piece"),
    Family("oils", "Huiles", "زيوت", "Oils", "litre"),
    Family("coolant", "Liquides de refroidissement", "سوائل التبريد", "Coolant", "litre"),
)

BRANDS = (Brand("marque-a", "Marque A", "العلامة أ"), Brand("marque-b", "Marque B", "العلامة ب"))

# Mark in the reference: family, names in French, Arabic and English, price.
PRODUCTS = {
    "FHU": ("filters", "Filtre à huile", "مرشح الزيت", "Oil filter", 620),
    "FAI": ("filters", "Filtre à air", "مرشح الهواء", "Air filter", 780),
    "FGO": ("filters", "Filtre à gazole", "مرشح المازوت", "Diesel filter", 1150),
    "FHA": ("filters", "Filtre d’habitacle", "مرشح المقصورة", "Cabin filter", 690),
    "PLQ": ("brakes", "Plaquette de frein", "وسادة الفرامل", "Brake pad", 540),
    "DSQ": ("brakes", "Disque de frein", "قرص الفرامل", "Brake disc", 3900),
    "TMB": ("brakes", "Tambour de frein", "طبلة الفرامل", "Brake drum", 3350),
    "EMB": ("clutches", "Disque d’embrayage", "قرص القابض", "Clutch disc", 5200),
    "MEC": ("clutches", "Mécanisme d’embrayage", "صحن ضغط القابض", "Clutch cover", 6100),
    "BUT": ("clutches", "Butée d’embrayage", "محمل القابض", "Clutch release bearing", 2300),
    "AMO": ("suspension", "Amortisseur", "ممتص الصدمات", "Shock absorber", 4450),
    "ROT": ("suspension", "Rotule de suspension", "مفصل كروي", "Ball joint", 1280),
    "SIL": ("suspension", "Silentbloc", "جلبة مطاطية", "Suspension bush", 410),
    "BAT": ("batteries", "Batterie de démarrage", "بطارية التشغيل", "Starter battery", 9800),
    "BAR": ("batteries", "Batterie renforcée", "بطارية معززة", "Heavy-duty battery", 12900),
    "CRD": ("belts", "Courroie de distribution", "سير التوقيت", "Timing belt", 2150),
    "CRA": ("belts", "Courroie d’accessoires", "سير الملحقات", "Accessory belt", 890),
    "PRO": ("lighting", "Projecteur avant", "مصباح أمامي", "Headlamp", 7300),
    "FAR": ("lighting", "Feu arrière", "مصباح خلفي", "Rear lamp", 3600),
    "HMO": ("oils", "Huile moteur", "زيت المحرك", "Engine oil", 710),
    "HBV": ("oils", "Huile de boîte", "زيت علبة السرعات", "Gearbox oil", 830),
    "LRF": ("coolant", "Liquide de refroidissement", "سائل التبريد", "Coolant", 290),
}

# Code: wilaya of the plant, wilaya of the registered office, character, brands, parts (mark, number, levels).
PARTNERS = {
    "P01": ("19", "19", "steady brake maker", "a", (
        ("PLQ", 1101, (2500, 3200, 4100, 4700)),
        ("PLQ", 1104, (1300, 1700, 2200, 2500)),
        ("DSQ", 1110, (700, 1000, 1500, 1800)),
        ("TMB", 1120, (400, 420, 430, 440)),
    )),
    "P02": ("16", "16", "the largest, still gaining", "a", (
        ("FHU", 2201, (2600, 3400, 4700, 5200)),
        ("FAI", 2210, (1900, 2500, 3500, 3900)),
        ("FGO", 2220, (800, 1100, 1600, 1800)),
        ("FHA", 2230, (300, 500, 900, 1100)),
    )),
    "P03": ("25", "25", "clutches, a new hall in 2025", "a", (
        ("EMB", 3101, (950, 1100, 1700, 2000)),
        ("MEC", 3110, (750, 900, 1350, 1600)),
        ("BUT", 3120, (520, 610, 900, 1050)),
    )),
    "P04": ("35", "35", "suspension and some rubber", "a", (
        ("AMO", 4101, (1600, 2100, 2600, 2910)),
        ("AMO", 4102, (1200, 1600, 1950, 2200)),
        ("ROT", 4110, (650, 850, 1050, 1200)),
        ("CRA", 4130, (200, 250, 300, 330)),
    )),
    "P05": ("31", "31", "brake discs in long series", "a", (
        ("DSQ", 5101, (3400, 4500, 5900, 6900)),
        ("PLQ", 5110, (1700, 2200, 2900, 3300)),
        ("TMB", 5120, (500, 600, 700, 750)),
    )),
    "P06": ("09", "16", "pieces and litres in two production units", "a", (
        ("FHU", 6101, (1500, 2000, 2600, 2900)),
        ("FAI", 6110, (900, 1200, 1600, 1800)),
        ("FHA", 6120, (300, 450, 650, 800)),
        ("HMO", 6501, (14000, 18000, 23000, 25000)),
        ("HBV", 6510, (4000, 5000, 6000, 6500)),
        ("LRF", 6601, (3000, 4200, 5600, 6300)),
    )),
    "P07": ("23", "23", "batteries, slowing down", "a", (
        ("BAT", 7101, (2300, 2850, 3350, 3600)),
        ("BAT", 7102, (600, 650, 640, 620)),
        ("BAR", 7110, (900, 1150, 1400, 1550)),
    )),
    "P08": ("15", "15", "belts, a second line in 2025", "a", (
        ("CRD", 8101, (1400, 1600, 2250, 2450)),
        ("CRD", 8102, (850, 950, 1400, 1550)),
        ("CRA", 8110, (1600, 1800, 2450, 2650)),
    )),
    "P09": ("10", "10", "one great reference and a long tail of small ones", "a", (
        ("FHU", 9001, (2100, 2800, 3700, 4400)),
    )),
    "P10": ("34", "34", "shrinking", "b", (
        ("PRO", 1001, (2400, 2150, 1750, 1500)),
        ("FAR", 1010, (1800, 1600, 1300, 1100)),
        ("BAT", 1030, (500, 480, 420, 380)),
    )),
    "P11": ("26", "26", "one plant for both brands", "ab", (
        ("PLQ", 1151, (1800, 2400, 3200, 3600)),
        ("DSQ", 1160, (800, 1100, 1500, 1750)),
        ("EMB", 1170, (500, 700, 1000, 1200)),
        ("BUT", 1180, (250, 350, 450, 500)),
    )),
    "P12": ("05", "05", "irregular rubber maker", "a", (
        ("SIL", 1201, (1600, 2100, 2350, 2500)),
        ("ROT", 1210, (750, 1000, 1100, 1150)),
        ("CRA", 1220, (300, 380, 400, 430)),
    )),
    "P13": ("22", "22", "started low, growing fast", "a", (
        ("BAT", 1301, (300, 1300, 3300, 5000)),
        ("BAR", 1310, (100, 500, 1500, 2600)),
        ("FAR", 1320, (150, 220, 330, 450)),
    )),
    "P14": ("06", "06", "leaves lighting for suspension", "a", (
        ("PRO", 1401, (1900, 1500, 800, 320)),
        ("FAR", 1410, (1300, 1000, 550, 210)),
        ("AMO", 1420, (200, 1100, 2900, 3800)),
        ("ROT", 1430, (100, 450, 1200, 1550)),
    )),
    "P15": ("30", "30", "fluids, and a few filters", "a", (
        ("HMO", 1501, (9000, 10500, 12500, 13400)),
        ("LRF", 1510, (2600, 3100, 3900, 4300)),
        ("FHU", 1520, (600, 800, 1050, 1200)),
        ("FGO", 1530, (300, 420, 560, 640)),
    )),
}  # fmt: skip

LONG_TAIL = ("P09", ("FHU", "FAI", "FGO", "FHA"), 9101, 39)


def families() -> tuple[Family, ...]:
    """The families, pieces before litres."""
    return FAMILIES


def brands() -> tuple[Brand, ...]:
    """The two brands that the partners work for."""
    return BRANDS


def partners() -> tuple[Partner, ...]:
    """The fifteen invented suppliers, in the order of their codes."""
    return tuple(
        Partner(code, f"Partenaire {code[1:]}", f"الشريك {code[1:]}", wilaya, office, character)
        for code, (wilaya, office, character, _, _) in PARTNERS.items()
    )


def production_units() -> tuple[ProductionUnit, ...]:
    """Two workshops for each site that makes pieces and litres."""
    return tuple(
        unit
        for site in sorted({part.site for part in parts() if part.production_unit})
        for unit in (
            ProductionUnit(f"{site}-U1", site, "Atelier filtration", "ورشة الترشيح", "Filter workshop"),
            ProductionUnit(f"{site}-U2", site, "Atelier des fluides", "ورشة السوائل", "Fluids workshop"),
        )
    )


@cache
def parts() -> tuple[Part, ...]:
    """All parts, by site, in the order of the tables above."""
    return tuple(
        _part(site, mark, number, levels, brand_letters)
        for site, (_, _, _, brand_letters, rows) in PARTNERS.items()
        for mark, number, levels in (*rows, *_long_tail(site))
    )


def _part(site: str, mark: str, number: int, levels: tuple[int, int, int, int], brand_letters: str) -> Part:
    family, french, arabic, english, price = PRODUCTS[mark]
    unit = _unit_of(family)
    return Part(
        reference=f"{site}-{mark}-{number}",
        site=site,
        family=family,
        unit=unit,
        name_fr=f"{french} {number}",
        name_ar=f"{arabic} {number}",
        name_en=f"{english} {number}",
        brands=tuple(f"marque-{letter}" for letter in brand_letters),
        production_unit=_production_unit(site, unit),
        price=Decimal(price + number % 17 * 5),  # two references of one kind rarely cost the same
        levels=levels,
    )


def _unit_of(family: str) -> str:
    return next(f.unit for f in FAMILIES if f.code == family)


def _production_unit(site: str, unit: str) -> str:
    rows = PARTNERS[site][4]
    if len({_unit_of(PRODUCTS[mark][0]) for mark, _, _ in rows}) == 1:
        return ""
    return f"{site}-U1" if unit == "piece" else f"{site}-U2"


def _long_tail(site: str) -> Iterator[tuple[str, int, tuple[int, int, int, int]]]:
    """The small references of the one partner that has many, so that a file of forty rows is natural for it."""
    owner, marks, first, count = LONG_TAIL
    if site != owner:
        return
    for i in range(count):
        size = 38 + i * 29 % 83
        yield marks[i % len(marks)], first + i * 3, (size * 7 // 10, size * 9 // 10, size * 12 // 10, size * 14 // 10)
