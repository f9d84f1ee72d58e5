from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    rail = "intake.rail:RAIL"
    sections = "intake.rail:SECTIONS"
    protected = "intake.models:PROTECTED"
    panels = "intake.panels:PANELS"
    tasks = "intake.tasks:waiting"
    search = "intake.search:SEARCH"
