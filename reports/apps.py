from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    rail = "reports.rail:RAIL"
    sections = "reports.rail:SECTIONS"
    search = "reports.search:SEARCH"
    histories = "reports.history:HISTORIES"
