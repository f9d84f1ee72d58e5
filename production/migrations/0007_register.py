"""The register of revisions: a view that says, of each head and version, what began and what ceased to stand."""

from django.db import migrations, models

MAKE = """
CREATE VIEW production_revision AS
SELECT
    s.id * 2 AS id, s.head_id, s.from_v AS version, s.declaration_id AS began_id, e.declaration_id AS ended_id,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM production_standing x WHERE x.declaration_id = s.declaration_id AND x.from_v < s.from_v
        ) THEN 'rolled_back'
        WHEN e.id IS NULL THEN 'first'
        ELSE 'restated'
    END AS kind
FROM production_standing s
LEFT JOIN production_standing e ON e.head_id = s.head_id AND e.to_v = s.from_v
UNION ALL
SELECT e.id * 2 + 1, e.head_id, e.to_v, NULL, e.declaration_id, 'rolled_back'
FROM production_standing e
WHERE e.to_v IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM production_standing s WHERE s.head_id = e.head_id AND s.from_v = e.to_v)
"""


class Migration(migrations.Migration):
    dependencies = [("production", "0006_balance_notes")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "First declaration"),
                            ("restated", "Restated"),
                            ("rolled_back", "Rolled back"),
                        ],
                        max_length=11,
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "db_table": "production_revision",
                "ordering": ["-write", "head", "pk"],
                "managed": False,
            },
        ),
        migrations.RunSQL(MAKE, "DROP VIEW production_revision"),
    ]
