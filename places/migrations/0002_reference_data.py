"""Fill in the wilayas, their spellings, communes, zones and countries."""

from django.db import migrations

from places.data.load import load


def fill(apps, schema_editor):
    """Load what places/data says."""
    load(apps)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
