"""The invented vehicle programme of the demonstration: 14.9 % on 22 September 2026, its 20 % step in eleven months."""

from datetime import date
from decimal import Decimal

from accounts.models import Firm
from catalogue.models import Family, Part
from integration.models import (
    Brought,
    CertificationStart,
    CertificationStep,
    Component,
    ContentInput,
    ExchangeRate,
    Milestone,
    PartContent,
    ProgrammeVolume,
    VehicleProgramme,
)
from suppliers.models import Site

CODE = "MOD-1"
MAKER = ("constructeur-a", "Constructeur A", "الصانع أ")
APPROVED_ON = date(2024, 8, 22)  # 36 months later: 22 August 2027
DECLARED, CHECKED = Component.Evidence.DECLARED, Component.Evidence.CHECKED
LOCAL, IMPORTED = Component.Supply.LOCAL, Component.Supply.IMPORTED
# code, French, Arabic, English, family, contributive rate, value in thousands of DA, local since, evidence, maker
COMPONENTS = (
    ("seats", "Sièges", "المقاعد", "Seats", "seats", "4.0", 260, date(2024, 10, 1), CHECKED, None),
    (
        "harnesses",
        "Faisceaux électriques",
        "الضفائر الكهربائية",
        "Wiring harnesses",
        "harnesses",
        "3.0",
        240,
        date(2025, 4, 16),
        CHECKED,
        None,
    ),
    (
        "batteries",
        "Batterie de démarrage",
        "بطارية التشغيل",
        "Starter battery",
        "batteries",
        "1.5",
        60,
        date(2025, 9, 1),
        CHECKED,
        None,
    ),
    ("filters", "Filtres", "مرشحات", "Filters", "filters", "1.2", 40, date(2025, 9, 1), CHECKED, "P01"),
    ("glass", "Vitrages", "الزجاج", "Glazing", "glass", "2.0", 180, date(2026, 2, 1), DECLARED, None),
    (
        "brakes",
        "Garnitures de frein",
        "بطانات الفرامل",
        "Brake linings",
        "brakes",
        "3.2",
        320,
        date(2026, 5, 28),
        CHECKED,
        "P05",
    ),
    ("exhaust", "Échappement", "العادم", "Exhaust", "exhaust", "2.8", 300, None, DECLARED, None),
    ("wheels", "Jantes", "العجلات", "Wheels", "wheels", "2.4", 250, None, DECLARED, None),
)
# code, French, Arabic, English, nature, supply, value in thousands of DA or (value in EUR)
OTHERS = (
    ("assembly", "Montage et peinture", "التركيب والطلاء", "Assembly and painting", "cost", LOCAL, 400, None),
    ("powertrain", "Groupe motopropulseur", "مجموعة الدفع", "Powertrain", "item", IMPORTED, None, 20_000),
)
# kind, planned, done, result, document
STEPS = (
    ("file", date(2026, 2, 27), date(2026, 2, 9), "passed", "D-2026-011"),
    ("samples", date(2026, 4, 30), date(2026, 5, 12), "passed", "E-2026-044"),
    ("tests", date(2026, 7, 31), date(2026, 8, 18), "reserved", "L-2026-090"),
    ("audit", date(2026, 9, 15), None, "", ""),
    ("decision", date(2026, 12, 15), None, "", ""),
)
EURO = (date(2026, 8, 31), Decimal("147.5"), "Cours inventé de la démonstration")
VOLUMES = ((2025, 12_000, 10_400), (2026, 18_000, None), (2027, 24_000, None))
# title, planned, reached, volume, types of components, codes that it brings
MILESTONES = (
    ("Premières pièces montées", date(2025, 3, 31), date(2025, 4, 16), None, "Sièges, faisceaux", ()),
    (
        "Palier de 10 %",
        date(2026, 6, 30),
        date(2026, 5, 28),
        Decimal(24000),
        "Filtres, vitrages, garnitures de frein",
        (),
    ),
    ("Échappements", date(2026, 8, 31), None, Decimal(6000), "Échappements", ("exhaust",)),
    ("Palier de 20 %", date(2027, 6, 30), None, Decimal(9000), "Jantes", ("wheels",)),
)

