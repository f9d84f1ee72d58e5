from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    figures = "workshops.figures:FIGURES"
    cards = "workshops.cards:CARDS"
    rail = "workshops.rail:RAIL"
