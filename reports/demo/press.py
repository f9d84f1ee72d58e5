"""What two communiqués state, on the real names: nothing more than they say, and no volume.

The first is about the after-market brand MOTRIO in Algeria (early 2026), the second about Massar and Jetour
(May 2025). What has no number is kept in words; what a communiqué leaves open stands in a note.
"""

from decimal import Decimal

from accounts.models import Firm
from catalogue.models import Family
from exports.models import Agreement, AgreementParty
from integration.models import CertificationStart, VehicleProgramme
from reports.models import PublishedFigure
from suppliers.models import Agreement as Deal
from suppliers.models import Commitment, Event, FirmRole, Partner, Party, Project

MOTRIO_SOURCE = "Communiqué MOTRIO Algérie, début 2026"
JETOUR_SOURCE = "Communiqué Massar – Jetour, mai 2025"
Q, U = PublishedFigure.Qualifier, PublishedFigure.Unit

# code, name, name in Arabic script, code of the parent
FIRMS = (
    ("groupe-renault", "Groupe Renault", "مجموعة رونو", ""),
    ("motrio-algerie", "MOTRIO Algérie", "موتريو الجزائر", "groupe-renault"),
    ("ikam", "IKAM", "", ""),
    ("techno-motiv", "Techno Motiv", "", ""),
    ("ftb", "FTB", "", ""),
    ("petro-baraka", "Petro Baraka", "", ""),
    ("comexia", "COMEXIA", "", ""),
    ("sns", "SNS", "", ""),
    ("massar", "Massar", "", "sns"),
    ("jetour", "Jetour", "", ""),
)

# code, value, qualifier, unit, period, (French, Arabic, English), note in the three languages or nothing
MOTRIO = (
    (
        "A1",
        1_000_000,
        Q.AT_LEAST,
        U.PIECE,
        "2025",
        (
            "Pièces de rechange produites et commercialisées en Algérie",
            "قطع غيار أُنتجت وسُوّقت في الجزائر",
            "Spare parts produced and sold in Algeria",
        ),
        (
            "Un autre passage dit « produites localement » : deux formulations d’un même nombre.",
            "تقول فقرة أخرى «منتجة محليا»: صيغتان لعدد واحد.",
            "Another passage says “produced locally”: two wordings of one number.",
        ),
    ),
    (
        "A2",
        30,
        Q.ABOUT,
        U.PERCENT,
        "2025",
        (
            "Hausse par rapport à 2024",
            "الزيادة مقارنة بسنة 2024",
            "Rise compared with 2024",
        ),
        (
            "« Environ » est du journaliste, « 30 % » du communiqué.",
            "كلمة «نحو» من الصحفي، و«30 %» من البيان.",
            "“About” is the journalist’s, “30 %” the communiqué’s.",
        ),
    ),
    (
        "A4",
        15,
        Q.EXACT,
        U.PARTNER,
        "2026",
        (
            "Partenaires stratégiques réunis à Alger par la Convention des fournisseurs",
            "شركاء استراتيجيون جمعهم ملتقى الموردين بالجزائر العاصمة",
            "Strategic partners brought together in Algiers by the Suppliers’ Convention",
        ),
        (
            "Il n’est pas dit que les quatre signataires d’accords en font partie.",
            "لم يُذكر أن الموقّعين الأربعة على الاتفاقات من بينهم.",
            "The four signatories of agreements are not said to be among them.",
        ),
    ),
    (
        "A5",
        None,
        "",
        "",
        "2026",
        (
            "Nouveaux accords signés avec IKAM, Techno Motiv, FTB et Petro Baraka",
            "اتفاقات جديدة وُقّعت مع IKAM وTechno Motiv وFTB وPetro Baraka",
            "New agreements signed with IKAM, Techno Motiv, FTB and Petro Baraka",
        ),
        (
            "Aucun signataire n’est rattaché à une famille de pièces.",
            "لم يُربط أي موقّع بعائلة قطع.",
            "No signatory is tied to a part family.",
        ),
    ),
    (
        "A6",
        None,
        "",
        "",
        "",
        (
            "Objectif : réduire la dépendance aux importations dans certaines familles de pièces",
            "الهدف: تقليص التبعية للاستيراد في بعض عائلات القطع",
            "Aim: less dependence on imports in some part families",
        ),
        ("", "", ""),
    ),
    (
        "A7",
        None,
        "",
        "",
        "",
        (
            "Projets de disques de frein et de kits d’embrayage, développés avec des acteurs algériens et "
            "internationaux, avec transfert de savoir-faire",
            "مشاريع أقراص الفرامل وأطقم القوابض، تُطوَّر مع متعاملين جزائريين ودوليين، مع نقل للخبرة",
            "Projects for brake discs and clutch kits, developed by Algerian and international actors, "
            "with transfer of know-how",
        ),
        (
            "Lancés ou en préparation : le communiqué ne distingue pas.",
            "أُطلقت أو قيد التحضير: لا يميّز البيان بينهما.",
            "Launched or in preparation: the communiqué does not say which.",
        ),
    ),
    (
        "A8-workshops",
        150,
        Q.EXACT,
        U.WORKSHOP,
        "",
        ("Ateliers du réseau", "ورشات الشبكة", "Workshops of the network"),
        ("", "", ""),
    ),
    (
        "A8-wilayas",
        43,
        Q.EXACT,
        U.WILAYA,
        "",
        (
            "Wilayas où le réseau a des ateliers, avec une extension récente dans le Sud",
            "الولايات التي للشبكة فيها ورشات، مع توسّع حديث في الجنوب",
            "Wilayas in which the network has workshops, with a recent extension in the South",
        ),
        ("", "", ""),
    ),
    (
        "A9",
        2875,
        Q.EXACT,
        U.HOUR,
        "",
        ("Heures de formation dispensées", "ساعات التكوين المقدَّمة", "Hours of training given"),
        (
            "Sans période ; heures de cours ou heures de stagiaires : le communiqué ne le dit pas.",
            "دون فترة؛ ساعات دروس أو ساعات متكوّنين: لا يوضّح البيان ذلك.",
            "Without a period; hours delivered or hours of trainees: the communiqué does not say.",
        ),
    ),
    (
        "A10",
        None,
        "",
        "",
        "",
        (
            "Outils de diagnostic de nouvelle génération, attendus prochainement",
            "أدوات تشخيص من الجيل الجديد، منتظرة قريبا",
            "New-generation diagnostic tools, expected soon",
        ),
        ("Prévus, pas encore livrés.", "مبرمجة ولم تُسلَّم بعد.", "Planned, not delivered yet."),
    ),
    (
        "A12-countries",
        90,
        Q.EXACT,
        U.COUNTRY,
        "",
        ("Pays où la marque est présente", "البلدان التي توجد فيها العلامة", "Countries in which the brand is present"),
        ("", "", ""),
    ),
    (
        "A12-rank",
        4,
        Q.EXACT,
        U.RANK,
        "",
        (
            "Rang de l’Algérie par la présence et la dynamique",
            "مرتبة الجزائر من حيث الحضور والحركية",
            "Rank of Algeria by presence and dynamics",
        ),
        (
            "Ce que le rang mesure n’est pas dit.",
            "لم يُذكر ما الذي تقيسه هذه المرتبة.",
            "What the rank measures is not said.",
        ),
    ),
)

