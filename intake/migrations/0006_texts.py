"""Reasons and remedies are kept as message and values; those of before stay as the words they were kept in."""

from django.db import migrations, models

import partstrack.texts

TEXTS = {"encoder": partstrack.texts.TextEncoder, "decoder": partstrack.texts.TextDecoder}


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_repairs")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE intake_batchfault ALTER COLUMN reason TYPE jsonb USING to_jsonb(reason), "
                    "ALTER COLUMN remedy TYPE jsonb USING to_jsonb(remedy)",
                    "ALTER TABLE intake_batchfault ALTER COLUMN reason TYPE text USING coalesce(reason ->> 'text', reason #>> '{}'), "
                    "ALTER COLUMN remedy TYPE text USING coalesce(remedy ->> 'text', remedy #>> '{}')",
                )
            ],
            state_operations=[
                migrations.AlterField("batchfault", "reason", models.JSONField(**TEXTS)),
                migrations.AlterField("batchfault", "remedy", models.JSONField(**TEXTS)),
                migrations.AlterField("batch", "result", models.JSONField(default=dict, **TEXTS)),
            ],
        ),
        migrations.AddField("batchfault", "flag", models.CharField(blank=True, max_length=24)),
    ]
