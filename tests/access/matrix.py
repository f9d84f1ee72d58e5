"""Every address × role × method, with the status that must come. An address that is missing here fails the tests.

To add an address, add a Line to LINES:

    Line("name of the address", ("keys", "of", "tests/access/world.py"), get=only(WHO, status), post=only(WHO, status))

`only(WHO, status)`: these roles get the status, other signed-in people 403, strangers the way to the sign-in page.
The posts are empty: a form that writes answers 400 without its key, 302 where nothing else is needed, 405 where nothing
can be posted. A page about a thing names that thing in its keys: it is asked for the supplier's own, another firm's and
an unknown one. `public=True`: the thing belongs to no firm. `also`: more queries that a supplier's user tries, for
words of other firms. What a new page shows needs its canary in tests/access/world.py.
"""

from dataclasses import dataclass

ROLES = ("analyst", "admin", "manager", "supplier", "system")
ANONYMOUS = "anonymous"

SIGNED_IN = set(ROLES)
SEES = {"analyst", "admin", "manager", "supplier"}
HOUSE = {"analyst", "admin", "manager"}
UPLOADS = {"admin", "manager", "supplier"}
ENTERS = {"admin", "manager"}
REPORTS = {"manager"}
CLOSES = {"manager"}
PEOPLE = {"system"}

FORMATS = ("?format=csv", "?format=xlsx")
DIMENSIONS = tuple(f"?by={by}" for by in ("supplier", "site", "family", "part", "month", "wilaya", "brand", "unit"))
ASKED_FOR_OTHERS = ("?supplier=KANARIE", "?site=KANARIE", "?part=KANARIE-REF")


def only(who, status):
    """Return role -> status: these get it, others 403, strangers are led to the sign-in page."""
    return {ANONYMOUS: 302, **{role: status if role in who else 403 for role in ROLES}}


def everybody(status):
    """Return role -> status of an open page."""
    return dict.fromkeys((ANONYMOUS, *ROLES), status)


ADMINS = only(UPLOADS, 404)  # a note or document of the admin: nobody else changes it


# An accepted paper: its supplier's people see it and change it no more.
PAPER_GET = only(ENTERS, 200) | {"supplier": 404}
PAPER_POST = only(ENTERS, 400) | {"supplier": 404}


@dataclass(frozen=True)
class Line:
    """One address: which things it names, what each role gets, and more queries to try for canaries."""

    name: str
    things: tuple[str, ...] = ()
    get: dict = None
    post: dict = None
    public: bool = False
    also: tuple[str, ...] = ()


def page(name, *things, who=SEES, also=(), public=False):
    """Return the Line of a page that is only looked at."""
    return Line(name, things, only(who, 200), only(who, 405), public, also)


def form(name, *things, who=ENTERS, public=False):
    """Return the Line of a form: its empty sending lacks the key and is refused with 400."""
    return Line(name, things, only(who, 200), only(who, 400), public)


def action(name, *things, who):
    """Return the Line of an address that only takes a post and leads on."""
    return Line(name, things, only(who, 405), only(who, 302))


