"""The invented vehicle programme of the demonstration: 14.9 % on 22 September 2026, its 20 % step in eleven months."""

from datetime import date
from decimal import Decimal

from accounts.models import Firm
from catalogue.models import Family
from integration.models import CertificationStart, Component, Milestone, VehicleProgramme

CODE = "MOD-1"
MAKER = ("constructeur-a", "Constructeur A", "الصانع أ")
APPROVED_ON = date(2024, 8, 22)  # 36 months later: 22 August 2027
DECLARED, CHECKED = Component.Evidence.DECLARED, Component.Evidence.CHECKED
# code, French, Arabic, English, family, contributive rate, made locally, evidence
COMPONENTS = (
    ("seats", "Sièges", "المقاعد", "Seats", "seats", "4.0", True, CHECKED),
    ("harnesses", "Faisceaux électriques", "الضفائر الكهربائية", "Wiring harnesses", "harnesses", "3.0", True, CHECKED),
    ("batteries", "Batterie de démarrage", "بطارية التشغيل", "Starter battery", "batteries", "1.5", True, CHECKED),
    ("filters", "Filtres", "مرشحات", "Filters", "filters", "1.2", True, CHECKED),
    ("glass", "Vitrages", "الزجاج", "Glazing", "glass", "2.0", True, DECLARED),
    ("brakes", "Garnitures de frein", "بطانات الفرامل", "Brake linings", "brakes", "3.2", True, CHECKED),
    ("exhaust", "Échappement", "العادم", "Exhaust", "exhaust", "2.8", False, DECLARED),
    ("wheels", "Jantes", "العجلات", "Wheels", "wheels", "2.4", False, DECLARED),
)
# title, planned, reached, volume, components
MILESTONES = (
    ("Premières pièces montées", date(2025, 3, 31), date(2025, 4, 16), None, "Sièges, faisceaux"),
    ("Palier de 10 %", date(2026, 6, 30), date(2026, 5, 28), Decimal(24000), "Filtres, vitrages, garnitures de frein"),
    ("Échappements", date(2026, 8, 31), None, Decimal(6000), "Échappements"),
    ("Palier de 20 %", date(2027, 6, 30), None, Decimal(9000), "Jantes"),
)


def load(door):
    """Load the programme inside an open write."""
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
    families = {family.code: family for family in Family.objects.all()}
    for code, name_fr, name_ar, name_en, family, rate, local, evidence in COMPONENTS:
        Component.objects.create(
            programme=programme,
            code=code,
            name_fr=name_fr,
            name_ar=name_ar,
            name_en=name_en,
            family=families.get(family),
            contributive_rate=Decimal(rate),
            supply=Component.Supply.LOCAL if local else Component.Supply.IMPORTED,
            evidence=evidence,
        )
    for title, planned_on, actual_on, volume, components in MILESTONES:
        Milestone.objects.create(
            programme=programme,
            title=title,
            planned_on=planned_on,
            actual_on=actual_on,
            volume=volume,
            components=components,
        )
    CertificationStart.objects.create(
        programme=programme, owner=maker, state=CertificationStart.State.STARTED, started_on=date(2026, 2, 9)
    )
