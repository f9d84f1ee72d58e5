"""The first rule of due days and the legal holidays of Algeria."""

from django.db import migrations

from production.data import calendar


class Migration(migrations.Migration):
    dependencies = [("production", "0003_calendar")]

    operations = [migrations.RunPython(lambda apps, _editor: calendar.load(apps), migrations.RunPython.noop)]
