"""What the figures of the suppliers count: the active and the known suppliers."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import Counted
from suppliers.agreement_figures import agreements_in_force, agreements_signed, commitments_kept, suppliers_signed
from suppliers.agreement_tables import AgreementTable, CommitmentTable
from suppliers.figures import suppliers_active, suppliers_known
from suppliers.models import Commitment, Supplier
from suppliers.models.commitments import with_commitments
from suppliers.paper_figures import certificates_valid, certified_share, complaints, papers_ending, suppliers_certified
from suppliers.paper_tables import ComplaintTable, PaperTable
from suppliers.project_figures import projects_active, projects_late
from suppliers.project_tables import ProjectTable
from suppliers.tables import SupplierTable


def at_work(ask):
    """Return the suppliers that are active on the asked day, with their sites of that day."""
    rows = suppliers_active(ask).queryset.select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


def known(ask):
    """Return the suppliers that are known on the asked day, with their sites of that day."""
    rows = suppliers_known(ask).queryset.select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


def with_contract(ask):
    """Return the suppliers that have an agreement in force on the asked day."""
    rows = suppliers_signed(ask).queryset.select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


def signed(ask):
    """Return the contracts signed in the asked months."""
    return with_commitments(agreements_signed(ask).queryset)


def in_force(ask):
    """Return the contracts in force on the asked day."""
    return with_commitments(agreements_in_force(ask).queryset)


def due(ask):
    """Return the commitments that were due by the asked day."""
    return commitments_kept(ask).queryset.select_related("owner", "agreement", "event")


def kept(ask):
    """Return those of them that were kept."""
    return due(ask).filter(state=Commitment.State.KEPT, kept_on__lte=ask.on)


def valid(ask):
    """Return the certificates that are valid on the asked day."""
    return _papers(certificates_valid(ask).queryset)


def ending(ask):
    """Return the papers that end within 90 days of the asked day."""
    return _papers(papers_ending(ask).queryset)


def _papers(rows):
    return rows.select_related("standard", "firm", "site").prefetch_related("stops", "renewals")


def with_certificate(ask):
    """Return the suppliers that have a valid certificate on the asked day."""
    return _suppliers(suppliers_certified(ask), ask)


def certified_active(ask):
    """Return the active ones of them."""
    return _suppliers(certified_share(ask), ask)


def active_then(ask):
    """Return the suppliers that are active on the asked day, whatever the standard."""
    rows = Supplier.objects.within(ask.scope).at_work_on(ask.on).select_related("firm").with_sites(ask.on)
    return rows.order_by("firm__name", "pk")


def _suppliers(answer, ask):
    return answer.queryset.select_related("firm").with_sites(ask.on).order_by("firm__name", "pk")


def received(ask):
    """Return the complaints received in the asked months."""
    return complaints(ask).queryset.select_related("site__firm", "family", "customer")


def active_projects(ask):
    """Return the projects that go on."""
    return projects_active(ask).queryset.prefetch_related("partners__firm", "gates")


def late_projects(ask):
    """Return those of them that are late on the asked day."""
    return projects_late(ask).queryset.prefetch_related("partners__firm", "gates")


COUNTED = [
    Counted(
        "suppliers_active",
        "suppliers",
        _("Suppliers that are active and had joined by the day"),
        SupplierTable,
        at_work,
        "value",
    ),
    Counted("suppliers_known", "suppliers", _("Suppliers that are known on the day"), SupplierTable, known, "value"),
    Counted(
        "suppliers_signed",
        "suppliers",
        _("Suppliers with an agreement in force on the day"),
        SupplierTable,
        with_contract,
        "value",
    ),
    Counted("agreements_signed", "agreements", _("Agreements signed in the months"), AgreementTable, signed, "value"),
    Counted(
        "agreements_in_force", "agreements", _("Agreements in force on the day"), AgreementTable, in_force, "value"
    ),
    Counted("commitments_kept", "kept", _("Commitments kept by the day"), CommitmentTable, kept, "numerator"),
    Counted("commitments_kept", "due", _("Commitments due by the day"), CommitmentTable, due, "denominator"),
    Counted("certificates_valid", "papers", _("Certificates valid on the day"), PaperTable, valid, "value"),
    Counted("papers_ending", "papers", _("Papers that end within 90 days"), PaperTable, ending, "value"),
    Counted(
        "suppliers_certified",
        "suppliers",
        _("Suppliers with a valid certificate on the day"),
        SupplierTable,
        with_certificate,
        "value",
    ),
    Counted(
        "certified_share",
        "certified",
        _("Active suppliers with a valid certificate on the day"),
        SupplierTable,
        certified_active,
        "numerator",
    ),
    Counted("certified_share", "active", _("Suppliers active on the day"), SupplierTable, active_then, "denominator"),
    Counted("complaints", "complaints", _("Complaints received in the months"), ComplaintTable, received, "value"),
    Counted("projects_active", "projects", _("Projects going on"), ProjectTable, active_projects, "value"),
    Counted("projects_late", "late", _("Projects that are late on the day"), ProjectTable, late_projects, "numerator"),
    Counted("projects_late", "going-on", _("Projects going on"), ProjectTable, active_projects, "denominator"),
]
