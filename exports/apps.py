from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "exports"
    figures = "exports.figures:FIGURES"
    counted = "exports.counted:COUNTED"
    rail = "exports.rail:RAIL"
    search = "exports.search:SEARCH"
    bulk = "exports.bulk:BULK"
    histories = "exports.history:HISTORIES"
    due = "exports.due:DUE"
