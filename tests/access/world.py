"""Two firms that have one of everything: P05, for which the supplier's user declares, and another whose every word
contains the canary. Whatever page shows the canary to that user shows what is not theirs."""

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Firm, FirmAlias
from catalogue.models import Family, Part, PartAlias, PartFamily
from exports.models import AgreementParty
from intake.models import Batch, Repair
from integration.assessing import publish
from integration.models import (
    Brought,
    CertificationStart,
    CertificationStep,
    ContentInput,
    ExchangeRate,
    Milestone,
    PartContent,
    ProgrammeVolume,
    Scenario,
)
from integration.rates import read
from office.door import write
from office.models import Attachment, Document, Job, Note, Notice, SavedView
from production.models import (
    AgreedRange,
    BalanceNote,
    DueRule,
    Holiday,
    MonthNote,
    OutputLine,
    PeriodState,
    Reminder,
    Season,
    Target,
    TargetAmount,
    TradeLine,
)
from reports.models import PublishedFigure
from suppliers.models import Agreement as Deal
from suppliers.models import (
    Attendance,
    Audit,
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
    Site,
    Standard,
    StatusSpan,
    Stop,
)
from suppliers.models import Commitment as Promise
from tests import making
from tests.exports.agreements import agreement, commit, ship
from tests.integration.programmes import component, programme
from tests.production import trading
from tests.workshops.network import workshop
from workshops.models import RollOut, Training

CANARY = "KANARIE"
OWN = "P05"
MONTHS = {"2025-08": 700, "2026-08": 900}


def people():
    """Make one person of each role, the supplier's one for P05; all with a password. Returns {role: user}."""
    made = {
        "analyst": making.person("analyst@example.org", making.ANALYST),
        "admin": making.person("admin@example.org", making.ADMIN),
        "manager": making.person("manager@example.org", making.MANAGER),
        "supplier": making.person("p05@example.org", making.SUPPLIER, firm=making.firm(OWN)),
        "system": making.person("system@example.org", "system"),
    }
    for user in made.values():
        user.set_password("correct horse battery staple")
        user.save()
    return made


def things(code, admin):
    """Make one of everything for a firm. Returns {key: what an address names}."""
    firm = making.firm(code)
    Firm.objects.filter(pk=firm.pk).update(name=f"{code} SARL", name_ar=f"{code} ش.ذ.م.م")
    FirmAlias.objects.create(firm=firm, name=f"{code} alias")
    author = making.person(f"{code}@author.org", making.SUPPLIER, firm=firm)
    author.name = f"{code} author"
    author.save()
    view = SavedView.objects.create(name=f"{code} view", page="supplier_list", owner=author, audience="everyone")
    told = Notice.objects.create(
        user=author, at=timezone.now(), title=f"{code} note", detail=f"{code} reason", url=f"/suppliers/{code}"
    )
    job = Job.objects.create(
        owner=author, kind="check", key=code, about=f"{code} file", outcome=f"{code} note", url=f"/suppliers/{code}",
        state="done", asked_at=timezone.now(), ended_at=timezone.now(),
    )  # fmt: skip
    found = {
        "firm": code,
        "history_kind": "supplier",
        "user": author.pk,
        "session": "0123456789abcdef01234567",
        "view": view.pk,
        "bulk_list": "supplier_list",
        "records": "suppliers",
        "rule": "dz-algeria-2023",
        "notice": told.pk,
        "job": job.pk,
        "figure": "produced",
        "counted_figure": "coverage",
        "counted": "received",
    }
    for part in (
        _firm,
        _agreed,
        _project,
        _production,
        _papers,
        _file,
        _trade,
        _programme,
        _workshop,
        _agreement,
        _published,
    ):
        found |= part(code, firm, admin)
    return found


def unknown(known):
    """Return the same keys with what nobody has."""
    return {key: 999_999_999 if isinstance(value, int) else "NOBODY" for key, value in known.items()}


