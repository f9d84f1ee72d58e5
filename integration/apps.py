from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "integration"
    kinds = (
        "integration.component_kind:KINDS",
        "integration.content_records:KINDS",
        "integration.exchange_records:KINDS",
        "integration.programme_records:KINDS",
    )
    figures = (
        "integration.figures:FIGURES",
        "integration.portfolio_figures:FIGURES",
        "integration.content_figures:FIGURES",
        "integration.localised_figures:FIGURES",
    )
    counted = ("integration.counted:COUNTED", "integration.localised_figures:COUNTED")
    cards = "integration.cards:CARDS"
    panels = "integration.panels:PANELS"
    rail = "integration.rail:RAIL"
    sections = "integration.rail:SECTIONS"
    search = "integration.search:SEARCH"
    bulk = "integration.bulk:BULK"
    histories = "integration.history:HISTORIES"
    due = "integration.due:DUE"
