"""The floor: at start it reads what the apps state about themselves, and fails on a wrong name."""

from django.apps import AppConfig


class FloorConfig(AppConfig):
    name = "partstrack"

    def ready(self):
        from partstrack import checks, registry  # noqa: F401  (checks register themselves)

        registry.load()
