"""What files may bring of suppliers and of all that is kept about them: one row each, through the forms of their pages."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Firm
from intake.record_kind import kind
from intake.records import Records
from suppliers.actions import follow
from suppliers.agreement_forms import AgreementForm, AttendanceForm, CommitmentForm, EventForm, PartyForm
from suppliers.firm_forms import ContactForm, FirmForm, NumberForm, RegistrationForm, RoleForm
from suppliers.forms import SiteForm, SupplierForm
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
    Site,
    SitePlace,
    Stop,
    Supplier,
)
from suppliers.paper_forms import AuditForm, ComplaintForm, PaperForm, PpapForm, StopForm
from suppliers.project_forms import GateForm, PartnerForm, ProjectForm

FIRM = ("code fournisseur", "fournisseur", "supplier", "supplier code", "entreprise", "المورد", "رمز المورد")


def _take_out_supplier(supplier):
    """Delete a supplier that a file made, with its firm and first site; ProtectedError when anything holds on to them."""
    firm = supplier.firm
    supplier.statuses.all().delete()
    supplier.delete()
    SitePlace.objects.filter(site__firm=firm).delete()
    firm.sites.all().delete()
    firm.aliases.all().delete()
    firm.delete()


def _of(model, form, name, title, page, owner, key, **more):
    """Return the Records of what belongs to something else, which the file names in a column of its own."""
    key = {owner: owner} | {column: column for column in key}
    return Records(
        name,
        title,
        model,
        form,
        key,
        lambda user: model.objects.visible_to(user).exclude(**{owner: None}),
        page,
        owner=owner,
        **more,
    )


def _coded(model, form, name, title, page, **more):
    """Return the Records of what has a code."""
    return Records(name, title, model, form, {"code": "code"}, model.objects.visible_to, page, **more)


RECORDS = [
    Records(
        "suppliers",
        _("Suppliers"),
        Supplier,
        SupplierForm,
        {"code": "firm__code"},
        lambda user: (
            Supplier.objects.visible_to(user)
            .filter(archived_at=None)
            .select_related("firm")
            .prefetch_related("firm__aliases")
        ),
        "supplier_list",
        without=("renamed_on",),
        lists=("aliases",),
        along=follow,
        take_out=_take_out_supplier,
    ),
    Records(
        "sites",
        _("Sites"),
        Site,
        SiteForm,
        {"code": "code"},
        lambda user: Site.objects.visible_to(user).living(),
        "supplier_list",
        owner="firm",
        without=("moved_on",),
        words={"firm": FIRM},
    ),
    Records(
        "organisations",
        _("Organisations"),
        Firm,
        FirmForm,
        {"code": "code"},
        lambda user: Firm.objects.visible_to(user).living().filter(supplier=None).prefetch_related("aliases"),
        "firm_list",
        lists=("aliases",),
    ),
    _of(Contact, ContactForm, "contacts", _("Contacts"), "firm_list", "firm", ("name",), words={"firm": FIRM}),
    _of(
        LegalNumber,
        NumberForm,
        "legal_numbers",
        _("Legal numbers"),
        "firm_list",
        "firm",
        ("kind",),
        words={"firm": FIRM},
    ),
    _of(
        Registration,
        RegistrationForm,
        "registered_offices",
        _("Registered offices"),
        "firm_list",
        "firm",
        (),
        words={"firm": FIRM},
    ),
    _of(FirmRole, RoleForm, "roles", _("Roles"), "firm_list", "firm", ("role", "since"), words={"firm": FIRM}),
    _coded(
        Agreement,
        AgreementForm,
        "agreements",
        _("Agreements"),
        "agreement_list",
        without=("party", "party_role"),
    ),
    _of(Party, PartyForm, "parties", _("Parties of agreements"), "agreement_list", "agreement", ("firm", "role")),
    _of(Commitment, CommitmentForm, "commitments", _("Commitments"), "commitment_list", "agreement", ("text",)),
    _coded(Event, EventForm, "events", _("Events"), "event_list"),
    _of(Attendance, AttendanceForm, "invitations", _("Invitations"), "event_list", "event", ("firm",)),
    _of(Commitment, CommitmentForm, "actions", _("Actions of events"), "event_list", "event", ("text",)),
    Records(
        "papers",
        _("Certificates and approvals"),
        Paper,
        PaperForm,
        {name: name for name in ("standard", "number", "site", "valid_from")},
        Paper.objects.visible_to,
        "paper_list",
        lists=("references",),
    ),
    _of(Stop, StopForm, "suspensions", _("Suspensions and withdrawals"), "paper_list", "paper", ("kind", "since")),
    _of(Audit, AuditForm, "audits", _("Surveillance audits"), "paper_list", "paper", ("planned_on",)),
    Records(
        "samples",
        _("First samples"),
        Ppap,
        PpapForm,
        {name: name for name in ("site", "revision", "customer", "submitted_on")} | {"reference": "part__reference"},
        Ppap.objects.visible_to,
        "ppap_list",
    ),
    Records(
        "complaints",
        _("Complaints"),
        Complaint,
        ComplaintForm,
        {name: name for name in ("site", "family", "kind", "received_on", "customer", "defect")},
        Complaint.objects.visible_to,
        "complaint_list",
    ),
    _coded(Project, ProjectForm, "projects", _("Localisation projects"), "project_list"),
    _of(Partner, PartnerForm, "partners", _("Partners of projects"), "project_list", "project", ("firm", "role")),
    _of(Gate, GateForm, "stages", _("Stages of projects"), "project_list", "project", ("stage",)),
]
KINDS = [kind(records) for records in RECORDS]
