from django.db import migrations

# Names of standards are the same in every language.
STANDARDS = (
    ("iso-9001", "ISO 9001", "certificate"),
    ("iatf-16949", "IATF 16949", "certificate"),
    ("iso-14001", "ISO 14001", "certificate"),
    ("iso-45001", "ISO 45001", "certificate"),
    ("iso-17025", "ISO/IEC 17025", "certificate"),
    ("un-r90", "UN R90", "approval"),
    ("un-r13", "UN R13", "approval"),
)


def fill(apps, schema_editor):
    """Enter the standards that are most often met; users add others."""
    model = apps.get_model("suppliers", "Standard")
    model.objects.bulk_create(model(code=code, name=name, kind=kind) for code, name, kind in STANDARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("suppliers", "0007_papers"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
