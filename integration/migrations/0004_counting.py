"""Rules with options, components with amounts, what parts are made of, assessments and scenarios."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import suppliers.models.suppliers


def say_supply(apps, schema_editor):
    """Say of every component, and of every one of before, that it was made locally or imported."""
    for name in ("Component", "ComponentEvent"):
        apps.get_model("integration", name).objects.filter(made_locally=True).update(supply="local")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_former_names"),
        ("catalogue", "0007_merged"),
        ("integration", "0003_found"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("places", "0002_reference_data"),
        ("suppliers", "0009_projects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("day", models.DateField(verbose_name="on")),
                ("low", models.DecimalField(decimal_places=12, max_digits=30)),
                ("high", models.DecimalField(decimal_places=12, max_digits=30)),
                ("denominator", models.DecimalField(decimal_places=12, max_digits=30)),
                ("value", models.DecimalField(decimal_places=12, max_digits=18, verbose_name="rate, in %")),
                ("inputs", models.JSONField()),
                ("data_version", models.BigIntegerField()),
                ("published_at", models.DateTimeField(verbose_name="published")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="title")),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AssessmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("day", models.DateField(verbose_name="on")),
                ("low", models.DecimalField(decimal_places=12, max_digits=30)),
                ("high", models.DecimalField(decimal_places=12, max_digits=30)),
                ("denominator", models.DecimalField(decimal_places=12, max_digits=30)),
                ("value", models.DecimalField(decimal_places=12, max_digits=18, verbose_name="rate, in %")),
                ("inputs", models.JSONField()),
                ("data_version", models.BigIntegerField()),
                ("published_at", models.DateTimeField(verbose_name="published")),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="title")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "component of a milestone",
                "verbose_name_plural": "components of milestones",
                "ordering": ["milestone", "component", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BroughtEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CertificationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "File handed in"),
                            ("samples", "Samples"),
                            ("tests", "Laboratory tests"),
                            ("audit", "Audit of the process"),
                            ("trial", "Trial on the vehicle"),
                            ("decision", "Decision"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="detail")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("reserved", "Passed with reservations"),
                            ("failed", "Not passed"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="Number of the report or letter.", max_length=120, verbose_name="document"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "step of a certification",
                "verbose_name_plural": "steps of certifications",
                "ordering": ["certification", models.OrderBy(models.F("planned_on"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="CertificationStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "File handed in"),
                            ("samples", "Samples"),
                            ("tests", "Laboratory tests"),
                            ("audit", "Audit of the process"),
                            ("trial", "Trial on the vehicle"),
                            ("decision", "Decision"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="detail")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Passed"),
                            ("reserved", "Passed with reservations"),
                            ("failed", "Not passed"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="Number of the report or letter.", max_length=120, verbose_name="document"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContentInput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="value"),
                ),
                ("currency", models.CharField(default="DZD", max_length=3, verbose_name="currency")),
                (
                    "kind",
                    models.CharField(
                        choices=[("import", "Imported directly"), ("local", "Bought locally")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="what")),
                (
                    "imported_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Empty: not known. What is bought from an importer who resells is imported: 100.",
                        max_digits=6,
                        null=True,
                        verbose_name="imported content, in %",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "purchase for a part",
                "verbose_name_plural": "purchases for a part",
                "ordering": ["content", "-kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContentInputEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="value"),
                ),
                ("currency", models.CharField(default="DZD", max_length=3, verbose_name="currency")),
                (
                    "kind",
                    models.CharField(
                        choices=[("import", "Imported directly"), ("local", "Bought locally")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="what")),
                (
                    "imported_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Empty: not known. What is bought from an importer who resells is imported: 100.",
                        max_digits=6,
                        null=True,
                        verbose_name="imported content, in %",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("on", models.DateField(verbose_name="day")),
                ("rate", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="DZD for one unit")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "ordering": ["-on", "currency", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("on", models.DateField(verbose_name="day")),
                ("rate", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="DZD for one unit")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_month", models.DateField(verbose_name="first month")),
                ("last_month", models.DateField(verbose_name="last month")),
                (
                    "basis",
                    models.CharField(
                        choices=[("price", "ex-works price before tax"), ("cost", "ex-works cost before tax")],
                        default="price",
                        max_length=5,
                        verbose_name="basis",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="price or cost, in DZD")),
                (
                    "evidence",
                    models.CharField(
                        choices=[("declared", "Declared"), ("checked", "Checked on documents"), ("audited", "Audited")],
                        default="declared",
                        max_length=8,
                        verbose_name="evidence",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "content of a part",
                "verbose_name_plural": "contents of parts",
                "ordering": ["-last_month", "part", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PartContentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("first_month", models.DateField(verbose_name="first month")),
                ("last_month", models.DateField(verbose_name="last month")),
                (
                    "basis",
                    models.CharField(
                        choices=[("price", "ex-works price before tax"), ("cost", "ex-works cost before tax")],
                        default="price",
                        max_length=5,
                        verbose_name="basis",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="price or cost, in DZD")),
                (
                    "evidence",
                    models.CharField(
                        choices=[("declared", "Declared"), ("checked", "Checked on documents"), ("audited", "Audited")],
                        default="declared",
                        max_length=8,
                        verbose_name="evidence",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeVolume",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("planned", models.PositiveIntegerField(blank=True, null=True, verbose_name="vehicles planned")),
                ("built", models.PositiveIntegerField(blank=True, null=True, verbose_name="vehicles built")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "volume of a year",
                "verbose_name_plural": "volumes by year",
                "ordering": ["programme", "year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeVolumeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("planned", models.PositiveIntegerField(blank=True, null=True, verbose_name="vehicles planned")),
                ("built", models.PositiveIntegerField(blank=True, null=True, verbose_name="vehicles built")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("query", models.TextField(blank=True, max_length=20000)),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("shared", models.BooleanField(default=False, verbose_name="others see it")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "scenario",
                "verbose_name_plural": "scenarios",
                "ordering": ["programme", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ScenarioEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("query", models.TextField(blank=True, max_length=20000)),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("shared", models.BooleanField(default=False, verbose_name="others see it")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="component",
            options={
                "ordering": [
                    "programme",
                    models.OrderBy(models.F("contributive_rate"), descending=True, nulls_last=True),
                    "code",
                    "pk",
                ],
                "verbose_name": "component",
                "verbose_name_plural": "components",
            },
        ),
        migrations.AlterModelOptions(
            name="policy",
            options={
                "ordering": ["-valid_from", "method", "pk"],
                "verbose_name": "rule of calculation",
                "verbose_name_plural": "rules of calculation",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="certificationstart",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="certificationstart",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="certificationstart",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="component",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="component",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="component",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="policy",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="policy",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="policy",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vehicleprogramme",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vehicleprogramme",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vehicleprogramme",
            name="delete_delete",
        ),
        migrations.RenameField(model_name="policy", old_name="version", new_name="edition"),
        migrations.RenameField(model_name="policyevent", old_name="version", new_name="edition"),
        migrations.RemoveConstraint(
            model_name="component",
            name="component_rate_is_percent",
        ),
        migrations.RemoveConstraint(
            model_name="component",
            name="component_site_is_local",
        ),
        migrations.AddField(
            model_name="certificationstart",
            name="component",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the local parts of the programme as a whole.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certification_starts",
                to="integration.component",
                verbose_name="component",
            ),
        ),
        migrations.AddField(
            model_name="certificationstartevent",
            name="component",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Empty: the local parts of the programme as a whole.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.component",
                verbose_name="component",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="currency",
            field=models.CharField(default="DZD", max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="component",
            name="local_share",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Where its content is not entered. Empty: not known.",
                max_digits=6,
                null=True,
                verbose_name="local share of a local item, in %",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="nature",
            field=models.CharField(
                choices=[
                    ("item", "Item of the vehicle"),
                    ("labour", "Labour"),
                    ("cost", "Other local cost"),
                    ("packaging", "Packaging"),
                    ("fastener", "Fasteners"),
                    ("freight", "Freight after the gate"),
                ],
                default="item",
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.country",
                verbose_name="country of origin",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="integration.component",
                verbose_name="part of the assembly",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="part",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="components",
                to="catalogue.part",
                verbose_name="reference",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="quantity",
            field=models.DecimalField(
                decimal_places=3, default=1, max_digits=18, verbose_name="quantity in one vehicle"
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="supply",
            field=models.CharField(
                choices=[
                    ("local", "Made locally"),
                    ("resold", "Resold by a resident importer"),
                    ("kit", "Imported parts, packed locally"),
                    ("imported", "Imported"),
                    ("unknown", "Not known"),
                ],
                default="imported",
                max_length=10,
                verbose_name="supply",
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="value",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="value"),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="currency",
            field=models.CharField(default="DZD", max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="local_share",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Where its content is not entered. Empty: not known.",
                max_digits=6,
                null=True,
                verbose_name="local share of a local item, in %",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="nature",
            field=models.CharField(
                choices=[
                    ("item", "Item of the vehicle"),
                    ("labour", "Labour"),
                    ("cost", "Other local cost"),
                    ("packaging", "Packaging"),
                    ("fastener", "Fasteners"),
                    ("freight", "Freight after the gate"),
                ],
                default="item",
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="places.country",
                verbose_name="country of origin",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.component",
                verbose_name="part of the assembly",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="part",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.part",
                verbose_name="reference",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="quantity",
            field=models.DecimalField(
                decimal_places=3, default=1, max_digits=18, verbose_name="quantity in one vehicle"
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="supply",
            field=models.CharField(
                choices=[
                    ("local", "Made locally"),
                    ("resold", "Resold by a resident importer"),
                    ("kit", "Imported parts, packed locally"),
                    ("imported", "Imported"),
                    ("unknown", "Not known"),
                ],
                default="imported",
                max_length=10,
                verbose_name="supply",
            ),
        ),
        migrations.RunPython(say_supply, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="component",
            name="made_locally",
        ),
        migrations.RemoveField(
            model_name="componentevent",
            name="made_locally",
        ),
        migrations.AddField(
            model_name="componentevent",
            name="value",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="value"),
        ),
        migrations.AddField(
            model_name="policy",
            name="covered_only",
            field=models.BooleanField(default=False, verbose_name="only what a paper in force covers counts"),
        ),
        migrations.AddField(
            model_name="policy",
            name="declared_most",
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="most points on declarations alone"
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="default_import",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                max_digits=6,
                null=True,
                verbose_name="imported content where nothing is known, in %",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("item", "Item of the vehicle"),
                        ("labour", "Labour"),
                        ("cost", "Other local cost"),
                        ("packaging", "Packaging"),
                        ("fastener", "Fasteners"),
                        ("freight", "Freight after the gate"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="left out",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="market",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.country",
                verbose_name="market",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="missed_cut",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                max_digits=6,
                null=True,
                verbose_name="cut of the supply programme meanwhile, in %",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="missed_freeze",
            field=models.BooleanField(default=False, verbose_name="then frozen until the rate is reached"),
        ),
        migrations.AddField(
            model_name="policy",
            name="missed_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="more months after a missed step"
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="missed_source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source of what follows"),
        ),
        migrations.AddField(
            model_name="policy",
            name="tier2",
            field=models.CharField(
                choices=[
                    ("rolled_up", "rolled up: a local item counts whole"),
                    ("direct", "first tier: what its maker imports is taken off"),
                    ("rolled_down", "rolled down: imports inside local purchases are taken off too"),
                ],
                default="rolled_up",
                max_length=12,
                verbose_name="second tier",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="covered_only",
            field=models.BooleanField(default=False, verbose_name="only what a paper in force covers counts"),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="declared_most",
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="most points on declarations alone"
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="default_import",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                max_digits=6,
                null=True,
                verbose_name="imported content where nothing is known, in %",
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("item", "Item of the vehicle"),
                        ("labour", "Labour"),
                        ("cost", "Other local cost"),
                        ("packaging", "Packaging"),
                        ("fastener", "Fasteners"),
                        ("freight", "Freight after the gate"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="left out",
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="market",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="places.country",
                verbose_name="market",
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="missed_cut",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                max_digits=6,
                null=True,
                verbose_name="cut of the supply programme meanwhile, in %",
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="missed_freeze",
            field=models.BooleanField(default=False, verbose_name="then frozen until the rate is reached"),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="missed_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="more months after a missed step"
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="missed_source",
            field=models.CharField(blank=True, max_length=300, verbose_name="source of what follows"),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="tier2",
            field=models.CharField(
                choices=[
                    ("rolled_up", "rolled up: a local item counts whole"),
                    ("direct", "first tier: what its maker imports is taken off"),
                    ("rolled_down", "rolled down: imports inside local purchases are taken off too"),
                ],
                default="rolled_up",
                max_length=12,
                verbose_name="second tier",
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="vehicleprogramme",
            name="power_from",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="power from, in kW"),
        ),
        migrations.AddField(
            model_name="vehicleprogramme",
            name="power_to",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="power to, in kW"),
        ),
        migrations.AddField(
            model_name="vehicleprogrammeevent",
            name="power_from",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="power from, in kW"),
        ),
        migrations.AddField(
            model_name="vehicleprogrammeevent",
            name="power_to",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="power to, in kW"),
        ),
        migrations.AlterField(
            model_name="component",
            name="contributive_rate",
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="contributive rate, in %"
            ),
        ),
        migrations.AlterField(
            model_name="component",
            name="name_ar",
            field=models.CharField(blank=True, max_length=120, verbose_name="name in Arabic"),
        ),
        migrations.AlterField(
            model_name="component",
            name="name_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="name in English"),
        ),
        migrations.AlterField(
            model_name="componentevent",
            name="contributive_rate",
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="contributive rate, in %"
            ),
        ),
        migrations.AlterField(
            model_name="componentevent",
            name="name_ar",
            field=models.CharField(blank=True, max_length=120, verbose_name="name in Arabic"),
        ),
        migrations.AlterField(
            model_name="componentevent",
            name="name_en",
            field=models.CharField(blank=True, max_length=120, verbose_name="name in English"),
        ),
        migrations.AlterField(
            model_name="policy",
            name="method",
            field=models.CharField(
                choices=[
                    ("algeria_2023", "Sum of contributive rates (order of 17 August 2023)"),
                    ("algeria_2017", "Ratio of local to all costs (specification of 2017)"),
                    ("afcfta", "African content in value (AfCFTA)"),
                ],
                max_length=20,
                verbose_name="method",
            ),
        ),
        migrations.AlterField(
            model_name="policyevent",
            name="method",
            field=models.CharField(
                choices=[
                    ("algeria_2023", "Sum of contributive rates (order of 17 August 2023)"),
                    ("algeria_2017", "Ratio of local to all costs (specification of 2017)"),
                    ("afcfta", "African content in value (AfCFTA)"),
                ],
                max_length=20,
                verbose_name="method",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_certificationstartevent" ("component_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "promised_on", "source", "standard", "started_on", "state", "version") VALUES (NEW."component_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."promised_on", NEW."source", NEW."standard", NEW."started_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="b200c061d4434dc69d83ae72933d1ac0324cd842",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3489",
                    table="integration_certificationstart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_certificationstartevent" ("component_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "promised_on", "source", "standard", "started_on", "state", "version") VALUES (NEW."component_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."promised_on", NEW."source", NEW."standard", NEW."started_on", NEW."state", NEW."version"); RETURN NULL;',
                    hash="7f3508710ece65b5d0d42194cd2b7902c88110d4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_889b9",
                    table="integration_certificationstart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_certificationstartevent" ("component_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "promised_on", "source", "standard", "started_on", "state", "version") VALUES (OLD."component_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."promised_on", OLD."source", OLD."standard", OLD."started_on", OLD."state", OLD."version"); RETURN NULL;',
                    hash="fc9e0831543d95b2f6d91b99fbb1d5b23193dc60",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8e350",
                    table="integration_certificationstart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="component",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_componentevent" ("code", "content_id", "contributive_rate", "currency", "evidence", "exchange_id", "family_id", "id", "local_share", "name_ar", "name_en", "name_fr", "nature", "origin_id", "parent_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "quantity", "site_id", "supply", "valid_from", "valid_to", "value", "version") VALUES (NEW."code", NEW."content_id", NEW."contributive_rate", NEW."currency", NEW."evidence", NEW."exchange_id", NEW."family_id", NEW."id", NEW."local_share", NEW."name_ar", NEW."name_en", NEW."name_fr", NEW."nature", NEW."origin_id", NEW."parent_id", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."quantity", NEW."site_id", NEW."supply", NEW."valid_from", NEW."valid_to", NEW."value", NEW."version"); RETURN NULL;',
                    hash="1f3c630e6c41317124b326b0107d822523336ab9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a7d72",
                    table="integration_component",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="component",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_componentevent" ("code", "content_id", "contributive_rate", "currency", "evidence", "exchange_id", "family_id", "id", "local_share", "name_ar", "name_en", "name_fr", "nature", "origin_id", "parent_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "quantity", "site_id", "supply", "valid_from", "valid_to", "value", "version") VALUES (NEW."code", NEW."content_id", NEW."contributive_rate", NEW."currency", NEW."evidence", NEW."exchange_id", NEW."family_id", NEW."id", NEW."local_share", NEW."name_ar", NEW."name_en", NEW."name_fr", NEW."nature", NEW."origin_id", NEW."parent_id", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."quantity", NEW."site_id", NEW."supply", NEW."valid_from", NEW."valid_to", NEW."value", NEW."version"); RETURN NULL;',
                    hash="02128749f08081787c28c583da3cf0ada594722e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d4ee",
                    table="integration_component",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="component",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_componentevent" ("code", "content_id", "contributive_rate", "currency", "evidence", "exchange_id", "family_id", "id", "local_share", "name_ar", "name_en", "name_fr", "nature", "origin_id", "parent_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "quantity", "site_id", "supply", "valid_from", "valid_to", "value", "version") VALUES (OLD."code", OLD."content_id", OLD."contributive_rate", OLD."currency", OLD."evidence", OLD."exchange_id", OLD."family_id", OLD."id", OLD."local_share", OLD."name_ar", OLD."name_en", OLD."name_fr", OLD."nature", OLD."origin_id", OLD."parent_id", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."quantity", OLD."site_id", OLD."supply", OLD."valid_from", OLD."valid_to", OLD."value", OLD."version"); RETURN NULL;',
                    hash="092e985a4b6ffd81650af3618039a5e6a9635695",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_17804",
                    table="integration_component",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_policyevent" ("code", "covered_only", "declared_most", "default_import", "edition", "id", "left_out", "market_id", "method", "missed_cut", "missed_freeze", "missed_months", "missed_source", "note_ar", "note_en", "note_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tier2", "valid_from", "version") VALUES (NEW."code", NEW."covered_only", NEW."declared_most", NEW."default_import", NEW."edition", NEW."id", NEW."left_out", NEW."market_id", NEW."method", NEW."missed_cut", NEW."missed_freeze", NEW."missed_months", NEW."missed_source", NEW."note_ar", NEW."note_en", NEW."note_fr", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."tier2", NEW."valid_from", NEW."version"); RETURN NULL;',
                    hash="86384b6ac5d530e5f30da256a48f361f8483608a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_18be7",
                    table="integration_policy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_policyevent" ("code", "covered_only", "declared_most", "default_import", "edition", "id", "left_out", "market_id", "method", "missed_cut", "missed_freeze", "missed_months", "missed_source", "note_ar", "note_en", "note_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tier2", "valid_from", "version") VALUES (NEW."code", NEW."covered_only", NEW."declared_most", NEW."default_import", NEW."edition", NEW."id", NEW."left_out", NEW."market_id", NEW."method", NEW."missed_cut", NEW."missed_freeze", NEW."missed_months", NEW."missed_source", NEW."note_ar", NEW."note_en", NEW."note_fr", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."tier2", NEW."valid_from", NEW."version"); RETURN NULL;',
                    hash="e05860e3b9f3e065573fc7c0a16d6333af31e08a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f632c",
                    table="integration_policy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_policyevent" ("code", "covered_only", "declared_most", "default_import", "edition", "id", "left_out", "market_id", "method", "missed_cut", "missed_freeze", "missed_months", "missed_source", "note_ar", "note_en", "note_fr", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "tier2", "valid_from", "version") VALUES (OLD."code", OLD."covered_only", OLD."declared_most", OLD."default_import", OLD."edition", OLD."id", OLD."left_out", OLD."market_id", OLD."method", OLD."missed_cut", OLD."missed_freeze", OLD."missed_months", OLD."missed_source", OLD."note_ar", OLD."note_en", OLD."note_fr", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."tier2", OLD."valid_from", OLD."version"); RETURN NULL;',
                    hash="13adaad6169a352ec471d920817b705dedd1b601",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a3440",
                    table="integration_policy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vehicleprogramme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_vehicleprogrammeevent" ("aim", "approved_on", "code", "id", "maker_id", "market_id", "model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_from", "power_to", "source", "vehicle_type", "version") VALUES (NEW."aim", NEW."approved_on", NEW."code", NEW."id", NEW."maker_id", NEW."market_id", NEW."model", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."power_from", NEW."power_to", NEW."source", NEW."vehicle_type", NEW."version"); RETURN NULL;',
                    hash="262e67369dfac28e6e69ede16ad0e37607de8982",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0a72",
                    table="integration_vehicleprogramme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vehicleprogramme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_vehicleprogrammeevent" ("aim", "approved_on", "code", "id", "maker_id", "market_id", "model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_from", "power_to", "source", "vehicle_type", "version") VALUES (NEW."aim", NEW."approved_on", NEW."code", NEW."id", NEW."maker_id", NEW."market_id", NEW."model", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."power_from", NEW."power_to", NEW."source", NEW."vehicle_type", NEW."version"); RETURN NULL;',
                    hash="0175dc7823b345a3c8cae6e1349bc46789d92109",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4eb4b",
                    table="integration_vehicleprogramme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vehicleprogramme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_vehicleprogrammeevent" ("aim", "approved_on", "code", "id", "maker_id", "market_id", "model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "power_from", "power_to", "source", "vehicle_type", "version") VALUES (OLD."aim", OLD."approved_on", OLD."code", OLD."id", OLD."maker_id", OLD."market_id", OLD."model", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."power_from", OLD."power_to", OLD."source", OLD."vehicle_type", OLD."version"); RETURN NULL;',
                    hash="773755103ba5221a4f057386915f26de5be3ca37",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fc540",
                    table="integration_vehicleprogramme",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("market__isnull", False)),
                fields=("market", "valid_from"),
                name="policy_one_law_a_day",
                violation_error_message="The law of this market already has a rule from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                name="policy_code_form",
                violation_error_message="A code has letters, digits, dots, dashes or underscores only.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("default_import", None),
                    models.Q(("default_import__gte", 0), ("default_import__lte", 100)),
                    _connector="OR",
                ),
                name="policy_default_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declared_most", None),
                    models.Q(("declared_most__gte", 0), ("declared_most__lte", 100)),
                    _connector="OR",
                ),
                name="policy_ceiling_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("missed_cut", None), models.Q(("missed_cut__gte", 0), ("missed_cut__lte", 100)), _connector="OR"
                ),
                name="policy_cut_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vehicleprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("power_from", None), ("power_to", None), ("power_to__gte", models.F("power_from")), _connector="OR"
                ),
                name="programme_power_in_order",
                violation_error_message="The range of power begins with the lower one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="policy",
            name="policy_once_a_day",
            constraint=models.UniqueConstraint(
                fields=("method", "valid_from"),
                name="policy_once_a_day",
                violation_error_message="This method already has a rule from that day.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="policy",
            name="policy_sourced",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="policy_sourced",
                violation_error_message="Name the source of the rule.",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="integration.policy"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="integration.vehicleprogramme",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddField(
            model_name="assessmentevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="assessmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.assessment",
            ),
        ),
        migrations.AddField(
            model_name="assessmentevent",
            name="policy",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.policy",
            ),
        ),
        migrations.AddField(
            model_name="assessmentevent",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.vehicleprogramme",
            ),
        ),
        migrations.AddField(
            model_name="assessmentevent",
            name="published_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddField(
            model_name="brought",
            name="component",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="broughts", to="integration.component"
            ),
        ),
        migrations.AddField(
            model_name="brought",
            name="milestone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="broughts", to="integration.milestone"
            ),
        ),
        migrations.AddField(
            model_name="brought",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="suppliers.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="brings",
            field=models.ManyToManyField(
                blank=True,
                help_text="Made locally from that day on.",
                related_name="milestones",
                through="integration.Brought",
                to="integration.component",
                verbose_name="components that it brings",
            ),
        ),
        migrations.AddField(
            model_name="broughtevent",
            name="component",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.component",
            ),
        ),
        migrations.AddField(
            model_name="broughtevent",
            name="milestone",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.milestone",
            ),
        ),
        migrations.AddField(
            model_name="broughtevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="broughtevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.brought",
            ),
        ),
        migrations.AddField(
            model_name="broughtevent",
            name="site",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="certificationstep",
            name="certification",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="integration.certificationstart"
            ),
        ),
        migrations.AddField(
            model_name="certificationstepevent",
            name="certification",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.certificationstart",
            ),
        ),
        migrations.AddField(
            model_name="certificationstepevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="certificationstepevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.certificationstep",
            ),
        ),
        migrations.AddField(
            model_name="contentinputevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="contentinputevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.contentinput",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.UniqueConstraint(
                fields=("currency", "on", "source"),
                name="exchange_once",
                violation_error_message="This currency already has a rate of that day and source.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$"), models.Q(("currency", "DZD"), _negated=True)),
                name="exchange_currency_form",
                violation_error_message="A currency has three capital letters, as in EUR; the dinar needs no rate.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gt", 0), ("rate__lt", 1000000000)),
                name="exchange_rate_positive",
                violation_error_message="A rate is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="exchange_sourced",
                violation_error_message="Name the source of the rate.",
            ),
        ),
        migrations.AddField(
            model_name="contentinputevent",
            name="exchange",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.exchangerate",
                verbose_name="exchange rate",
            ),
        ),
        migrations.AddField(
            model_name="contentinput",
            name="exchange",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="integration.exchangerate",
                verbose_name="exchange rate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_exchangerateevent" ("currency", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "version") VALUES (NEW."currency", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."source", NEW."version"); RETURN NULL;',
                    hash="e97fe268ff4dd541e7c40827f2a57fe222589d14",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8ceda",
                    table="integration_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_exchangerateevent" ("currency", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "version") VALUES (NEW."currency", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."source", NEW."version"); RETURN NULL;',
                    hash="51ea28b5c8fc78023d99961f2f2d2fffa08df22b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77c6b",
                    table="integration_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_exchangerateevent" ("currency", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "version") VALUES (OLD."currency", OLD."id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rate", OLD."source", OLD."version"); RETURN NULL;',
                    hash="106a2335928509102a5fe400be74ed6298587a38",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_75c92",
                    table="integration_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="exchange",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="integration.exchangerate",
                verbose_name="exchange rate",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="exchange",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.exchangerate",
                verbose_name="exchange rate",
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.exchangerate",
            ),
        ),
        migrations.AddField(
            model_name="partcontent",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contents",
                to="catalogue.part",
                verbose_name="part",
            ),
        ),
        migrations.AddField(
            model_name="partcontent",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contents",
                to="suppliers.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="contentinputevent",
            name="content",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.partcontent",
            ),
        ),
        migrations.AddField(
            model_name="contentinput",
            name="content",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="inputs", to="integration.partcontent"
            ),
        ),
        migrations.AddField(
            model_name="component",
            name="content",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="components",
                to="integration.partcontent",
                verbose_name="content of the part",
            ),
        ),
        migrations.AddField(
            model_name="componentevent",
            name="content",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.partcontent",
                verbose_name="content of the part",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contributive_rate", None),
                    models.Q(("contributive_rate__gte", 0), ("contributive_rate__lte", 100)),
                    _connector="OR",
                ),
                name="component_rate_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("local_share", None), models.Q(("local_share__gte", 0), ("local_share__lte", 100)), _connector="OR"
                ),
                name="component_share_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value", None), models.Q(("value__gte", 0), ("value__lt", 1000000000000000)), _connector="OR"
                ),
                name="component_value_positive",
                violation_error_message="A value is zero or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("currency", "DZD"), ("exchange", None)),
                    models.Q(models.Q(("currency", "DZD"), _negated=True), ("exchange__isnull", False)),
                    _connector="OR",
                ),
                name="component_value_rated",
                violation_error_message="A value in another currency needs its exchange rate, one in DZD has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0), ("quantity__lt", 1000000000)),
                name="component_quantity_positive",
                violation_error_message="A quantity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("site", None), models.Q(("supply__in", ["imported", "unknown"]), _negated=True), _connector="OR"
                ),
                name="component_site_is_resident",
                violation_error_message="What is imported, or of unknown supply, names no site.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="component_not_in_itself",
                violation_error_message="A component does not contain itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supply", "local"), models.Q(("content", None), ("local_share", None)), _connector="OR"
                ),
                name="component_content_is_local",
                violation_error_message="Only what is made locally has a local share.",
            ),
        ),
        migrations.AddField(
            model_name="partcontentevent",
            name="part",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="catalogue.part",
                verbose_name="part",
            ),
        ),
        migrations.AddField(
            model_name="partcontentevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="partcontentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.partcontent",
            ),
        ),
        migrations.AddField(
            model_name="partcontentevent",
            name="site",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="suppliers.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="programmevolume",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="volumes", to="integration.vehicleprogramme"
            ),
        ),
        migrations.AddField(
            model_name="programmevolumeevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="programmevolumeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.programmevolume",
            ),
        ),
        migrations.AddField(
            model_name="programmevolumeevent",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.vehicleprogramme",
            ),
        ),
        migrations.AddField(
            model_name="scenario",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="scenario",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scenarios", to="integration.vehicleprogramme"
            ),
        ),
        migrations.AddField(
            model_name="scenarioevent",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="scenarioevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="scenarioevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="integration.scenario",
            ),
        ),
        migrations.AddField(
            model_name="scenarioevent",
            name="programme",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="integration.vehicleprogramme",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("programme", "number"), name="assessment_numbered"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="assessment_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2bf34641bf5f823f1551f814c4eadaeedfa1b42f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_assessment_frozen_957ee",
                    table="integration_assessment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_assessmentevent" ("data_version", "day", "denominator", "high", "id", "inputs", "low", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "programme_id", "published_at", "published_by_id", "title", "value") VALUES (NEW."data_version", NEW."day", NEW."denominator", NEW."high", NEW."id", NEW."inputs", NEW."low", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."title", NEW."value"); RETURN NULL;',
                    hash="2ae9a13c492ae470a2125970dedcd7b05b20fda0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1a526",
                    table="integration_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_assessmentevent" ("data_version", "day", "denominator", "high", "id", "inputs", "low", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "programme_id", "published_at", "published_by_id", "title", "value") VALUES (NEW."data_version", NEW."day", NEW."denominator", NEW."high", NEW."id", NEW."inputs", NEW."low", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."programme_id", NEW."published_at", NEW."published_by_id", NEW."title", NEW."value"); RETURN NULL;',
                    hash="a1d2f86a4921dc078152799b563215818c2b2135",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_18228",
                    table="integration_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_assessmentevent" ("data_version", "day", "denominator", "high", "id", "inputs", "low", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "programme_id", "published_at", "published_by_id", "title", "value") VALUES (OLD."data_version", OLD."day", OLD."denominator", OLD."high", OLD."id", OLD."inputs", OLD."low", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id", OLD."programme_id", OLD."published_at", OLD."published_by_id", OLD."title", OLD."value"); RETURN NULL;',
                    hash="f5cd85893bd0cd6c80d54a9a10833294d884bdc1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47446",
                    table="integration_assessment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="brought",
            constraint=models.UniqueConstraint(fields=("milestone", "component"), name="brought_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="brought",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_broughtevent" ("component_id", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."component_id", NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id"); RETURN NULL;',
                    hash="c08ac62f0611145db72e3211d80b8ee0f9397e76",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8dcda",
                    table="integration_brought",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="brought",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_broughtevent" ("component_id", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (NEW."component_id", NEW."id", NEW."milestone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id"); RETURN NULL;',
                    hash="4f2536dba9e9ae5591f46d0cdd7a26bbc6965f1d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d29e",
                    table="integration_brought",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="brought",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_broughtevent" ("component_id", "id", "milestone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id") VALUES (OLD."component_id", OLD."id", OLD."milestone_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id"); RETURN NULL;',
                    hash="5b438dd434b2446a98db954c58815e5b6a710a0d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_812b2",
                    table="integration_brought",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="certificationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("result", ""), ("done_on__isnull", False), _connector="OR"),
                name="certification_step_dated",
                violation_error_message="A result goes with the day on which the step was done.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_certificationstepevent" ("certification_id", "done_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reference", "result", "title", "version") VALUES (NEW."certification_id", NEW."done_on", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."reference", NEW."result", NEW."title", NEW."version"); RETURN NULL;',
                    hash="9870195c57cd633b08729947c23da6b681021808",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_41048",
                    table="integration_certificationstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_certificationstepevent" ("certification_id", "done_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reference", "result", "title", "version") VALUES (NEW."certification_id", NEW."done_on", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."reference", NEW."result", NEW."title", NEW."version"); RETURN NULL;',
                    hash="e74f5093c066f9781b3c8b622768e87a5a65f0b1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2b38",
                    table="integration_certificationstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certificationstep",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_certificationstepevent" ("certification_id", "done_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "reference", "result", "title", "version") VALUES (OLD."certification_id", OLD."done_on", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."reference", OLD."result", OLD."title", OLD."version"); RETURN NULL;',
                    hash="e39418a585771a57950cae78c40d967b8efaf3f7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1aa83",
                    table="integration_certificationstep",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="partcontent",
            constraint=models.UniqueConstraint(
                fields=("part", "site", "first_month"),
                name="content_once",
                violation_error_message="The content of this part at this site from that month is entered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partcontent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_month__day", 1), ("last_month__day", 1), ("last_month__gte", models.F("first_month"))
                ),
                name="content_in_order",
                violation_error_message="The end must come after the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partcontent",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__gt", 0), ("value__lt", 1000000000000000)),
                name="content_price_positive",
                violation_error_message="A price is above zero.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partcontent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_partcontentevent" ("basis", "evidence", "first_month", "id", "last_month", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "value", "version") VALUES (NEW."basis", NEW."evidence", NEW."first_month", NEW."id", NEW."last_month", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."value", NEW."version"); RETURN NULL;',
                    hash="21ce1ebee53a63c57b47e17c59e72c1898aea266",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ac1e0",
                    table="integration_partcontent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partcontent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_partcontentevent" ("basis", "evidence", "first_month", "id", "last_month", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "value", "version") VALUES (NEW."basis", NEW."evidence", NEW."first_month", NEW."id", NEW."last_month", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."value", NEW."version"); RETURN NULL;',
                    hash="94d93942f58e45b2a63cf1a65f7928f46791e8f3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dadb2",
                    table="integration_partcontent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partcontent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_partcontentevent" ("basis", "evidence", "first_month", "id", "last_month", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "value", "version") VALUES (OLD."basis", OLD."evidence", OLD."first_month", OLD."id", OLD."last_month", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id", OLD."value", OLD."version"); RETURN NULL;',
                    hash="616b9e23e1c638963f4dde33c534cf0e89d21570",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bdda3",
                    table="integration_partcontent",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contentinput",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value", None), models.Q(("value__gte", 0), ("value__lt", 1000000000000000)), _connector="OR"
                ),
                name="input_value_positive",
                violation_error_message="A value is zero or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentinput",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("currency", "DZD"), ("exchange", None)),
                    models.Q(models.Q(("currency", "DZD"), _negated=True), ("exchange__isnull", False)),
                    _connector="OR",
                ),
                name="input_value_rated",
                violation_error_message="A value in another currency needs its exchange rate, one in DZD has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentinput",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("imported_share", None),
                    models.Q(("imported_share__gte", 0), ("imported_share__lte", 100)),
                    _connector="OR",
                ),
                name="input_share_is_percent",
                violation_error_message="A rate lies between 0 and 100 percent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentinput",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", False)),
                name="input_valued",
                violation_error_message="Give the value.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentinput",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "local"), ("imported_share", None), _connector="OR"),
                name="input_import_is_whole",
                violation_error_message="What is imported directly is imported whole: leave the share empty.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contentinput",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_contentinputevent" ("content_id", "currency", "exchange_id", "id", "imported_share", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."content_id", NEW."currency", NEW."exchange_id", NEW."id", NEW."imported_share", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value", NEW."version"); RETURN NULL;',
                    hash="9c42d8dd5d0a88c16677ddec49bf279485def652",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_036dc",
                    table="integration_contentinput",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contentinput",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_contentinputevent" ("content_id", "currency", "exchange_id", "id", "imported_share", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."content_id", NEW."currency", NEW."exchange_id", NEW."id", NEW."imported_share", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value", NEW."version"); RETURN NULL;',
                    hash="28723328a6cb9d28199d4f83450917b8809d0f8d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e981",
                    table="integration_contentinput",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contentinput",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_contentinputevent" ("content_id", "currency", "exchange_id", "id", "imported_share", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (OLD."content_id", OLD."currency", OLD."exchange_id", OLD."id", OLD."imported_share", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value", OLD."version"); RETURN NULL;',
                    hash="17bbee6cc08d85b514a4fed1d572ad99827de9da",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_451e3",
                    table="integration_contentinput",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="programmevolume",
            constraint=models.UniqueConstraint(
                fields=("programme", "year"),
                name="programme_volume_once",
                violation_error_message="The programme already has the volume of that year.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmevolume",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                name="programme_volume_year",
                violation_error_message="A year lies between 2000 and 2100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmevolume",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned__isnull", False), ("built__isnull", False), _connector="OR"),
                name="programme_volume_said",
                violation_error_message="Give the vehicles planned, built or both.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevolume",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_programmevolumeevent" ("built", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "programme_id", "source", "version", "year") VALUES (NEW."built", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned", NEW."programme_id", NEW."source", NEW."version", NEW."year"); RETURN NULL;',
                    hash="697ae108b78c486a5167621d030aa931b94fd9aa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_15cef",
                    table="integration_programmevolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevolume",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_programmevolumeevent" ("built", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "programme_id", "source", "version", "year") VALUES (NEW."built", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned", NEW."programme_id", NEW."source", NEW."version", NEW."year"); RETURN NULL;',
                    hash="e510735b46f61f141e88b9a1a9e366fa8661cae5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2cacd",
                    table="integration_programmevolume",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevolume",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_programmevolumeevent" ("built", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "programme_id", "source", "version", "year") VALUES (OLD."built", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned", OLD."programme_id", OLD."source", OLD."version", OLD."year"); RETURN NULL;',
                    hash="ecd15297fe9ea0ae6d81340ad125816fd47971ef",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aa956",
                    table="integration_programmevolume",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="scenario",
            constraint=models.UniqueConstraint(
                fields=("programme", "owner", "name"),
                name="scenario_once",
                violation_error_message="You already have a scenario of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scenario",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="scenario_named",
                violation_error_message="Give the scenario a name.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scenario",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_scenarioevent" ("id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "query", "shared", "version") VALUES (NEW."id", NEW."name", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."query", NEW."shared", NEW."version"); RETURN NULL;',
                    hash="bbda4036d9395fcd6bb122cb706e6919d245246c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_90705",
                    table="integration_scenario",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scenario",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "integration_scenarioevent" ("id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "query", "shared", "version") VALUES (NEW."id", NEW."name", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."query", NEW."shared", NEW."version"); RETURN NULL;',
                    hash="6ca59930dde81ff348a3347eae8da6b23cd10a97",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8238f",
                    table="integration_scenario",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scenario",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "integration_scenarioevent" ("id", "name", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "query", "shared", "version") VALUES (OLD."id", OLD."name", OLD."note", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."query", OLD."shared", OLD."version"); RETURN NULL;',
                    hash="23852d2bd37f0c379d9b1aa414de54bf2dbbfc79",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_46f7c",
                    table="integration_scenario",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RemoveConstraint(model_name="component", name="component_once"),
        migrations.AddConstraint(
            model_name="component",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("programme", "="),
                    ("code", "="),
                    (suppliers.models.suppliers.DateRange("valid_from", "valid_to"), "&&"),
                ],
                name="component_once",
                violation_error_message="The programme already has a component with that code in these days.",
            ),
        ),
    ]
