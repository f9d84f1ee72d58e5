"""migrate, and what belongs to it here: the cache table, and who may only add to which table."""

from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from office.migrating import Executor
from office.rights import protect


class Command(migrate.Command):
    """Django's migrate, followed by the rights of the database roles."""

    def handle(self, *args, **options):
        """Migrate with a short wait for locks, then settle tables and rights."""
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'" if options.get("app_label") is None else "SELECT 1")
        with patch.object(migrate, "MigrationExecutor", Executor):
            super().handle(*args, **options)
        if options.get("plan") or options.get("check_unapplied") or options.get("app_label"):
            return
        call_command("createcachetable", verbosity=0)
        protected = protect(connection, settings.DATABASE_URLS)
        if protected and options["verbosity"] > 0:
            self.stdout.write(f"  History, postings and lines can only be added to by: {', '.join(protected)}")
