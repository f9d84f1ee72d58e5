"""The register says of a site that was handed over that it was."""

from django.db import migrations, models

VIEW = """
CREATE OR REPLACE VIEW production_revision AS
SELECT
    s.id * 2 AS id, s.head_id, s.from_v AS version, s.declaration_id AS began_id, e.declaration_id AS ended_id,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM production_standing x WHERE x.declaration_id = s.declaration_id AND x.from_v < s.from_v
        ) THEN 'rolled_back'
        WHEN EXISTS (SELECT 1 FROM catalogue_part p WHERE p.merged_v = s.from_v) THEN 'merged'{began}
        WHEN e.id IS NULL THEN 'first'
        ELSE 'restated'
    END AS kind
FROM production_standing s
LEFT JOIN production_standing e ON e.head_id = s.head_id AND e.to_v = s.from_v
UNION ALL
SELECT e.id * 2 + 1, e.head_id, e.to_v, NULL, e.declaration_id, {ended}
FROM production_standing e
WHERE e.to_v IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM production_standing s WHERE s.head_id = e.head_id AND s.from_v = e.to_v)
"""
BEGAN = "\n        WHEN EXISTS (SELECT 1 FROM suppliers_site t WHERE t.continues_v = s.from_v) THEN 'handed_over'"
ENDED = """CASE
    WHEN EXISTS (SELECT 1 FROM suppliers_site t WHERE t.continues_v = e.to_v) THEN 'handed_over' ELSE 'rolled_back'
END"""


class Migration(migrations.Migration):
    dependencies = [
        ("production", "0017_agreed_ranges"),
        ("suppliers", "0010_handover"),
    ]

    operations = [
        migrations.AlterField(
            model_name="posting",
            name="cause",
            field=models.CharField(
                choices=[
                    ("approve", "Accepted"),
                    ("rollback", "Rolled back"),
                    ("reclass", "Reclassified"),
                    ("merge", "Merged"),
                    ("handover", "Handed over"),
                ],
                max_length=8,
            ),
        ),
        migrations.RunSQL(VIEW.format(began=BEGAN, ended=ENDED), VIEW.format(began="", ended="'rolled_back'")),
    ]