def _firm(code, firm, admin):
    """Everything that is known of the firm, in the wilaya that nobody else is in."""
    wilaya, digit = ("31", "1") if code == CANARY else ("16", "2")
    Registration.objects.create(firm=firm, wilaya_id=wilaya, commune=f"{code} commune", address=f"{code} address")
    StatusSpan.objects.create(supplier=firm.supplier, status="active", reason=f"{code} reason")
    number = LegalNumber.objects.create(firm=firm, kind="NIF", number=digit * 15)
    contact = Contact.objects.create(firm=firm, name=f"{code} contact", email=f"{code}@contact.org")
    role = FirmRole.objects.create(firm=firm, role="maker")
    return {"number": number.pk, "contact": contact.pk, "role": role.pk}


def _agreed(code, firm, admin):
    """An agreement with a commitment, signed at an event with an action."""
    event = Event.objects.create(code=f"{code}-EVENT", title=f"{code} event", year=2026, note=f"{code} note")
    attendance = Attendance.objects.create(event=event, firm=firm, people=f"{code} people")
    deal = Deal.objects.create(
        code=f"{code}-DEAL", title=f"{code} deal", kind="supply", state="signed", event=event, aim=f"{code} aim"
    )
    party = Party.objects.create(agreement=deal, firm=firm, role="supplier")
    promise = Promise.objects.create(agreement=deal, text=f"{code} promise", owner=firm, due_on=date(2026, 9, 1))
    action = Promise.objects.create(event=event, text=f"{code} action", owner=firm, due_on=date(2026, 9, 1))
    found = {"event": event.code, "attendance": attendance.pk, "action": action.pk}
    return found | {"deal": deal.code, "deal_party": party.pk, "promise": promise.pk}


def _project(code, firm, admin):
    """A late project."""
    project = Project.objects.create(
        code=f"{code}-PROJECT", title=f"{code} project", kind="supply", note=f"{code} note"
    )
    partner = Partner.objects.create(project=project, firm=firm, role="industrial")
    gate = Gate.objects.create(project=project, stage="tooling", planned_on=date(2026, 9, 1), note=f"{code} note")
    return {"project": project.code, "partner": partner.pk, "gate": gate.pk}


def _papers(code, firm, admin):
    """A certificate that was suspended, an approval of a reference, a sample, a complaint."""
    site, part = Site.objects.get(code=code), Part.objects.get(firm=firm)
    words = {"firm": firm, "body": f"{code} body", "scope": f"{code} scope", "valid_from": date(2025, 1, 1)}
    iso, r90 = Standard.objects.get(code="iso-9001"), Standard.objects.get(code="un-r90")
    ends = date(2026, 11, 1)
    paper = Paper.objects.create(site=site, standard=iso, number=f"{code}-ISO", valid_to=ends, **words)
    approval = Paper.objects.create(standard=r90, number=f"{code}-R90", renews=paper, **words)
    approval.parts.set([part])
    stop = Stop.objects.create(paper=paper, kind="suspended", since=date(2026, 9, 1), why=f"{code} why")
    audit = Audit.objects.create(paper=paper, planned_on=date(2026, 10, 1), note=f"{code} note")
    sent = {"customer": firm, "submitted_on": date(2026, 8, 1), "note": f"{code} note"}
    ppap = Ppap.objects.create(site=site, part=part, revision=f"{code} rev", **sent)
    complaint = Complaint.objects.create(
        site=site, family_id=Family.objects.get(code="brakes").pk, received_on=date(2026, 8, 1), quantity=3,
        defect=f"{code} defect",
    )  # fmt: skip
    found = {"paper": paper.pk, "stop": stop.pk, "audit": audit.pk}
    return found | {"ppap": ppap.pk, "complaint": complaint.pk}


