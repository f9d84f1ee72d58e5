from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    figures = "workshops.figures:FIGURES"
    counted = "workshops.counted:COUNTED"
    cards = "workshops.cards:CARDS"
    rail = "workshops.rail:RAIL"
    search = "workshops.search:SEARCH"
    bulk = "workshops.bulk:BULK"
    histories = "workshops.history:HISTORIES"
    due = "workshops.due:DUE"
