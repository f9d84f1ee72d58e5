"""A site continues another: a plant that changed hands."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_former_names"),
        ("suppliers", "0009_projects"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="site",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="site",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="site",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="site",
            name="continues",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goes_on",
                to="suppliers.site",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="continues_since",
            field=models.DateField(editable=False, null=True, verbose_name="handed over from"),
        ),
        migrations.AddField(
            model_name="site",
            name="continues_v",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="siteevent",
            name="continues",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="suppliers.site",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="siteevent",
            name="continues_since",
            field=models.DateField(editable=False, null=True, verbose_name="handed over from"),
        ),
        migrations.AddField(
            model_name="siteevent",
            name="continues_v",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="site",
            index=models.Index(
                condition=models.Q(("continues_v__isnull", False)), fields=["continues_v"], name="site_handed_over_at"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_siteevent" ("archived_at", "code", "continues_id", "continues_since", "continues_v", "firm_id", "id", "merged_into_id", "name", "name_ar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."archived_at", NEW."code", NEW."continues_id", NEW."continues_since", NEW."continues_v", NEW."firm_id", NEW."id", NEW."merged_into_id", NEW."name", NEW."name_ar", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="4aaeb848cd1e702a98f9016152b1b3a6580e0f9b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c32c0",
                    table="suppliers_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_siteevent" ("archived_at", "code", "continues_id", "continues_since", "continues_v", "firm_id", "id", "merged_into_id", "name", "name_ar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."archived_at", NEW."code", NEW."continues_id", NEW."continues_since", NEW."continues_v", NEW."firm_id", NEW."id", NEW."merged_into_id", NEW."name", NEW."name_ar", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="78abfacd56732e997d350a33094f957e9bdf2d7d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_50590",
                    table="suppliers_site",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="site",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_siteevent" ("archived_at", "code", "continues_id", "continues_since", "continues_v", "firm_id", "id", "merged_into_id", "name", "name_ar", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."archived_at", OLD."code", OLD."continues_id", OLD."continues_since", OLD."continues_v", OLD."firm_id", OLD."id", OLD."merged_into_id", OLD."name", OLD."name_ar", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                    hash="c6b015013932655b6799e1fd4b9bfcf85aa368a4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4e66",
                    table="suppliers_site",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("continues", None), ("continues_since", None)),
                    models.Q(
                        ("continues__isnull", False),
                        ("continues_since__day", 1),
                        models.Q(("continues", models.F("pk")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="site_continues_since_a_month",
                violation_error_message="A site that continues another does so from a month on.",
            ),
        ),
    ]
