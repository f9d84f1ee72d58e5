"""Ramadan in Algeria, 2023 to 2027."""

from django.db import migrations

from production.data import seasons


class Migration(migrations.Migration):
    dependencies = [("production", "0008_targets_notes_seasons")]

    operations = [migrations.RunPython(lambda apps, _editor: seasons.load(apps), migrations.RunPython.noop)]
