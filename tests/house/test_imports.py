"""Who may import whom: downward only, between the apps and inside each of them. The house's rule, kept by a machine."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from partstrack import registry

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (
    {"partstrack"},
    {"accounts"},
    {"office"},
    {"places", "catalogue"},
    {"intake"},
    {"suppliers"},
    {"production"},
    {"integration", "workshops"},
    {"exports"},
    {"reports"},
)
ROOMS = tuple(sorted(app for floor in FLOORS for app in floor))
EXTENSIONS = ("catalogue", "places")  # the database's extensions are made once, by the first migration of places
HEIGHT = {app: height for height, floor in enumerate(FLOORS) for app in floor}

# Inside an app, from the ground up. Neighbours on one level do not import each other.
LEVELS = (
    {"models"},
    {"figures"},
    {"actions"},
    {"rows"},
    {"forms", "tables", "filters"},
    {"views"},
    {"urls"},
    {"management"},
)
# Other files of an app, by the level they help: they may import that level, and be imported by it.
HELPERS = {
    "models": {"names", "vintages", "data", "passwords", "throttle", "comparison", "ledger", "clock", "downloads"}
    | {"calendar", "trade_ledger", "counting", "methods", "simulating"},
    "figures": {
        "perimeters",
        "standings",
        "volumes",
        "line_totals",
        "rates",
        "verify",
        "staging",
        "site_months",
        "episodes",
        "control",
        "plausibility",
        "balance",
        "restatements",
        "definitions",
        "groups",
        "growth",
        "completeness",
        "ratios",
        "spans",
        "bridge",
        "series",
        "targets",
        "declared",
        "wording_of_figures",
        "agreement_figures",
        "paper_figures",
        "cover_figures",
        "project_figures",
        "conduct",
        "scorecard",
        "schedule",
        "timeline",
    }
    | {
        "trade",
        "trade_figures",
        "sides",
        "sourcing",
        "local_ranges",
        "local_share",
        "makers",
        "avoided",
        "policy",
        "beside",
    }
    | {"items", "resting", "candidates", "road"}
    | {"portfolio", "portfolio_changes", "portfolio_figures"}
    | {"content_shares", "content_figures"}
    | {"localised", "localised_figures"},
    "actions": {
        "seed",
        "targeting",
        "periods",
        "expecting",
        "migrating",
        "reminding",
        "door",
        "rights",
        "asking",
        "question",
        "commands",
        "attachments",
        "saved_views",
        "notices",
        "telling",
        "jobs",
    }
    | {"daily", "working"}
    | {"reception", "range_actions", "merging", "handover", "forgetting", "erasing", "assessing", "exchange_taking"}
    | {"second_factor", "sessions"},
    "rows": {"kind", "owners", "sorting", "desk", "grid", "pasting", "typed", "repairs", "senders", "quantities"}
    | {
        "answers",
        "findings",
        "originals",
        "columns",
        "doubles",
        "making",
        "places",
        "applying",
        "totals",
        "month_columns",
    }
    | {"trade_rows", "trade_sorting", "trade_plausibility", "trade_kind", "target_rows", "target_kind"}
    | {"component_rows", "component_compared", "component_kind", "calculating"}
    | {"later"}
    | {"recognise", "headers", "headings", "layouts", "leftovers"}
    | {
        "sheets",
        "sheets_child",
        "sheets_containers",
        "sheets_limits",
        "sheets_marks",
        "sheets_ods",
        "sheets_text",
        "sheets_xls",
    },
    "forms": {
        "search",
        "history",
        "carried_forms",
        "pictures",
        "proof",
        "changes",
        "tasks",
        "cards",
        "panels",
        "rail",
        "entry",
        "adapter",
        "report",
        "wording",
        "asked",
    }
    | {"paper", "pdf", "workbook", "matrix", "balance_forms", "since_forms", "revision_tables", "revision_filters"}
    | {"job_tables"}
    | {"view_forms", "factor_forms", "bulk", "bulk_forms", "detours"}
    | {"sending", "growth_forms", "growth_pictures", "growth_rows", "growth_tables"}
    | {"merge_forms", "handover_forms", "due", "due_forms", "due_tables", "due_calendar"}
    | {"agreement_forms", "agreement_filters", "agreement_tables"}
    | {"project_forms", "project_tables", "project_pictures"}
    | {"records", "record_cells", "record_kind", "scorecard_tables"}
    | {"component_forms", "component_tables", "policy_forms", "road_forms", "road_pictures"}
    | {"portfolio_forms", "portfolio_tables"}
    | {"content_forms", "content_tables", "content_records"}
    | {"exchange_forms", "exchange_tables", "exchange_records", "programme_records"}
    | {"paper_forms", "paper_filters", "paper_tables"}
    | {"firm_forms", "other_names", "firm_filters", "firm_tables", "onboarding", "onboarding_tables"}
    | {"trade_forms", "trade_filters", "trade_tables", "trade_proof", "trade_tasks", "trade_panels"},
    "views": {
        "period_views",
        "late_views",
        "merge_views",
        "handover_views",
        "expected_views",
        "calendar_views",
        "people_views",
        "factor_views",
        "session_views",
        "attachment_views",
        "search_views",
        "history_views",
        "carried_views",
        "things",
        "templatetags",
        "due_views",
        "notice_views",
        "job_views",
        "proof_views",
        "entry_views",
        "declaration_views",
        "figure_views",
        "report_views",
        "repair_views",
        "sender_views",
        "balance_views",
        "since_views",
        "growth_views",
        "target_views",
        "revision_views",
        "trade_views",
        "agreed_views",
        "range_views",
        "published_views",
        "saying_views",
        "counted_views",
        "counted",
        "home",
        "context",
        "middleware",
        "view_pages",
        "bulk_views",
        "firm_views",
        "agreement_views",
        "event_views",
        "paper_views",
        "project_views",
        "record_views",
        "scorecard_views",
        "component_views",
        "policy_views",
        "assessment_views",
        "calculator_views",
        "simulator_views",
        "road_views",
        "scenario_views",
        "portfolio_views",
        "content_views",
        "exchange_views",
    },
    "urls": {"urls_report", "urls_trade", "urls_views"},
    "management": {"demo"},
}
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
HELPED = {name: LEVEL[level] for level, names in HELPERS.items() for name in names}


@cache
def imports():
    """Return {(app, file's name): {(app, file's name), …}} of every import in the rooms, also those inside functions."""
    found = {}
    for app in ROOMS:
        for path in sorted((ROOT / app).rglob("*.py")):
            inside = path.relative_to(ROOT / app).with_suffix("").parts
            found.setdefault((app, inside[0]), set()).update(imported(path))
    return found


def imported(path):
    """Return (app, file's name) of what a file imports from the rooms."""
    package = path.relative_to(ROOT).parent.parts
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [tuple(each.name.split(".")) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            before = package[: len(package) - node.level + 1] if node.level else ()
            module = (*before, *(node.module or "").split(".")) if node.module else before
            names += [(*module, each.name) for each in node.names]
    return {(name[0], name[1] if len(name) > 1 else "") for name in names if name[0] in HEIGHT}


def test_every_app_of_ours_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours == set(ROOMS)


@pytest.mark.parametrize("app", ROOMS)
def test_an_app_imports_only_what_lies_below_it(app):
    upward = {
        (f"{app}/{name}", other)
        for (room, name), targets in imports().items()
        for other, _file in targets
        if room == app and other != app and HEIGHT[other] >= HEIGHT[app]
    }
    assert upward == set()


def test_foreign_keys_point_downward_too():
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model._meta.app_label in HEIGHT and field.concrete and field.is_relation
        for target in [field.related_model._meta.app_label]
        if target in HEIGHT and target != model._meta.app_label
        if HEIGHT[target] >= HEIGHT[model._meta.app_label]
    ]
    assert upward == []


def test_migrations_depend_downward_too():
    upward = []
    for path in ROOT.glob("*/migrations/0*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "dependencies":
                others = [each.elts[0].value for each in node.value.elts if isinstance(each, ast.Tuple)]
                app = path.parts[-3]
                upward += [(app, o) for o in others if o in HEIGHT and o != app and HEIGHT[o] >= HEIGHT[app]]
    assert set(upward) == {EXTENSIONS}


@pytest.mark.parametrize("app", ROOMS)
def test_an_app_offers_only_what_is_its_own(app):
    config = apps.get_app_config(app)
    offered = [name for slot in registry.SLOTS for name in registry.stated(config, slot)]
    assert [name for name in offered if not name.startswith(f"{app}.")] == []


# Inside an app ------------------------------------------------------------------------------------------
def inside():
    """Return (app, file, imported file) of one app each; the floor and the apps' own statements have no levels."""
    return [
        (app, name, target)
        for (app, name), targets in sorted(imports().items())
        for other, target in sorted(targets)
        if app == other and app != "partstrack" and name not in {"migrations", "apps"} and target not in {name, ""}
    ]


def level(name):
    """Return the level of a file."""
    return LEVEL.get(name, HELPED.get(name))


def test_every_file_of_an_app_has_its_level():
    unknown = {name for app, name in imports() if app != "partstrack" and level(name) is None}
    assert unknown - {"apps", "migrations", "__init__"} == set()


def test_inside_an_app_imports_go_down_and_neighbours_leave_each_other_alone():
    wrong = [
        (app, name, target)
        for app, name, target in inside()
        if level(target) > level(name) or (level(target) == level(name) and {name, target} <= LEVEL.keys())
    ]
    assert wrong == []


def test_inside_an_app_no_two_files_import_each_other_in_a_ring():
    below = {}
    for app, name, target in inside():
        below.setdefault((app, name), set()).add((app, target))
    while below:
        free = [file for file, targets in below.items() if not targets & below.keys()]
        assert free, f"a ring of imports: {sorted(below)}"
        for file in free:
            del below[file]


def test_there_is_no_drawer_for_odds_and_ends():
    names = {part for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] in HEIGHT for part in path.parts}
    assert names & {"common", "core", "utils.py", "helpers.py", "signals.py"} == set()
