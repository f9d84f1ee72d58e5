"""The one row of the ledger, and the user of the command line."""

from datetime import UTC, datetime

from django.db import migrations


def first_rows(apps, schema_editor):
    # Before every write: a fixed business day in the past must not be overtaken by the day of the migration.
    apps.get_model("office", "Ledger").objects.create(id=1, version=0, at=datetime(1970, 1, 1, tzinfo=UTC))
    apps.get_model("accounts", "User").objects.create(
        email="cli", name="", password="!", roles=["admin", "manager"], is_active=True
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial"), ("accounts", "0001_initial")]

    operations = [migrations.RunPython(first_rows, migrations.RunPython.noop)]
