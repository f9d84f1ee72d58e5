"""Fill in units, customs codes and families."""

from django.db import migrations

from catalogue.data.load import load


def fill(apps, schema_editor):
    """Load what catalogue/data says."""
    load(apps)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