def _production(code, firm, admin):
    where = making.site(code, of=code, wilaya="31" if code == CANARY else "16")
    part = making.part(f"{code}-REF", firm)
    making.declare(admin, where, making.monthly(part, MONTHS), reason=f"{code} reason")
    line = OutputLine.objects.filter(site=where).order_by("month").last()
    Reminder.objects.create(
        site=where,
        month=date(2026, 7, 1),
        sent_on=date(2026, 9, 1),
        channel="phone",
        note=f"{code} note",
        author=admin,
        at=timezone.now(),
    )
    gap = _gap(code, where, part, admin)
    goal = Target.objects.create(year=2026, firm=firm, family=PartFamily.objects.get(part=part).family, amount=12000)
    TargetAmount.objects.create(target=goal, amount=12000, from_v=0)
    note = MonthNote.objects.create(month=date(2026, 8, 1), firm=firm, text=f"{code} note", author=admin)
    ids = {"target": goal.pk, "month_note": note.pk, "season": Season.objects.earliest("pk").pk}
    ids |= {"site": code, "line": line.pk, "declaration": line.declaration_id, "gap": gap.pk, "gap_kind": "flow"}
    return ids | _periods(code, admin)


def _periods(code, admin):
    """A closed month whose minutes name the firm; the calendar's first rule and holiday, which belong to nobody."""
    gaps = [{"check": "missing", "site": code, "detail": f"{code} reason"}]
    minutes = {"expected": 1, "declared": 0, "nil": 0, "gaps": gaps, "totals": []}
    month = date(2026, 5, 1) if code == CANARY else date(2026, 4, 1)
    closing = PeriodState.objects.create(
        month=month,
        accepted_gaps=f"{code} reason",
        minutes=minutes,
        closed_by=admin,
        closed_at=timezone.now(),
        from_v=0,
    )
    return {
        "period": f"{month:%Y-%m}",
        "minutes": closing.pk,
        "expectation": "confirm",
        "due_rule": DueRule.objects.earliest("pk").pk,
        "holiday": Holiday.objects.earliest("pk").pk,
    }


def _gap(code, where, part, admin):
    """Declare a month that does not balance, and say why."""
    making.declare(admin, where, {"2026-07": [(part, {"opening": 1, "produced": 5, "closing": 2})]})
    line = OutputLine.objects.get(site=where, month=date(2026, 7, 1))
    BalanceNote.objects.create(
        head=line.declaration.head,
        part=part,
        kind="flow",
        difference=4,
        owner=admin,
        comment=f"{code} reason",
        by=admin,
        at=timezone.now(),
    )
    return line


def _file(code, firm, admin):
    batch = Batch.objects.create(
        kind="output",
        name=f"{code}.csv",
        sha256=code.ljust(64, "0"),
        size=4,
        file=ContentFile(f"{code} file".encode(), f"{code}.csv"),
        firm=firm,
        author=admin,
        received_at=timezone.now(),
    )
    proof = Attachment.objects.create(
        name=f"{code} scan.pdf",
        sha256=code.ljust(64, "1"),
        size=4,
        file=ContentFile(f"{code} scan".encode(), f"{code}.pdf"),
        firm=firm,
        author=admin,
        at=timezone.now(),
    )
    carried = _carried(code, firm.supplier, proof, admin)
    repair = Repair.objects.create(
        batch=batch, what="cell", row=1, value=f"{code} value", reason=f"{code} reason", author=admin, at=timezone.now()
    )
    part = Part.objects.get(reference=f"{code}-REF")
    alias = PartAlias.objects.create(part=part, firm=firm, reference=f"{code}-BIS", reference_key=f"{code}BIS")
    return {"batch": batch.pk, "attachment": proof.pk, "repair": repair.pk, "alias": alias.pk} | carried


def _carried(code, supplier, file, admin):
    """A note and a document that the supplier may read, and internal ones that it may not."""
    about = {"kind": "supplier", "subject": supplier.pk, "author": admin, "at": timezone.now()}
    Note.objects.create(text=f"{CANARY} internal note", **about)
    Document.objects.create(title=f"{CANARY} internal scan", attachment=file, **about)
    note = Note.objects.create(text=f"{code} note", internal=False, **about)
    document = Document.objects.create(title=f"{code} scan", attachment=file, internal=False, **about)
    return {"note": note.pk, "document": document.pk}


