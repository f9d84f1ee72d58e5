import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import partstrack.searching
import suppliers.models.suppliers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_former_names"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("places", "0002_reference_data"),
        ("suppliers", "0004_story"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="accounts.firm"
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["firm", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="contact_named",
                        violation_error_message="Give the person's name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_reachable",
                        violation_error_message="Give an e-mail address or a telephone number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phone", ""), ("phone__regex", "^[+0-9][0-9 ()./-]{4,}$"), _connector="OR"),
                        name="contact_phone_form",
                        violation_error_message="A telephone number has digits, spaces and a leading + only.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="function")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="suppliers.contact",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FirmRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("maker", "Maker of parts"),
                            ("brand", "Brand owner"),
                            ("distributor", "Distributor"),
                            ("vehicle_maker", "Vehicle maker"),
                            ("subcontractor", "Sub-contractor"),
                            ("principal", "Principal of sub-contracts"),
                            ("facilitator", "Facilitator"),
                            ("authority", "Authority"),
                        ],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="accounts.firm"
                    ),
                ),
            ],
            options={
                "verbose_name": "role of a firm",
                "verbose_name_plural": "roles of firms",
                "ordering": ["firm", "role", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None), ("until", None), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="firm_role_in_order",
                        violation_error_message="The end must come after the start.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("firm", "="),
                            ("role", "="),
                            (suppliers.models.suppliers.DateRange("since", "until"), "&&"),
                        ],
                        name="firm_role_once_at_a_time",
                        violation_error_message="The firm has this role already in these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirmRoleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("maker", "Maker of parts"),
                            ("brand", "Brand owner"),
                            ("distributor", "Distributor"),
                            ("vehicle_maker", "Vehicle maker"),
                            ("subcontractor", "Sub-contractor"),
                            ("principal", "Principal of sub-contracts"),
                            ("facilitator", "Facilitator"),
                            ("authority", "Authority"),
                        ],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="suppliers.firmrole",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("RC", "Trade register (RC)"),
                            ("NIF", "Tax number (NIF)"),
                            ("NIS", "Statistical number (NIS)"),
                        ],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=24, verbose_name="number")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="legal_numbers", to="accounts.firm"
                    ),
                ),
            ],
            options={
                "verbose_name": "legal number",
                "verbose_name_plural": "legal numbers",
                "ordering": ["firm", "kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("firm", "kind"),
                        name="legal_number_one_of_a_kind",
                        violation_error_message="The firm has a number of this kind already: change that one.",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "number"),
                        name="legal_number_of_one_firm",
                        violation_error_message="Another firm has this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "RC"), _negated=True),
                            ("number__regex", "^[0-9]{2}/[0-9]{2}-[0-9]{7}[A-Z][0-9]{2}$"),
                            _connector="OR",
                        ),
                        name="legal_number_rc_form",
                        violation_error_message="A number of the trade register is written 16/00-0012345B09.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "NIF"), _negated=True), ("number__regex", "^[0-9]{15}$"), _connector="OR"
                        ),
                        name="legal_number_nif_form",
                        violation_error_message="A tax number (NIF) has 15 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "NIS"), _negated=True), ("number__regex", "^[0-9]{15}$"), _connector="OR"
                        ),
                        name="legal_number_nis_form",
                        violation_error_message="A statistical number (NIS) has 15 digits.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            partstrack.searching.Folded(models.F("number")), name="gin_trgm_ops"
                        ),
                        name="legal_number_searched",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalNumberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("RC", "Trade register (RC)"),
                            ("NIF", "Tax number (NIF)"),
                            ("NIS", "Statistical number (NIS)"),
                        ],
                        max_length=3,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=24, verbose_name="number")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="suppliers.legalnumber",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_form", models.CharField(blank=True, max_length=20, verbose_name="legal form")),
                ("commune", models.CharField(blank=True, max_length=80, verbose_name="commune")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registration", to="accounts.firm"
                    ),
                ),
                (
                    "wilaya",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="places.wilaya",
                        verbose_name="wilaya of the registered office",
                    ),
                ),
            ],
            options={
                "verbose_name": "registered office",
                "verbose_name_plural": "registered offices",
                "ordering": ["firm", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RegistrationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("legal_form", models.CharField(blank=True, max_length=20, verbose_name="legal form")),
                ("commune", models.CharField(blank=True, max_length=80, verbose_name="commune")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="suppliers.registration",
                    ),
                ),
                (
                    "wilaya",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="places.wilaya",
                        verbose_name="wilaya of the registered office",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatusSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="suppliers.supplier"
                    ),
                ),
            ],
            options={
                "verbose_name": "status of a supplier",
                "verbose_name_plural": "statuses of suppliers",
                "ordering": ["supplier", models.OrderBy(models.F("since"), descending=True, nulls_last=True), "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("supplier", "since"),
                        name="status_one_a_day",
                        nulls_distinct=False,
                        violation_error_message="The status changed on this day already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusSpanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prospect", "Prospect"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="suppliers.statusspan",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.supplier",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="siteplace",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="siteplace",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="siteplace",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="siteplace",
            name="commune",
            field=models.CharField(blank=True, max_length=80, verbose_name="commune"),
        ),
        migrations.AddField(
            model_name="siteplaceevent",
            name="commune",
            field=models.CharField(blank=True, max_length=80, verbose_name="commune"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siteplace",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_siteplaceevent" ("commune", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "valid_from", "valid_to", "wilaya_id") VALUES (NEW."commune", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."valid_from", NEW."valid_to", NEW."wilaya_id"); RETURN NULL;',
                    hash="7fc754e4ffa37b456aea9a157b83d3c67409e3d2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7c52c",
                    table="suppliers_siteplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siteplace",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_siteplaceevent" ("commune", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "valid_from", "valid_to", "wilaya_id") VALUES (NEW."commune", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."valid_from", NEW."valid_to", NEW."wilaya_id"); RETURN NULL;',
                    hash="f78a232df2f4dbf43cec7b6ac48af0c64d9311ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_50637",
                    table="suppliers_siteplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="siteplace",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_siteplaceevent" ("commune", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "valid_from", "valid_to", "wilaya_id") VALUES (OLD."commune", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id", OLD."valid_from", OLD."valid_to", OLD."wilaya_id"); RETURN NULL;',
                    hash="faae3d53f45df7b7f6331ec2f6c5afb31dad527f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8181a",
                    table="suppliers_siteplace",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_contactevent" ("email", "firm_id", "function", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "version") VALUES (NEW."email", NEW."firm_id", NEW."function", NEW."id", NEW."left_on", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."version"); RETURN NULL;',
                    hash="daf2c1a1b8fa3a5f06312be5c15245b63c110f85",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3edb3",
                    table="suppliers_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_contactevent" ("email", "firm_id", "function", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "version") VALUES (NEW."email", NEW."firm_id", NEW."function", NEW."id", NEW."left_on", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."version"); RETURN NULL;',
                    hash="b47bf7c606be02e0b05e61ab39b8c20a6a1e347e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b6ba1",
                    table="suppliers_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_contactevent" ("email", "firm_id", "function", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "version") VALUES (OLD."email", OLD."firm_id", OLD."function", OLD."id", OLD."left_on", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."version"); RETURN NULL;',
                    hash="25b1a7a471a61a8b6f016fbd98c09448f87d81e1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64227",
                    table="suppliers_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firmrole",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_firmroleevent" ("firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "version") VALUES (NEW."firm_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."since", NEW."until", NEW."version"); RETURN NULL;',
                    hash="04090579f26ef6cbd3fae48c0a652a19b117df31",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f369b",
                    table="suppliers_firmrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firmrole",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_firmroleevent" ("firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "version") VALUES (NEW."firm_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."since", NEW."until", NEW."version"); RETURN NULL;',
                    hash="d6ebd428230c14241d622478d8e85e549d6c4391",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_99f10",
                    table="suppliers_firmrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firmrole",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_firmroleevent" ("firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "version") VALUES (OLD."firm_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."since", OLD."until", OLD."version"); RETURN NULL;',
                    hash="006368b9d747536e3098c0f091a67fa1e6970c68",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64a28",
                    table="suppliers_firmrole",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_legalnumberevent" ("firm_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."firm_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="408f3bbe550ed3f5d5744b9958d17ba1ad3bd783",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_58502",
                    table="suppliers_legalnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_legalnumberevent" ("firm_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."firm_id", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="e1220d073b65c54d78ef8738231954dd299293b2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fc55d",
                    table="suppliers_legalnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legalnumber",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_legalnumberevent" ("firm_id", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."firm_id", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                    hash="4740b651c49aa50e63a79357b4faf9bae3caf26f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bfb22",
                    table="suppliers_legalnumber",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registration",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_registrationevent" ("address", "commune", "firm_id", "id", "legal_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "website", "wilaya_id") VALUES (NEW."address", NEW."commune", NEW."firm_id", NEW."id", NEW."legal_form", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version", NEW."website", NEW."wilaya_id"); RETURN NULL;',
                    hash="6012e0ce9056701b2b9b4eb99767a395c6490ed2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_47092",
                    table="suppliers_registration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registration",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_registrationevent" ("address", "commune", "firm_id", "id", "legal_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "website", "wilaya_id") VALUES (NEW."address", NEW."commune", NEW."firm_id", NEW."id", NEW."legal_form", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version", NEW."website", NEW."wilaya_id"); RETURN NULL;',
                    hash="bba62d29073e11c1ac928599cfc877b78e98dbbf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1a86",
                    table="suppliers_registration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registration",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_registrationevent" ("address", "commune", "firm_id", "id", "legal_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "website", "wilaya_id") VALUES (OLD."address", OLD."commune", OLD."firm_id", OLD."id", OLD."legal_form", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version", OLD."website", OLD."wilaya_id"); RETURN NULL;',
                    hash="d6e952c2f1fab581abd236fef8cfd69aae014fb3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53210",
                    table="suppliers_registration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusspan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_statusspanevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "status", "supplier_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."since", NEW."status", NEW."supplier_id"); RETURN NULL;',
                    hash="d9f295f7923dee83459b66b34797e21527cc14f3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eecfe",
                    table="suppliers_statusspan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusspan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_statusspanevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "status", "supplier_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."since", NEW."status", NEW."supplier_id"); RETURN NULL;',
                    hash="2624319369bba87f0764235e7471005028511b1b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_193a1",
                    table="suppliers_statusspan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statusspan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_statusspanevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "status", "supplier_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."since", OLD."status", OLD."supplier_id"); RETURN NULL;',
                    hash="cc9fe946126e0ec73d4285d741858d2c99b7cd17",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b90d6",
                    table="suppliers_statusspan",
                    when="AFTER",
                ),
            ),
        ),
    ]
