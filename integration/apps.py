from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    name = "integration"
    figures = "integration.figures:FIGURES"
    cards = "integration.cards:CARDS"
    rail = "integration.rail:RAIL"
