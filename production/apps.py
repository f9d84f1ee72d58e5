from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "production"
    figures = ("production.figures:FIGURES", "production.trade_figures:FIGURES", "production.conduct:FIGURES")
    counted = "production.counted:COUNTED"
    kinds = ("production.kind:KINDS", "production.trade_kind:KINDS", "production.target_kind:KINDS")
    cards = "production.cards:CARDS"
    rail = "production.rail:RAIL"
    sections = "production.rail:SECTIONS"
    tasks = ("production.tasks:waiting", "production.trade_tasks:breaches")
    panels = (
        "production.panels:PANELS",
        "production.trade_panels:PANELS",
        "production.scorecard_views:PANELS",
        "production.agreed_views:PANELS",
    )
    protected = "production.models:PROTECTED"
    on_erased = "production.forgetting:erased"
    on_suppliers = "production.expecting:join"
    onboarding = "production.onboarding:STEPS"
    jobs = "production.jobs:JOBS"
    search = "production.search:SEARCH"
    histories = "production.history:HISTORIES"
    due = "production.due:DUE"
