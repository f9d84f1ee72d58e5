"""The standards and regulations that papers are most often given under. Their names are the same in every language."""

STANDARDS = (
    ("iso-9001", "ISO 9001", "certificate"),
    ("iatf-16949", "IATF 16949", "certificate"),
    ("iso-14001", "ISO 14001", "certificate"),
    ("iso-45001", "ISO 45001", "certificate"),
    ("iso-17025", "ISO/IEC 17025", "certificate"),
    ("un-r90", "UN R90", "approval"),
    ("un-r13", "UN R13", "approval"),
)


def load(apps, schema_editor=None):
    """Load the standards, with the models of `apps`: django.apps or a migration's registry. Those there are stay."""
    model = apps.get_model("suppliers", "Standard")
    for code, name, kind in STANDARDS:
        model.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
