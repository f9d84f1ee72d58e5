from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    rail = "intake.rail:RAIL"
    sections = "intake.rail:SECTIONS"
    protected = "intake.models:PROTECTED"
    panels = "intake.panels:PANELS"
    tasks = "intake.tasks:waiting"
    list_tools = "intake.record_views:TOOL"
    jobs = "intake.later:JOBS"
    search = "intake.search:SEARCH"
