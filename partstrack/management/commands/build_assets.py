"""`manage.py build_assets`: charts, fonts and translations for those who do without bin/run."""

from django.conf import settings
from django.core.management.base import BaseCommand

from partstrack import assets


class Command(BaseCommand):
    """Make what set-up makes out of installed packages; bin/run does it by itself."""

    help = "Make the chart module, the fonts and the compiled translations."
    requires_system_checks = ()

    def handle(self, **options):
        assets.build(settings.BUILD_DIR)
        for folder in settings.LOCALE_PATHS:
            assets.compile_messages(folder)
        self.stdout.write(f"Charts and fonts are in {settings.BUILD_DIR}, translations are compiled.")