LINES = [
    # open
    Line("live", (), everybody(200), everybody(200)),
    Line("ready", (), everybody(200), everybody(200)),
    Line("account_login", (), everybody(302) | {ANONYMOUS: 200}, everybody(302) | {ANONYMOUS: 200}),
    Line("demo_login", (), everybody(405), everybody(404)),
    Line("language", (), everybody(405), everybody(302)),
    # one's own
    Line("account_logout", (), everybody(200) | {ANONYMOUS: 302}, everybody(302)),
    page("me", who=SIGNED_IN),
    Line("password", (), only(SIGNED_IN, 200), only(SIGNED_IN, 200)),
    action("other_sessions", who=SIGNED_IN),
    Line("session_end", ("session",), only(SIGNED_IN, 405), only(SIGNED_IN, 404), public=True),
    # the second factor: these people have none, and said who they are too long ago
    Line("mfa_authenticate", (), everybody(302), everybody(302)),
    Line("account_reauthenticate", (), only(SIGNED_IN, 200), only(SIGNED_IN, 200)),
    Line("mfa_reauthenticate", (), everybody(302), everybody(302)),
    Line("mfa_activate_totp", (), everybody(302), everybody(302)),
    Line("mfa_deactivate_totp", (), only(SIGNED_IN, 404), only(SIGNED_IN, 404)),
    Line("mfa_view_recovery_codes", (), only(SIGNED_IN, 404), only(SIGNED_IN, 405)),
    Line("mfa_generate_recovery_codes", (), everybody(302), everybody(302)),
    page("search", who=SIGNED_IN, also=("?q=KANARIE", "?q=KAN", "?q=31", "?q=SARL", "?q=scan", "?q=KANARIE&kind=part")),
    Line("history", ("history_kind", "firm"), only(SEES, 200), only(SIGNED_IN, 405), also=("?page=2",)),
    Line("archive", ("history_kind", "firm"), only(ENTERS, 405), only(ENTERS, 400)),
    Line("carried", ("history_kind", "firm"), only(SEES, 200), only(SIGNED_IN, 405)),
    Line("note_new", ("history_kind", "firm"), only(UPLOADS, 200), only(UPLOADS, 400)),
    Line("note_edit", ("history_kind", "firm", "note"), ADMINS | {"admin": 200}, ADMINS | {"admin": 400}),
    Line("document_new", ("history_kind", "firm"), only(UPLOADS, 200), only(UPLOADS, 400)),
    Line("document_edit", ("history_kind", "firm", "document"), ADMINS | {"admin": 200}, ADMINS | {"admin": 400}),
    Line("document_file", ("history_kind", "firm", "document"), only(SEES, 200), only(SIGNED_IN, 405)),
    page("due_list", also=(*FORMATS, "?kind=stage")),
    page("due_calendar", also=(*FORMATS, "?kind=stage")),
    page("expiry_calendar", also=(*FORMATS, "?q=KANARIE")),
    form("reminder_choices", who=SEES),
    Line("notice_list", (), only(SEES, 200), only(SEES, 302)),
    Line("notice", ("notice",), only(SEES, 405), only(SEES, 404)),
    page("job_list", also=FORMATS),
    Line("job", ("job",), only(SEES, 404) | {"admin": 200}, only(SEES, 405)),
    Line("job_stop", ("job",), only(SEES, 405), only(SEES, 404)),
    Line("job_now", ("job",), only(SEES, 405), only(SEES, 404)),
    form("proof", who={"admin"}),
    form("bulk", "bulk_list", public=True),
    # people
    page("user_list", who=PEOPLE, also=FORMATS),
    form("user_new", who=PEOPLE),
    form("user_edit", "user", who=PEOPLE, public=True),
    Line("user_factor", ("user",), only(PEOPLE, 302), only(PEOPLE, 302), public=True),
    Line("user_erase", ("user",), only(PEOPLE, 200), only(PEOPLE, 200), public=True),
    # home and figures
    page("home", also=ASKED_FOR_OTHERS),
    page("figure_list"),
    page("figure", "figure", public=True, also=(*DIMENSIONS, *ASKED_FOR_OTHERS)),
    page("figure_rows", "counted_figure", "counted", public=True, also=(*FORMATS, *ASKED_FOR_OTHERS)),
    page("figure_say", "figure", public=True, also=("?what=change", *ASKED_FOR_OTHERS)),
    # suppliers
    page("supplier_list", also=(*FORMATS, "?q=KANARIE", "?wilaya=31")),
    form("supplier_new"),
    page("supplier", "firm"),
    form("supplier_edit", "firm"),
    form("site_new", "firm"),
    form("site_edit", "firm", "site"),
    form("supplier_status", "firm"),
    page("onboarding", who=ENTERS, also=FORMATS),
    page("firm_list", also=(*FORMATS, "?q=KANARIE", "?role=maker", "?wilaya=31")),
    form("firm_new"),
    Line("firm", ("firm",), only(SEES, 302), only(SEES, 405)),
    form("firm_edit", "firm"),
    form("role_new", "firm"),
    form("role_edit", "firm", "role"),
    form("registration", "firm"),
    form("number_new", "firm"),
    form("number_edit", "firm", "number"),
    form("contact_new", "firm"),
    form("contact_edit", "firm", "contact"),
    page("agreement_list", also=(*FORMATS, "?q=KANARIE", "?event=KANARIE-EVENT")),
    form("agreement_new"),
    page("agreement", "deal"),
    form("agreement_edit", "deal"),
    form("agreed_party_new", "deal"),
    form("agreed_party_edit", "deal", "deal_party"),
    form("promise_new", "deal"),
    form("promise_edit", "deal", "promise"),
    page("commitment_list", also=(*FORMATS, "?owner=KANARIE", "?late=1")),
    page("paper_list", also=(*FORMATS, "?q=KANARIE", "?supplier=KANARIE", "?state=ending")),
    form("paper_new", who=UPLOADS),
    form("standard_new"),
    page("paper", "paper"),
    Line("paper_edit", ("paper",), PAPER_GET, PAPER_POST),
    form("stop_new", "paper"),
    form("stop_edit", "paper", "stop"),
    form("audit_new", "paper"),
    form("audit_edit", "paper", "audit"),
    page("ppap_list", also=(*FORMATS, "?supplier=KANARIE")),
    form("ppap_new"),
    form("ppap_edit", "ppap"),
    page("complaint_list", also=(*FORMATS, "?supplier=KANARIE")),
    form("complaint_new"),
    form("complaint_edit", "complaint"),
    page("project_list", also=(*FORMATS, "?q=KANARIE")),
    form("project_new"),
    page("project", "project"),
    form("project_edit", "project"),
    form("partner_new", "project"),
    form("partner_edit", "project", "partner"),
    form("gate_new", "project"),
    form("gate_edit", "project", "gate"),
    page("event_list", also=(*FORMATS, "?q=KANARIE")),
    form("event_new"),
    page("event", "event"),
    form("event_edit", "event"),
    form("attendance_new", "event"),
    form("attendance_edit", "event", "attendance"),
    page("event_record", "event", "firm"),
    form("action_new", "event"),
    form("action_edit", "event", "action"),
    # saved views: those of another person are found by their group, and changed by nobody else
    page("view_list", also=FORMATS),
    Line("view_new", (), only(SEES, 404), only(SEES, 404), also=("?list=supplier_list",)),
    Line("view", ("view",), only(SEES, 302), only(SEES, 405)),
    Line("view_edit", ("view",), only(SEES, 404), only(SEES, 404)),
    Line(
        "view_delete",
        ("view",),
        {**only(SEES, 404), **dict.fromkeys(ENTERS, 200)},
        {**only(SEES, 404), **dict.fromkeys(ENTERS, 400)},
    ),
    # production
    page("production", also=(*DIMENSIONS, "?by=supplier&format=csv", *ASKED_FOR_OTHERS)),
    page("growth", also=("?format=csv", "?measure=scrap_rate", *ASKED_FOR_OTHERS)),
    page("growth_by", also=(*DIMENSIONS, "?by=supplier&format=csv", "?measure=value_sold&by=site", *ASKED_FOR_OTHERS)),
    page("growth_months", also=("?format=csv", *ASKED_FOR_OTHERS)),
    page("growth_bridge", also=("?by=supplier", "?by=supplier&format=csv", "?by=wilaya", *ASKED_FOR_OTHERS)),
    page("target_list", also=FORMATS),
    form("target_new"),
    Line("target_upload", (), only(ENTERS, 200), only(ENTERS, 200)),
    form("target_edit", "target"),
    form("month_note_new"),
    form("month_note_edit", "month_note"),
    page("line_list", also=(*FORMATS, *ASKED_FOR_OTHERS, "?perimeter=1")),
    page("line", "line", also=("?as-of=v1",)),
    page("revision_list", also=(*FORMATS, "?supplier=KANARIE", "?site=KANARIE", "?as-of=v9")),
    page("since", also=("?since=v1", "?since=v1&format=csv", "?since=v1&supplier=KANARIE", "?since=v1&by=site")),
    Line("entry", (), only(UPLOADS, 200), only(UPLOADS, 400), also=("?month=2026-08", "?site=P05&month=2026-08")),
    page("declaration_list", who=UPLOADS, also=(*FORMATS, "?site=KANARIE")),
    action("file_decide", "batch", who=ENTERS),
    Line("nil", (), only(UPLOADS, 200), only(UPLOADS, 200)),
    page("declaration", "declaration"),
    action("declaration_decide", "declaration", who=ENTERS),
    # declarations by month, who is expected, who is late
    page("period_list", also=(*ASKED_FOR_OTHERS, "?as-of=2026-09-01", "?year=2025")),
    page("period", "period", public=True),
    Line("period_close", ("period",), only(CLOSES, 405), only(CLOSES, 400), public=True),
    Line("period_reopen", ("period",), only(CLOSES, 405), only(CLOSES, 400), public=True),
    page("period_minutes", "period", "minutes", who=HOUSE, public=True),
    page("late_list", who=HOUSE, also=FORMATS),
    form("reminder", "site"),
    page("site_expected", "site"),
    form("site_expect", "site", "expectation"),
    form("site_handover", "site"),
    form("part_merge", "firm"),
    page("calendar", also=("?year=2025",)),
    form("due_rule_new"),
    form("due_rule_edit", "due_rule", public=True),
    form("holiday_new"),
    form("holiday_edit", "holiday", public=True),
    form("season_new"),
    form("season_edit", "season", public=True),
    page("balance", also=("?month=2026-07", "?supplier=KANARIE", "?month=2026-07&format=csv")),
    form("balance_note", "gap", "gap_kind"),
    # imports: nothing for suppliers
    page("imports", who=HOUSE, also=("?year=2025", "?source=planned", "?format=csv")),
    page("trade_list", who=HOUSE, also=(*FORMATS, "?perimeter=national")),
    page("trade_line", "trade_line", who=HOUSE),
    Line("trade_upload", (), only(ENTERS, 200), only(ENTERS, 200)),
    form("importer_new"),
    page("import_policy", who=HOUSE),
    page("range_list", who=HOUSE, also=FORMATS),
    form("range_new"),
    page("range", "range", who=HOUSE),
    form("range_edit", "range"),
    form("agreed_ranges", "deal"),
    form("exemption_new", "range"),
    Line("exemption_end", ("exemption",), only(ENTERS, 405), only(ENTERS, 400)),
    # received files
    page("batch_list", who=UPLOADS, also=FORMATS),
    page("record_files", who=ENTERS),
    page("scorecard", also=FORMATS),
    Line("record_upload", ("records",), only(ENTERS, 200), only(ENTERS, 200), public=True),
    Line("batch_new", (), only(UPLOADS, 200), only(UPLOADS, 200), also=("?supplier=KANARIE",)),
    page("batch", "batch", who=UPLOADS),
    action("batch_check", "batch", who=UPLOADS),
    action("batch_mode", "batch", who=UPLOADS),
    action("batch_apply", "batch", who=UPLOADS),
    Line("batch_rollback", ("batch",), only(ENTERS, 302), only(ENTERS, 302)),  # waits: it leads to its page
    page("batch_file", "batch", who=UPLOADS),
    Line("batch_repair", ("batch",), only(UPLOADS, 302), only(UPLOADS, 302)),
    action("batch_confirm", "batch", who=UPLOADS),
    action("repair_undo", "batch", "repair", who=UPLOADS),
    form("sender", "firm", who=UPLOADS),
    action("alias_forget", "firm", "alias", who=UPLOADS),
    page("attachment", "attachment"),
    # local integration
    page("programme_list", also=FORMATS),
    form("programme_new"),
    page("programme", "programme"),
    form("programme_edit", "programme"),
    page("component_list", "programme", also=FORMATS),
    page("component", "programme", "component"),
    Line("component_upload", (), only(ENTERS, 200), only(ENTERS, 200)),
    form("component_new", "programme"),
    form("component_edit", "programme", "component"),
    page("simulator", "programme"),
    page("scenario_list", "programme", also=FORMATS),
    form("scenario_new", "programme", who=SEES),
    Line(
        "scenario_edit", ("programme", "scenario"), only(SEES, 404) | {"admin": 200}, only(SEES, 404) | {"admin": 400}
    ),
    Line("assessment_publish", ("programme",), only(REPORTS, 405), only(REPORTS, 400)),
    page("assessment", "programme", "assessment"),
    Line("calculator", (), only(SEES, 200), only(SEES, 200)),
    page("policy_list", also=FORMATS),
    form("policy_new"),
    page("policy", "rule", public=True),
    form("policy_edit", "rule", public=True),
    page("road_map", "programme"),
    page("certification", "programme", "certification"),
    form("certification_step_new", "programme", "certification"),
    form("certification_step_edit", "programme", "certification", "certification_step"),
    page("portfolio", also=(*FORMATS, "?since=2026-01-01")),
    page("content_list", also=(*FORMATS, "?supplier=KANARIE")),
    form("content_new", who=UPLOADS),
    page("content", "content"),
    form("content_edit", "content", who=UPLOADS),
    form("purchase_new", "content", who=UPLOADS),
    form("purchase_edit", "content", "purchase", who=UPLOADS),
    page("exchange_list", also=FORMATS),
    form("exchange_new"),
    form("exchange_edit", "exchange", public=True),
    form("exchange_take", "programme"),
    form("volume_new", "programme"),
    form("volume_edit", "programme", "volume"),
    form("milestone_new", "programme"),
    form("milestone_edit", "programme", "milestone"),
    form("certification_new", "programme"),
    form("certification_edit", "programme", "certification"),
    # workshops
    page("workshop_list", who=HOUSE, also=FORMATS),
    form("workshop_new"),
    page("workshop", "workshop", who=HOUSE),
    form("workshop_edit", "workshop"),
    form("training_new"),
    form("training_edit", "training"),
    form("equipment_new"),
    form("equipment_edit", "equipment"),
    form("membership_new", "workshop"),
    form("membership_edit", "workshop", "membership"),
    form("workshop_place_new", "workshop"),
    form("workshop_place_edit", "workshop", "workshop_place"),
    # exports
    page("export_list", also=FORMATS),
    form("export_new"),
    page("export", "agreement"),
    form("export_edit", "agreement"),
    form("party_new", "agreement"),
    form("party_edit", "agreement", "party"),
    form("commitment_new", "agreement"),
    form("commitment_edit", "agreement", "commitment"),
    form("shipment_new", "agreement"),
    form("shipment_edit", "agreement", "shipment"),
    # report
    page("report_list", who=REPORTS),
    page("report_pdf", who=REPORTS),
    page("report_xlsx", who=REPORTS),
    page("published_list", who=HOUSE, also=FORMATS, public=True),
    form("published_new"),
    page("published", "published", who=HOUSE, public=True),
    form("published_edit", "published", public=True),
]