# A part of P05: its price ex works, and what is bought for one piece: kind, what, DA, imported share of it.
CONTENT_PRICE = Decimal(1200)
CONTENT = [
    ("import", "Garnitures de friction", Decimal(250), None),
    ("local", "Ébauches et supports", Decimal(500), Decimal(60)),
]


def load(door):
    """Load the programme inside an open write, and what a part of one of its suppliers is made of."""
    code, name, name_ar = MAKER
    maker, _fresh = Firm.objects.get_or_create(code=code, defaults={"name": name, "name_ar": name_ar})
    programme = VehicleProgramme.objects.create(
        code=CODE,
        maker=maker,
        model="Modèle 1",
        vehicle_type=VehicleProgramme.VehicleType.CAR,
        market_id="DZ",
        approved_on=APPROVED_ON,
    )
    sites = {site.firm.code: site for site in Site.objects.filter(firm__code__in=["P01", "P05"]).select_related("firm")}
    _components(programme, sites)
    for year, planned, built in VOLUMES:
        ProgrammeVolume.objects.create(programme=programme, year=year, planned=planned, built=built)
    _road_map(programme)
    _certification(programme, maker)
    if "P05" in sites:
        _content(sites["P05"])


def _components(programme, sites):
    families = {family.code: family for family in Family.objects.all()}
    for code, name_fr, name_ar, name_en, family, rate, value, since, evidence, firm in COMPONENTS:
        known = {
            "programme": programme,
            "code": code,
            "name_fr": name_fr,
            "name_ar": name_ar,
            "name_en": name_en,
            "family": families.get(family),
            "value": Decimal(value * 1000),
            "contributive_rate": Decimal(rate),
        }
        Component.objects.create(**known, supply=IMPORTED, valid_to=since)
        if since:
            Component.objects.create(**known, supply=LOCAL, valid_from=since, evidence=evidence, site=sites.get(firm))
    day, rate, source = EURO
    euro = ExchangeRate.objects.create(currency="EUR", on=day, rate=rate, source=source)
    for code, name_fr, name_ar, name_en, nature, supply, value, euros in OTHERS:
        Component.objects.create(
            programme=programme,
            code=code,
            name_fr=name_fr,
            name_ar=name_ar,
            name_en=name_en,
            nature=nature,
            supply=supply,
            value=Decimal(euros or value * 1000),
            currency="EUR" if euros else "DZD",
            exchange=euro if euros else None,
        )


def _road_map(programme):
    for title, planned_on, actual_on, volume, components, codes in MILESTONES:
        stage = Milestone.objects.create(
            programme=programme,
            title=title,
            planned_on=planned_on,
            actual_on=actual_on,
            volume=volume,
            components=components,
        )
        for component in programme.components.filter(code__in=codes, supply=IMPORTED, valid_to=None):
            Brought.objects.create(milestone=stage, component=component)


def _certification(programme, maker):
    start = CertificationStart.objects.create(
        programme=programme,
        owner=maker,
        component=programme.components.get(code="brakes", supply=LOCAL),
        standard="IATF 16949",
        state=CertificationStart.State.STARTED,
        started_on=date(2026, 2, 9),
    )
    for kind, planned_on, done_on, result, reference in STEPS:
        CertificationStep.objects.create(
            certification=start, kind=kind, planned_on=planned_on, done_on=done_on, result=result, reference=reference
        )


def _content(site):
    """Tell what the first reference of a site is made of: 79.2 % at the first tier, 54.2 % rolled down."""
    part = Part.objects.filter(firm=site.firm).order_by("reference", "pk").first()
    if part is None:
        return
    content = PartContent.objects.create(
        part=part, site=site, first_month=date(2026, 1, 1), last_month=date(2026, 6, 1), value=CONTENT_PRICE
    )
    for kind, name, value, share in CONTENT:
        ContentInput.objects.create(content=content, kind=kind, name=name, value=value, imported_share=share)
