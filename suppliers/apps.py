from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "suppliers"
    figures = (
        "suppliers.figures:FIGURES",
        "suppliers.agreement_figures:FIGURES",
        "suppliers.paper_figures:FIGURES",
        "suppliers.cover_figures:FIGURES",
        "suppliers.project_figures:FIGURES",
    )
    counted = "suppliers.counted:COUNTED"
    rail = "suppliers.rail:RAIL"
    sections = "suppliers.rail:SECTIONS"
    search = "suppliers.search:SEARCH"
    bulk = "suppliers.bulk:BULK"
    kinds = "suppliers.records:KINDS"
    histories = "suppliers.history:HISTORIES"
    onboarding = "suppliers.onboarding:STEPS"
    due = "suppliers.due:DUE"
