from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "office"
    on_download = "office.downloads:log"
    protected = "office.models:PROTECTED"
    search = "office.search:SEARCH"
