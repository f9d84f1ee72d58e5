"""Invented agreements of the demonstration, on invented firms: a convention, contracts, papers, samples, complaints, a project."""

from datetime import date

from accounts.models import Firm
from catalogue.models import Family, Part, PartFamily
from suppliers.models import (
    Agreement,
    Attendance,
    Audit,
    Commitment,
    Complaint,
    Contact,
    Event,
    FirmRole,
    Gate,
    LegalNumber,
    Paper,
    Partner,
    Party,
    Ppap,
    Project,
    Registration,
    Standard,
    Stop,
)

BRAND = ("marque-a", "Marque A", "العلامة أ")
TECHNICAL = ("partenaire-technique-a", "Partenaire technique A", "الشريك التقني أ")
K, S, C = Agreement.Kind, Agreement.State, Commitment.State
ATTENDED, CONFIRMED, ABSENT, DECLINED = (
    Attendance.State.ATTENDED,
    Attendance.State.CONFIRMED,
    Attendance.State.ABSENT,
    Attendance.State.DECLINED,
)
CAME = (
    ("P01", ATTENDED),
    ("P02", ATTENDED),
    ("P03", ATTENDED),
    ("P05", ATTENDED),
    ("P06", ABSENT),
    ("P07", ATTENDED),
    ("P08", DECLINED),
)
# code, title, kind, binding, state, signed, from, to, families, supplier, at the convention, aim, what came of it
AGREEMENTS = (
    (
        "ACC-2024-01",
        "Contrat de fourniture – Partenaire 05",
        K.SUPPLY,
        True,
        S.SIGNED,
        date(2024, 2, 14),
        date(2024, 3, 1),
        date(2026, 12, 10),
        ("brakes",),
        "P05",
        False,
        "Fournir le réseau en disques de frein.",
        "Livraisons régulières depuis avril 2024.",
    ),
    (
        "ACC-2025-01",
        "Contrat de fourniture – Partenaire 01",
        K.SUPPLY,
        True,
        S.SIGNED,
        date(2025, 3, 18),
        date(2025, 4, 1),
        date(2028, 3, 31),
        ("brakes", "filters"),
        "P01",
        True,
        "Étendre la gamme fournie localement.",
        "",
    ),
    (
        "ACC-2025-02",
        "Accord-cadre – Partenaire 03",
        K.FRAMEWORK,
        True,
        S.SIGNED,
        date(2025, 3, 18),
        date(2025, 3, 18),
        None,
        (),
        "P03",
        True,
        "Fixer les conditions communes des commandes.",
        "",
    ),
    (
        "MEM-2025-01",
        "Mémorandum – Partenaire 07",
        K.MEMORANDUM,
        False,
        S.SIGNED,
        date(2025, 3, 18),
        None,
        None,
        ("clutches",),
        "P07",
        True,
        "Étudier la fabrication de kits d’embrayage.",
        "Étude rendue en novembre 2025.",
    ),
    (
        "ACC-2026-01",
        "Co-développement – Partenaire 07",
        K.CO_DEVELOPMENT,
        True,
        S.SIGNED,
        date(2026, 1, 27),
        date(2026, 2, 1),
        date(2028, 1, 31),
        ("clutches",),
        "P07",
        False,
        "Développer un kit d’embrayage avec transfert de savoir-faire.",
        "",
    ),
)
# agreement or None (the convention), what, who, due, state, kept on
PROMISES = (
    ("ACC-2024-01", "Livrer 130 000 disques en 2026", "P05", date(2026, 12, 31), C.OPEN, None),
    ("ACC-2024-01", "Présenter le renouvellement du certificat qualité", "P05", date(2026, 8, 31), C.OPEN, None),
    ("ACC-2025-01", "Livrer les premiers filtres", "P01", date(2025, 9, 30), C.KEPT, date(2025, 10, 12)),
    ("ACC-2026-01", "Installer le banc d’essai", "P07", date(2026, 6, 30), C.KEPT, date(2026, 6, 18)),
    ("ACC-2026-01", "Remettre les premiers échantillons", "P07", date(2026, 10, 31), C.OPEN, None),
    (None, "Envoyer la liste des références demandées", BRAND[0], date(2025, 4, 30), C.KEPT, date(2025, 4, 24)),
    (None, "Répondre sur les capacités d’emboutissage", "P02", date(2025, 6, 30), C.OPEN, None),
)
# standard, supplier, number, first day, last day, key, key of what it renews
PAPERS = (
    ("iatf-16949", "P05", "IATF-0512", date(2023, 10, 16), date(2026, 10, 15), "ends", None),
    ("iso-9001", "P01", "Q-2021-118", date(2022, 1, 10), date(2025, 1, 9), "before", None),
    ("iso-9001", "P01", "Q-2025-034", date(2025, 3, 3), date(2028, 3, 2), "late", "before"),
    ("iso-9001", "P03", "Q-2024-077", date(2024, 5, 20), date(2027, 5, 19), "suspended", None),
    ("iso-9001", "P07", "Q-2023-201", date(2023, 11, 6), date(2026, 11, 5), "withdrawn", None),
    ("iso-14001", "P02", "E-2025-009", date(2025, 6, 1), date(2028, 5, 31), "valid", None),
    ("un-r90", "P05", "E-R90-02C0147", date(2024, 9, 2), None, "approval", None),
)
STOPS = (
    ("suspended", Stop.Kind.SUSPENDED, date(2026, 7, 1), "Deux écarts majeurs non levés après l’audit de suivi."),
    ("withdrawn", Stop.Kind.WITHDRAWN, date(2026, 4, 13), "Audit de suivi refusé."),
)
AUDITS = (
    ("late", date(2026, 3, 2), date(2026, 3, 9), Audit.Result.PASSED),
    ("valid", date(2026, 6, 1), date(2026, 6, 4), Audit.Result.FINDINGS),
    ("suspended", date(2026, 5, 18), date(2026, 5, 18), Audit.Result.FAILED),
    ("late", date(2027, 3, 1), None, ""),
)
D = Ppap.Decision
SAMPLES = (
    ("P05", 3, date(2026, 2, 2), D.APPROVED, date(2026, 2, 20), None),
    ("P01", 3, date(2026, 5, 11), D.INTERIM, date(2026, 6, 1), date(2026, 11, 30)),
    ("P07", 2, date(2026, 6, 15), D.REJECTED, date(2026, 7, 6), None),
    ("P02", 4, date(2026, 9, 7), D.PENDING, None, None),
)
KIND = Complaint.Kind
COMPLAINTS = (
    ("P05", KIND.COMPLAINT, date(2025, 5, 12), 24, "Voile hors tolérance", date(2025, 6, 2)),
    ("P05", KIND.RETURN, date(2026, 6, 9), 60, "Oxydation avant pose", date(2026, 7, 1)),
    ("P01", KIND.COMPLAINT, date(2026, 3, 17), 12, "Emballage abîmé", date(2026, 3, 30)),
    ("P03", KIND.WARRANTY, date(2026, 8, 4), 3, "Usure prématurée", None),
)
STAGE = Gate.Stage
# stage, planned, months after the one before, reached
GATES = (
    (STAGE.FEASIBILITY, date(2025, 9, 30), None, date(2025, 10, 14)),
    (STAGE.NOMINATED, date(2025, 12, 15), None, date(2026, 1, 27)),
    (STAGE.TOOLING, date(2026, 6, 30), None, date(2026, 7, 9)),
    (STAGE.SAMPLES, None, 2, None),
    (STAGE.VALIDATION, None, 3, None),
    (STAGE.SERIES, None, 4, None),
)
OFFICES = (("P01", "19"), ("P02", "16"), ("P03", "35"), ("P05", "16"))  # that of P05 is not where its plant is


