from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "production"
    figures = "production.figures:FIGURES"
    counted = "production.counted:COUNTED"
    kinds = "production.kind:KINDS"
    cards = "production.cards:CARDS"
    rail = "production.rail:RAIL"
    sections = "production.rail:SECTIONS"
    tasks = "production.tasks:waiting"
    panels = "production.panels:PANELS"
    protected = "production.models:PROTECTED"
    on_supplier = "production.expecting:join"
