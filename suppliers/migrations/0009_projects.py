import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import partstrack.searching


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_former_names"),
        ("catalogue", "0007_merged"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("suppliers", "0008_standards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supply", "Supply"),
                            ("co_development", "Co-development"),
                            ("transfer", "Technology transfer"),
                            ("investment", "Investment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Going on"), ("suspended", "Suspended"), ("discontinued", "Discontinued")],
                        default="active",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_why", models.CharField(blank=True, max_length=300, verbose_name="why it stopped")),
                ("phase_out_on", models.DateField(blank=True, null=True, verbose_name="end of the import")),
                ("know_how", models.TextField(blank=True, verbose_name="know-how transferred")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="suppliers.agreement",
                        verbose_name="agreement it comes from",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="suppliers.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "localisation project",
                "verbose_name_plural": "localisation projects",
                "ordering": ["code", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                        name="project_code_form",
                        violation_error_message="A code has letters, digits, dots, dashes or underscores only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="project_titled",
                        violation_error_message="Give the project a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "active"), models.Q(("state_why", ""), _negated=True), _connector="OR"
                        ),
                        name="project_stopped_for_a_reason",
                        violation_error_message="Say why it stopped.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            partstrack.searching.Folded(models.F("code"), models.F("title")), name="gin_trgm_ops"
                        ),
                        name="project_searched",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("identified", "Identified"),
                            ("feasibility", "Feasibility"),
                            ("sourcing", "Sourcing"),
                            ("nominated", "Nominated"),
                            ("tooling", "Tooling"),
                            ("samples", "First samples"),
                            ("validation", "Validation"),
                            ("homologated", "Homologated"),
                            ("pilot", "Pilot series"),
                            ("series", "Series"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                (
                    "months_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months after the stage before"
                    ),
                ),
                ("actual_on", models.DateField(blank=True, null=True, verbose_name="reached on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gates", to="suppliers.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "stage of a project",
                "verbose_name_plural": "stages of projects",
                "ordering": ["project", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "stage"),
                        name="project_gate_once",
                        violation_error_message="The project has this stage already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planned_on", None), ("months_after", None), _connector="OR"),
                        name="gate_planned_one_way",
                        violation_error_message="Give a day or a number of months, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months_after", None), ("months_after__lte", 240), _connector="OR"),
                        name="gate_months_likely",
                        violation_error_message="At most 240 months.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("industrial", "Industrial partner"),
                            ("technical", "Technical partner"),
                            ("brand", "Brand owner"),
                            ("customer", "Customer"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("local", models.BooleanField(default=True, verbose_name="local")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_partners",
                        to="accounts.firm",
                        verbose_name="firm",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="partners", to="suppliers.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["project", "role", "firm__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "firm", "role"),
                        name="project_partner_once",
                        violation_error_message="This firm already has that role in the project.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("industrial", "Industrial partner"),
                            ("technical", "Technical partner"),
                            ("brand", "Brand owner"),
                            ("customer", "Customer"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("local", models.BooleanField(default=True, verbose_name="local")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                        verbose_name="firm",
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
                        to="suppliers.partner",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("identified", "Identified"),
                            ("feasibility", "Feasibility"),
                            ("sourcing", "Sourcing"),
                            ("nominated", "Nominated"),
                            ("tooling", "Tooling"),
                            ("samples", "First samples"),
                            ("validation", "Validation"),
                            ("homologated", "Homologated"),
                            ("pilot", "Pilot series"),
                            ("series", "Series"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                (
                    "months_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months after the stage before"
                    ),
                ),
                ("actual_on", models.DateField(blank=True, null=True, verbose_name="reached on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
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
                        to="suppliers.gate",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supply", "Supply"),
                            ("co_development", "Co-development"),
                            ("transfer", "Technology transfer"),
                            ("investment", "Investment"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Going on"), ("suspended", "Suspended"), ("discontinued", "Discontinued")],
                        default="active",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_why", models.CharField(blank=True, max_length=300, verbose_name="why it stopped")),
                ("phase_out_on", models.DateField(blank=True, null=True, verbose_name="end of the import")),
                ("know_how", models.TextField(blank=True, verbose_name="know-how transferred")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.agreement",
                        verbose_name="agreement it comes from",
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
                        to="suppliers.project",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectFamily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.family"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_families",
                        to="suppliers.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "family of a project",
                "ordering": ["project", "family", "pk"],
                "constraints": [models.UniqueConstraint(fields=("project", "family"), name="project_family_once")],
            },
        ),
        migrations.CreateModel(
            name="ProjectFamilyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.family",
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
                        to="suppliers.projectfamily",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.project",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="Project",
            name="families",
            field=models.ManyToManyField(
                blank=True,
                related_name="projects",
                through="suppliers.ProjectFamily",
                to="catalogue.family",
                verbose_name="families",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_partnerevent" ("firm_id", "id", "local", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "role", "version") VALUES (NEW."firm_id", NEW."id", NEW."local", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id", NEW."role", NEW."version"); RETURN NULL;',
                    hash="eeb37a77389def5defa89199a4ba516e3bfcb59a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_71a9d",
                    table="suppliers_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_partnerevent" ("firm_id", "id", "local", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "role", "version") VALUES (NEW."firm_id", NEW."id", NEW."local", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id", NEW."role", NEW."version"); RETURN NULL;',
                    hash="3dcd726ab3079b816fcefa2f5ed7b9f55202147e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f818a",
                    table="suppliers_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_partnerevent" ("firm_id", "id", "local", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "role", "version") VALUES (OLD."firm_id", OLD."id", OLD."local", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id", OLD."role", OLD."version"); RETURN NULL;',
                    hash="930ca0015ccb1c43f3650858702dd20c191fa531",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cd748",
                    table="suppliers_partner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_gateevent" ("actual_on", "id", "months_after", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "project_id", "stage", "version") VALUES (NEW."actual_on", NEW."id", NEW."months_after", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."project_id", NEW."stage", NEW."version"); RETURN NULL;',
                    hash="8c3011fdd0b38ad4c815d6ccc92eaedb40e83e46",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c98d5",
                    table="suppliers_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_gateevent" ("actual_on", "id", "months_after", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "project_id", "stage", "version") VALUES (NEW."actual_on", NEW."id", NEW."months_after", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."project_id", NEW."stage", NEW."version"); RETURN NULL;',
                    hash="deae7c3631ee9e25d4c734a13e1a32b4e36fd3a7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1ce3e",
                    table="suppliers_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="gate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_gateevent" ("actual_on", "id", "months_after", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "project_id", "stage", "version") VALUES (OLD."actual_on", OLD."id", OLD."months_after", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."project_id", OLD."stage", OLD."version"); RETURN NULL;',
                    hash="357fda541d163d81e8d27b701e915dcf084f9449",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cd37f",
                    table="suppliers_gate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_projectfamilyevent" ("family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") VALUES (NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."project_id"); RETURN NULL;',
                    hash="6db363dca1fd9fa1c641258b76bae2973eb6518e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9285c",
                    table="suppliers_projectfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_projectfamilyevent" ("family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") VALUES (NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."project_id"); RETURN NULL;',
                    hash="5574f597e4a66d925e7bc2cd734d4a5ee9e0de30",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_64a5f",
                    table="suppliers_projectfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="projectfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_projectfamilyevent" ("family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id") VALUES (OLD."family_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."project_id"); RETURN NULL;',
                    hash="8edd35925d71423fcedd3d2c085d813340b4843d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f0d84",
                    table="suppliers_projectfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_projectevent" ("agreement_id", "code", "id", "kind", "know_how", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_out_on", "site_id", "source", "state", "state_why", "title", "version") VALUES (NEW."agreement_id", NEW."code", NEW."id", NEW."kind", NEW."know_how", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase_out_on", NEW."site_id", NEW."source", NEW."state", NEW."state_why", NEW."title", NEW."version"); RETURN NULL;',
                    hash="d761c4c02dabc17e3f97fe0160b569b1330db16b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_63b47",
                    table="suppliers_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_projectevent" ("agreement_id", "code", "id", "kind", "know_how", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_out_on", "site_id", "source", "state", "state_why", "title", "version") VALUES (NEW."agreement_id", NEW."code", NEW."id", NEW."kind", NEW."know_how", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase_out_on", NEW."site_id", NEW."source", NEW."state", NEW."state_why", NEW."title", NEW."version"); RETURN NULL;',
                    hash="2ec08204c9a510cb474cc142bac465a4d7d63f2f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3279d",
                    table="suppliers_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_projectevent" ("agreement_id", "code", "id", "kind", "know_how", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase_out_on", "site_id", "source", "state", "state_why", "title", "version") VALUES (OLD."agreement_id", OLD."code", OLD."id", OLD."kind", OLD."know_how", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phase_out_on", OLD."site_id", OLD."source", OLD."state", OLD."state_why", OLD."title", OLD."version"); RETURN NULL;',
                    hash="1dd4e7728dbe77004f92df3bcfbc085c512d32ee",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3252e",
                    table="suppliers_project",
                    when="AFTER",
                ),
            ),
        ),
    ]