def load(door):
    """Load the agreements inside an open write."""
    code, name, name_ar = BRAND
    brand, _fresh = Firm.objects.get_or_create(code=code, defaults={"name": name, "name_ar": name_ar})
    firms = {firm.code: firm for firm in Firm.objects.filter(code__in=[code, *(each for each, _state in CAME)])}
    convention = Event.objects.create(
        code="CONV-2025",
        title="Convention des partenaires 2025",
        kind=Event.Kind.CONVENTION,
        year=2025,
        first_on=date(2025, 3, 18),
        last_on=date(2025, 3, 19),
        place="Alger",
    )
    for code, state in CAME:
        Attendance.objects.create(event=convention, firm=firms[code], state=state)
    made = {row[0]: _agreement(row, firms, brand, convention) for row in AGREEMENTS}
    for agreement, words, owner, due_on, state, kept_on in PROMISES:
        where = {"agreement": made[agreement]} if agreement else {"event": convention}
        Commitment.objects.create(text=words, owner=firms[owner], due_on=due_on, state=state, kept_on=kept_on, **where)
    _identities(firms, brand)
    _papers(firms)
    _quality(firms, brand)
    _project(made["ACC-2026-01"], firms, brand)


def _project(agreement, firms, brand):
    """A co-development that is late: the samples are due two months after the tooling."""
    partner, _fresh = Firm.objects.get_or_create(
        code=TECHNICAL[0], defaults={"name": TECHNICAL[1], "name_ar": TECHNICAL[2]}
    )
    project = Project.objects.create(
        code="PRJ-2026-01",
        title="Kit d’embrayage – Partenaire 07",
        kind=Project.Kind.CO_DEVELOPMENT,
        site=_site(firms["P07"]),
        agreement=agreement,
        phase_out_on=date(2027, 9, 30),
        know_how="Étude du mécanisme, emboutissage, méthodes de contrôle.",
    )
    project.families.set(Family.objects.filter(code="clutches"))
    roles = Partner.Role
    for firm, role, local in (
        (firms["P07"], roles.INDUSTRIAL, True),
        (partner, roles.TECHNICAL, False),
        (brand, roles.BRAND, True),
    ):
        Partner.objects.create(project=project, firm=firm, role=role, local=local)
    for stage, planned_on, months_after, actual_on in GATES:
        Gate.objects.create(
            project=project, stage=stage, planned_on=planned_on, months_after=months_after, actual_on=actual_on
        )