def _trade(code, firm, admin):
    """A range of the firm's brand, an import of it by the firm itself, and an exemption."""
    made = trading.make_range(admin, f"{code}-RNG", trading.brand(f"brand-{firm.pk}", code), began="2026-01-15")
    trading.send(admin, trading.row("2026-08", 7, importer=code, range=made.code, document=f"{code} note"))
    AgreedRange.objects.create(agreement=Deal.objects.get(code=f"{code}-DEAL"), range=made)
    exemption = trading.exempt(admin, made, "2026-08", "2026-12-31", 5, why=f"{code} reason")
    line = TradeLine.objects.get(range=made)
    return {"range": made.code, "trade_line": line.pk, "exemption": exemption.pk}


def _programme(code, firm, admin):
    made = programme(f"{code}-MOD", maker=code, approved_on=date(2024, 8, 22))
    item = component(made, "4.0", site=firm.sites.get())
    with write(admin) as door:
        kept = publish(door, admin, read(made, date(2026, 9, 22)), 1, f"{code} assessment")
    stage = Milestone.objects.create(programme=made, title=f"{code} stage", planned_on=date(2026, 8, 31))
    Brought.objects.create(milestone=stage, component=item, site=item.site)
    start = CertificationStart.objects.create(programme=made, owner=firm)
    exchange, _fresh = ExchangeRate.objects.get_or_create(currency="EUR", on=date(2026, 8, 31), rate=150, source="bank")
    content = PartContent.objects.create(
        part=Part.objects.get(reference=f"{code}-REF"),
        site=firm.sites.get(),
        first_month=date(2026, 1, 1),
        last_month=date(2026, 12, 1),
        value=1200,
    )
    bought = ContentInput.objects.create(
        content=content, kind="import", name=f"{code} steel", value=2, currency="EUR", exchange=exchange
    )
    return {
        "content": content.pk,
        "purchase": bought.pk,
        "exchange": exchange.pk,
        "programme": made.code,
        "component": item.pk,
        "assessment": kept.number,
        "scenario": Scenario.objects.create(programme=made, owner=admin, name=f"{code} scenario", shared=True).pk,
        "milestone": stage.pk,
        "certification": start.pk,
        "certification_step": CertificationStep.objects.create(
            certification=start, kind="file", title=f"{code} step"
        ).pk,
        "volume": ProgrammeVolume.objects.create(programme=made, year=2026, planned=10, source=f"{code} plan").pk,
    }


def _workshop(code, firm, admin):
    made = workshop(f"{code}-W", firm=firm)
    session = Training.objects.create(title=f"{code} training", workshop=made, hours=Decimal(8))
    tool = RollOut.objects.create(workshop=made, planned_on=date(2026, 10, 1))
    return {
        "workshop": made.code,
        "training": session.pk,
        "equipment": tool.pk,
        "membership": made.memberships.get().pk,
        "workshop_place": made.places.get().pk,
    }


def _agreement(code, firm, admin):
    made = agreement(f"{code}-EXP", firm, place=f"{code} place", aim=f"{code} aim")
    first, last = date(2026, 7, 1), date(2027, 6, 1)
    return {
        "agreement": made.code,
        "party": AgreementParty.objects.get(agreement=made).pk,
        "commitment": commit(made, 12000, first, last).pk,
        "shipment": ship(made, 500, date(2026, 8, 3), invoice=f"{code}-F1").pk,
    }


def _published(code, firm, admin):
    words = {"subject": f"{code} subject", "measure_fr": f"{code} measure", "source": f"{code} source"}
    return {"published": PublishedFigure.objects.create(code=f"{code}-F1", **words).code}
