from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    figures = "exports.figures:FIGURES"
    rail = "exports.rail:RAIL"
