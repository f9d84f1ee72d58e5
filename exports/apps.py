from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    figures = "exports.figures:FIGURES"
    counted = "exports.counted:COUNTED"
    rail = "exports.rail:RAIL"
    due = "exports.due:DUE"