JETOUR = (
    (
        "B4",
        None,
        "",
        "",
        "",
        (
            "Des taux annoncés comme significatifs, conformes aux nouvelles règles de la filière",
            "نسب أُعلن أنها معتبرة ومطابقة للقواعد الجديدة للشعبة",
            "Rates announced as significant, in line with the new rules of the industry",
        ),
        (
            "Ni indicateur, ni méthode, ni nombre. Titre sur le Maroc, texte et second article sur l’Algérie.",
            "دون مؤشر ولا طريقة ولا رقم. يتحدث أحد العناوين عن المغرب، أما النص ومقال ثان فعن الجزائر.",
            "No indicator, method or number. A headline speaks of Morocco; the text and a second article of Algeria.",
        ),
    ),
)

EXPORT = {
    "code": "COMEXIA",
    "title": "Accord d’exportation avec COMEXIA",
    "kind": Agreement.Kind.EXPORT_SUPPORT,
    "state": Agreement.State.SIGNED,
    "aim": "Exporter les pièces, principalement vers l’Afrique.",
    "source": MOTRIO_SOURCE,
}
PROGRAMME = {
    "code": "JETOUR",
    "market_id": "DZ",
    "aim": (
        "Monter des pièces algériennes sur les véhicules destinés au marché local. Feuille de route commune : "
        "étapes, volumes et types de composants, et un délai précis pour chaque étape."
    ),
    "source": JETOUR_SOURCE,
}
CERTIFICATION = {
    "standard": "Normes internationales de l’industrie automobile",
    "state": CertificationStart.State.PROMISED,
    "source": JETOUR_SOURCE,
}


