"""Fill in the rules of calculation of the law."""

from django.db import migrations

from integration.data.policies import load


def fill(apps, schema_editor):
    """Load what integration/data says."""
    load(apps)


class Migration(migrations.Migration):
    dependencies = [("integration", "0004_counting")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
