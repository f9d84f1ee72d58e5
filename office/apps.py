from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "office"
    on_download = "office.downloads:log"
    tasks = "office.tasks:upcoming"
    protected = "office.models:PROTECTED"
