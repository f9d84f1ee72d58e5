from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    rail = "accounts.rail:RAIL"
    search = "accounts.search:SEARCH"
    histories = "accounts.history:HISTORIES"
