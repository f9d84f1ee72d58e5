from django.db import migrations

from suppliers.data.standards import load


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0007_papers"),
    ]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
