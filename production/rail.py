"""Production in the navigation: volumes and imports, their entries and their own pages."""

from django.utils.translation import gettext_lazy as _

from partstrack.registry import RailItem, Section

RAIL = [
    RailItem("production", _("Production"), "chart-column", order=20),
    RailItem("imports", _("Imports"), "package-open", order=55, right="see_all", phone=85),
]

EXPECTED = ("site_expected", "site_expect")
MONTHS = ("period", "period_minutes")
DATES = ("due_rule_new", "due_rule_edit", "holiday_new", "holiday_edit", "season_new", "season_edit")
GROWTH = (
    *("growth_by", "growth_months", "growth_bridge", "target_list", "target_new", "target_edit", "target_upload"),
    *("month_note_new", "month_note_edit"),
)

RANGES = ("range", "range_new", "range_edit", "agreed_ranges")
SECTIONS = [
    Section("supplier_list", "scorecard", _("Scorecard"), 70),
    Section("production", "production", _("Overview"), 10),
    Section("production", "growth", _("Growth"), 15, below=GROWTH),
    Section("production", "line_list", _("Lines"), 20, below=("line",)),
    Section("production", "period_list", _("Suppliers × months"), 30, below=(*MONTHS, *EXPECTED)),
    Section("production", "late_list", _("Who is late"), 40, "see_all", below=("reminder",)),
    Section("production", "declaration_list", _("Declarations"), 50, "upload", below=("declaration",)),
    Section("production", "entry", _("Entry"), 60, "upload", below=("nil",)),
    Section("production", "balance", _("Gaps"), 70, below=("balance_note",)),
    Section("production", "since", _("Changes"), 80),
    Section("production", "revision_list", _("Register"), 90),
    Section("production", "calendar", _("Calendar"), 110, below=DATES),
    Section("imports", "imports", _("Overview"), 10, "see_all"),
    Section("imports", "trade_list", _("Lines"), 20, "see_all", below=("trade_line",)),
    Section("imports", "range_list", _("Ranges"), 30, "see_all", below=RANGES),
    Section("imports", "import_policy", _("The promise"), 40, "see_all", below=("exemption_new", "exemption_end")),
    Section("imports", "trade_upload", _("Upload a file"), 50, "enter", below=("importer_new",)),
]
