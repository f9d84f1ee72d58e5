"""The register says of a merge of references that it is one."""

from django.db import migrations, models

VIEW = """
CREATE OR REPLACE VIEW production_revision AS
SELECT
    s.id * 2 AS id, s.head_id, s.from_v AS version, s.declaration_id AS began_id, e.declaration_id AS ended_id,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM production_standing x WHERE x.declaration_id = s.declaration_id AND x.from_v < s.from_v
        ) THEN 'rolled_back'{merged}
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
MERGED = "\n        WHEN EXISTS (SELECT 1 FROM catalogue_part p WHERE p.merged_v = s.from_v) THEN 'merged'"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_merged"),
        ("production", "0015_target_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("first", "First declaration"),
                    ("restated", "Restated"),
                    ("rolled_back", "Rolled back"),
                    ("merged", "References merged"),
                ],
                max_length=11,
            ),
        ),
        migrations.RunSQL(VIEW.format(merged=MERGED), VIEW.format(merged="")),
    ]
