from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "office"
    on_download = "office.downloads:log"
    list_tools = ("office.saved_views:TOOL", "office.bulk:TOOL")
    tasks = "office.tasks:upcoming"
    protected = "office.models:PROTECTED"
    search = "office.search:SEARCH"
    jobs = "office.daily:JOBS"