def _papers(firms):
    made = {}
    for standard, code, number, first, last, key, renews in PAPERS:
        paper = Paper.objects.create(
            standard=Standard.objects.get(code=standard),
            firm=firms[code],
            site=None if key == "approval" else _site(firms[code]),
            number=number,
            body="Organisme A",
            valid_from=first,
            valid_to=last,
            renews=made.get(renews),
        )
        made[key] = paper
    made["approval"].parts.set(_parts(firms["P05"])[:4])
    made["approval"].families.set(Family.objects.filter(code="brakes"))
    for key, kind, since, why in STOPS:
        Stop.objects.create(paper=made[key], kind=kind, since=since, why=why)
    for key, planned_on, done_on, result in AUDITS:
        Audit.objects.create(paper=made[key], planned_on=planned_on, done_on=done_on, result=result)


def _quality(firms, customer):
    for code, level, submitted_on, decision, decided_on, interim_until in SAMPLES:
        Ppap.objects.create(
            site=_site(firms[code]),
            part=_parts(firms[code])[0],
            revision="A",
            customer=customer,
            level=level,
            submitted_on=submitted_on,
            decision=decision,
            decided_on=decided_on,
            interim_until=interim_until,
        )
    for code, kind, received_on, quantity, defect, closed_on in COMPLAINTS:
        family = PartFamily.objects.filter(part=_parts(firms[code])[0], to_v=None).get().family
        Complaint.objects.create(
            site=_site(firms[code]),
            family=family,
            kind=kind,
            received_on=received_on,
            quantity=quantity,
            customer=customer,
            defect=defect,
            closed_on=closed_on,
        )


def _site(firm):
    return firm.sites.order_by("pk")[0]


def _parts(firm):
    return list(Part.objects.filter(firm=firm).order_by("reference", "pk"))


def _agreement(row, firms, brand, convention):
    code, title, kind, binding, state, signed_on, valid_from, valid_to, families, supplier, there, aim, outcome = row
    agreement = Agreement.objects.create(
        code=code,
        title=title,
        kind=kind,
        binding=binding,
        state=state,
        signed_on=signed_on,
        place="Alger",
        event=convention if there else None,
        valid_from=valid_from,
        valid_to=valid_to,
        aim=aim,
        outcome=outcome,
    )
    agreement.families.set(Family.objects.filter(code__in=families))
    Party.objects.create(agreement=agreement, firm=firms[supplier], role=Party.Role.SUPPLIER)
    Party.objects.create(agreement=agreement, firm=brand, role=Party.Role.BRAND)
    return agreement


def _identities(firms, brand):
    FirmRole.objects.create(firm=brand, role=FirmRole.Role.BRAND)
    for position, (code, wilaya) in enumerate(OFFICES, 1):
        firm = firms[code]
        FirmRole.objects.create(firm=firm, role=FirmRole.Role.MAKER)
        Registration.objects.create(
            firm=firm, legal_form="SARL", wilaya_id=wilaya, address=f"Zone d’activité, lot {position}"
        )
        register = f"{wilaya}/00-{position:07d}B1{position}"
        for kind, number in (("RC", register), ("NIF", f"{position:015d}")):
            LegalNumber.objects.create(firm=firm, kind=kind, number=number)
        Contact.objects.create(
            firm=firm, name=f"Contact {position:02d}", function="Qualité", email=f"qualite@{code.lower()}.invalid"
        )