CONVENTION = {
    "code": "CONVENTION-2026",
    "title": "Convention des fournisseurs 2026",
    "kind": Event.Kind.CONVENTION,
    "year": 2026,
    "place": "Alger",
    "note": "15 partenaires stratégiques réunis ; leurs noms ne sont pas dits, ni que les quatre signataires en fassent partie.",
    "source": MOTRIO_SOURCE,
}
SHOW = {
    "code": "SHANGHAI-2025",
    "title": "Visite d’une délégation au salon de Shanghai 2025",
    "kind": Event.Kind.VISIT,
    "year": 2025,
    "place": "Shanghai",
    "source": JETOUR_SOURCE,
}
SIGNATORIES = ("ikam", "techno-motiv", "ftb", "petro-baraka")
SIGNED = {
    "kind": Deal.Kind.UNSAID,
    "state": Deal.State.SIGNED,
    "aim": "Réduire la dépendance aux importations dans certaines familles de pièces.",
    "source": MOTRIO_SOURCE,
}
INTEGRATION = {
    "code": "MASSAR-JETOUR",
    "title": "Accord Massar – Jetour",
    "kind": Deal.Kind.UNSAID,
    "state": Deal.State.SIGNED,
    "aim": "Monter des pièces algériennes sur les véhicules Jetour destinés au marché local.",
    "source": JETOUR_SOURCE,
}
PROMISE = "Engager la certification des pièces algériennes aux normes internationales de l’industrie"
PROJECTS = (
    ("DISQUES", "Disques de frein", "brakes"),
    ("EMBRAYAGES", "Kits d’embrayage", "clutches"),
)
PROJECT = {
    "kind": Project.Kind.CO_DEVELOPMENT,
    "know_how": "Transfert de savoir-faire annoncé.",
    "note": "Lancé ou en préparation : le communiqué ne le dit pas. Les acteurs, algériens et internationaux, ne sont pas nommés.",
    "source": MOTRIO_SOURCE,
}
ROLES = (
    ("motrio-algerie", FirmRole.Role.BRAND),
    ("comexia", FirmRole.Role.FACILITATOR),
    ("jetour", FirmRole.Role.VEHICLE_MAKER),
)


def load(door):
    """Load firms, published figures, what was agreed and the programme inside an open write."""
    firms = _firms()
    _published(MOTRIO, "MOTRIO", MOTRIO_SOURCE, 0)
    _published(JETOUR, "Massar – Jetour", JETOUR_SOURCE, len(MOTRIO))
    agreement = Agreement.objects.create(**EXPORT)
    roles = AgreementParty.Role
    for code, role in (("motrio-algerie", roles.BRAND), ("comexia", roles.FACILITATOR)):
        AgreementParty.objects.create(agreement=agreement, firm=firms[code], role=role)
    programme = VehicleProgramme.objects.create(maker=firms["jetour"], **PROGRAMME)
    programme.partners.set([firms["massar"]])
    CertificationStart.objects.create(programme=programme, owner=firms["jetour"], **CERTIFICATION)

    _agreed(firms)


def _agreed(firms):
    """Enter the events and the agreements that the communiqués name; no family and no day is said of any."""
    Event.objects.create(**CONVENTION)
    roles = Party.Role
    for code in SIGNATORIES:
        deal = Deal.objects.create(code=f"ACCORD-{code.upper()}", title=f"Accord avec {firms[code].name}", **SIGNED)
        Party.objects.create(agreement=deal, firm=firms[code], role=roles.PARTNER)
        Party.objects.create(agreement=deal, firm=firms["motrio-algerie"], role=roles.BRAND)
    deal = Deal.objects.create(event=Event.objects.create(**SHOW), **INTEGRATION)
    for code, role in (("massar", roles.PARTNER), ("jetour", roles.VEHICLE_MAKER)):
        Party.objects.create(agreement=deal, firm=firms[code], role=role)
    Commitment.objects.create(agreement=deal, text=PROMISE, owner=firms["jetour"])
    for code, title, family in PROJECTS:
        project = Project.objects.create(code=code, title=title, **PROJECT)
        project.families.set(Family.objects.filter(code=family))
        Partner.objects.create(project=project, firm=firms["motrio-algerie"], role=Partner.Role.BRAND)
    for code, role in ROLES:
        FirmRole.objects.create(firm=firms[code], role=role)


def _firms():
    firms = {}
    for code, name, name_ar, parent in FIRMS:
        values = {"name": name, "name_ar": name_ar, "parent": firms.get(parent)}
        firms[code], _fresh = Firm.objects.get_or_create(code=code, defaults=values)
    return firms


def _published(rows, subject, source, start):
    for position, (code, value, qualifier, unit, period, measure, note) in enumerate(rows, start + 1):
        PublishedFigure.objects.create(
            code=code,
            subject=subject,
            value=None if value is None else Decimal(value),
            qualifier=qualifier,
            unit=unit,
            period=period,
            figure="produced" if period and unit in ("piece", "percent") else "",
            source=source,
            position=position,
            **{f"measure_{language}": words for language, words in zip(("fr", "ar", "en"), measure, strict=True)},
            **{f"note_{language}": words for language, words in zip(("fr", "ar", "en"), note, strict=True)},
        )
