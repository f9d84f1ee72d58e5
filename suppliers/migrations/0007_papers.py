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
        ("suppliers", "0006_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("complaint", "Complaint"), ("return", "Return"), ("warranty", "Warranty case")],
                        default="complaint",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity, in pieces")),
                ("defect", models.CharField(max_length=300, verbose_name="defect")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="accounts.firm",
                        verbose_name="customer",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.family",
                        verbose_name="family",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="suppliers.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "verbose_name_plural": "complaints",
                "ordering": ["-received_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0), ("quantity__lt", 1000000000000000)),
                        name="complaint_quantity_not_negative",
                        violation_error_message="A quantity is 0 or more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("received_on")), _connector="OR"
                        ),
                        name="complaint_in_order",
                        violation_error_message="It cannot be closed before it was received.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("complaint", "Complaint"), ("return", "Return"), ("warranty", "Warranty case")],
                        default="complaint",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=18, verbose_name="quantity, in pieces")),
                ("defect", models.CharField(max_length=300, verbose_name="defect")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                        verbose_name="customer",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.family",
                        verbose_name="family",
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
                        to="suppliers.complaint",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="Ppap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.CharField(blank=True, max_length=20, verbose_name="revision")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")], default=3, verbose_name="level"
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("interim", "Interim approval"),
                            ("rejected", "Rejected"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("interim_until", models.DateField(blank=True, null=True, verbose_name="interim approval until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ppaps",
                        to="accounts.firm",
                        verbose_name="customer",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ppaps",
                        to="catalogue.part",
                        verbose_name="part",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ppaps",
                        to="suppliers.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "PPAP",
                "verbose_name_plural": "PPAP",
                "ordering": ["-submitted_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "part", "revision", "customer", "submitted_on"),
                        name="ppap_once_a_day",
                        violation_error_message="This submission is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("decision", "pending")),
                            models.Q(models.Q(("decision", "pending"), _negated=True), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="ppap_decided_on_a_day",
                        violation_error_message="A decision has its day; a submission that waits has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "interim"), ("interim_until__isnull", False)),
                            models.Q(models.Q(("decision", "interim"), _negated=True), ("interim_until", None)),
                            _connector="OR",
                        ),
                        name="ppap_interim_has_an_end",
                        violation_error_message="An interim approval has a last day, other decisions have none.",
                    ),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="ppap_level_one_to_five"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PpapEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("revision", models.CharField(blank=True, max_length=20, verbose_name="revision")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")], default=3, verbose_name="level"
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("approved", "Approved"),
                            ("interim", "Interim approval"),
                            ("rejected", "Rejected"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("interim_until", models.DateField(blank=True, null=True, verbose_name="interim approval until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                        verbose_name="customer",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.part",
                        verbose_name="part",
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
                        to="suppliers.ppap",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="Standard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("certificate", "Certificate of a site"), ("approval", "Approval of parts")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "standard",
                "verbose_name_plural": "standards",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                        name="standard_code_form",
                        violation_error_message="A code has letters, digits, dots, dashes or underscores only.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("certificate", "Certificate of a site"), ("approval", "Approval of parts")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
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
                        to="suppliers.standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, verbose_name="number")),
                ("body", models.CharField(max_length=120, verbose_name="issued by")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="scope")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("accepted", models.BooleanField(default=True, verbose_name="accepted")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="accounts.firm",
                        verbose_name="firm",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="suppliers.paper",
                        verbose_name="renews",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="suppliers.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="suppliers.standard",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper",
                "verbose_name_plural": "papers",
                "ordering": [models.OrderBy(models.F("valid_to"), nulls_last=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("firm", "site", "standard", "number", "valid_from"),
                        name="paper_once",
                        nulls_distinct=False,
                        violation_error_message="This paper is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="paper_numbered",
                        violation_error_message="Give the number of the paper.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="paper_in_order",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("renews", None), models.Q(("renews", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="paper_renews_another",
                        violation_error_message="A paper does not renew itself.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            partstrack.searching.Folded(models.F("number"), models.F("body"), models.F("scope")),
                            name="gin_trgm_ops",
                        ),
                        name="paper_searched",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("findings", "Passed with findings"), ("failed", "Not passed")],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="suppliers.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "surveillance audit",
                "verbose_name_plural": "surveillance audits",
                "ordering": ["paper", "planned_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("result", "")),
                            models.Q(("done_on__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="audit_done_has_result",
                        violation_error_message="An audit that was done has its day and its result, another one has neither.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("suspended", "Suspension"), ("withdrawn", "Withdrawal")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="suppliers.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension or withdrawal",
                "verbose_name_plural": "suspensions and withdrawals",
                "ordering": ["paper", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                        name="stop_in_order",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "withdrawn"), _negated=True), ("until", None), _connector="OR"
                        ),
                        name="withdrawal_has_no_end",
                        violation_error_message="A withdrawal has no end: a paper that is given again is a new one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StopEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("suspended", "Suspension"), ("withdrawn", "Withdrawal")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.paper",
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
                        to="suppliers.stop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("findings", "Passed with findings"), ("failed", "Not passed")],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
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
                        to="suppliers.audit",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.paper",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperFamily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.family"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paper_families", to="suppliers.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "family of a paper",
                "ordering": ["paper", "family", "pk"],
                "constraints": [models.UniqueConstraint(fields=("paper", "family"), name="paper_family_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperFamilyEvent",
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
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.paper",
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
                        to="suppliers.paperfamily",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paper_parts", to="suppliers.paper"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "verbose_name": "reference of an approval",
                "ordering": ["paper", "part", "pk"],
                "constraints": [models.UniqueConstraint(fields=("paper", "part"), name="paper_part_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperPartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "paper",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.paper",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.part",
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
                        to="suppliers.paperpart",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=60, verbose_name="number")),
                ("body", models.CharField(max_length=120, verbose_name="issued by")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="scope")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("accepted", models.BooleanField(default=True, verbose_name="accepted")),
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
                        to="suppliers.paper",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.paper",
                        verbose_name="renews",
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
                (
                    "standard",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.standard",
                        verbose_name="standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="Paper",
            name="families",
            field=models.ManyToManyField(
                blank=True,
                related_name="papers",
                through="suppliers.PaperFamily",
                to="catalogue.family",
                verbose_name="families",
            ),
        ),
        migrations.AddField(
            model_name="Paper",
            name="parts",
            field=models.ManyToManyField(
                blank=True,
                related_name="papers",
                through="suppliers.PaperPart",
                to="catalogue.part",
                verbose_name="references",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_standardevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="a47a5ce33d900cc531faac239f7f574fd532693d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09fba",
                    table="suppliers_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_standardevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;',
                    hash="330ab6184eba6ad34e7baf5d371a64efa5f71046",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_832cb",
                    table="suppliers_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_standardevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."code", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;',
                    hash="b9b713c6233016667e5f29912d9649e1a9b4c9bb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53ad3",
                    table="suppliers_standard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="complaint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_complaintevent" ("answer", "closed_on", "customer_id", "defect", "family_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "received_on", "site_id", "version") VALUES (NEW."answer", NEW."closed_on", NEW."customer_id", NEW."defect", NEW."family_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."received_on", NEW."site_id", NEW."version"); RETURN NULL;',
                    hash="24e569b212178012c2e70d5d20f89486e4c02a4c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0ea01",
                    table="suppliers_complaint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="complaint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_complaintevent" ("answer", "closed_on", "customer_id", "defect", "family_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "received_on", "site_id", "version") VALUES (NEW."answer", NEW."closed_on", NEW."customer_id", NEW."defect", NEW."family_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."received_on", NEW."site_id", NEW."version"); RETURN NULL;',
                    hash="9fafb768492b7d6bb3658b8f37309825f4d118fb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6315e",
                    table="suppliers_complaint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="complaint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_complaintevent" ("answer", "closed_on", "customer_id", "defect", "family_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "received_on", "site_id", "version") VALUES (OLD."answer", OLD."closed_on", OLD."customer_id", OLD."defect", OLD."family_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."received_on", OLD."site_id", OLD."version"); RETURN NULL;',
                    hash="568b37ccd6e8911b89494592681ce680d9b152af",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_14ea1",
                    table="suppliers_complaint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_auditevent" ("done_on", "id", "note", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "result", "version") VALUES (NEW."done_on", NEW."id", NEW."note", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_on", NEW."result", NEW."version"); RETURN NULL;',
                    hash="a23417f0d6a13188bfd834eb5dbc031987730c19",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_adca0",
                    table="suppliers_audit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_auditevent" ("done_on", "id", "note", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "result", "version") VALUES (NEW."done_on", NEW."id", NEW."note", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_on", NEW."result", NEW."version"); RETURN NULL;',
                    hash="9c14b2d8a7725165f4112ed924b658d5e0e7bc1e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d8fc6",
                    table="suppliers_audit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_auditevent" ("done_on", "id", "note", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "result", "version") VALUES (OLD."done_on", OLD."id", OLD."note", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_on", OLD."result", OLD."version"); RETURN NULL;',
                    hash="d4147b9f725c9f4cf73ff8c01dd1dda79b22c721",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7734d",
                    table="suppliers_audit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperfamilyevent" ("family_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."family_id", NEW."id", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="54e7863ccf0ea0a3dafbee46c604f34029e33b0d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_50373",
                    table="suppliers_paperfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_paperfamilyevent" ("family_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."family_id", NEW."id", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="9e66ea4178521f47fb8a45b1e1f51514fb23f29b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_06a5d",
                    table="suppliers_paperfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperfamilyevent" ("family_id", "id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."family_id", OLD."id", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="b373df7abbbbd880c30100075e9f74cdf7d30d13",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ec8db",
                    table="suppliers_paperfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperpart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperpartevent" ("id", "paper_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."paper_id", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="d5b38e5febff14ddb10fa11917b2936caf08d9f7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_07b49",
                    table="suppliers_paperpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperpart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_paperpartevent" ("id", "paper_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."paper_id", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="c772fa17571e3241d0986f9b6c18be486b1028e7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3e35",
                    table="suppliers_paperpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paperpart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperpartevent" ("id", "paper_id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."paper_id", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="b49de56531bb4812a8db8c28c111d2b04d3f6c73",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b488b",
                    table="suppliers_paperpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ppap",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_ppapevent" ("customer_id", "decided_on", "decision", "id", "interim_until", "level", "note", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "site_id", "submitted_on", "version") VALUES (NEW."customer_id", NEW."decided_on", NEW."decision", NEW."id", NEW."interim_until", NEW."level", NEW."note", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision", NEW."site_id", NEW."submitted_on", NEW."version"); RETURN NULL;',
                    hash="38f65a0d7e42e21b9ccaea58c0fefd705df9f9d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24d10",
                    table="suppliers_ppap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ppap",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_ppapevent" ("customer_id", "decided_on", "decision", "id", "interim_until", "level", "note", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "site_id", "submitted_on", "version") VALUES (NEW."customer_id", NEW."decided_on", NEW."decision", NEW."id", NEW."interim_until", NEW."level", NEW."note", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision", NEW."site_id", NEW."submitted_on", NEW."version"); RETURN NULL;',
                    hash="ee832668faad2279dcedc9165c6a763d4ee454b7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c9ef3",
                    table="suppliers_ppap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ppap",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_ppapevent" ("customer_id", "decided_on", "decision", "id", "interim_until", "level", "note", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "site_id", "submitted_on", "version") VALUES (OLD."customer_id", OLD."decided_on", OLD."decision", OLD."id", OLD."interim_until", OLD."level", OLD."note", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision", OLD."site_id", OLD."submitted_on", OLD."version"); RETURN NULL;',
                    hash="da6ba7fbf2bd15ee6665c96c1c46e6d00aacf850",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16acc",
                    table="suppliers_ppap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperevent" ("accepted", "body", "firm_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "scope", "site_id", "standard_id", "valid_from", "valid_to", "version") VALUES (NEW."accepted", NEW."body", NEW."firm_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."renews_id", NEW."scope", NEW."site_id", NEW."standard_id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="926f740bc42de6055ab46f68cd4a434ae15cd141",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a0ecf",
                    table="suppliers_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_paperevent" ("accepted", "body", "firm_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "scope", "site_id", "standard_id", "valid_from", "valid_to", "version") VALUES (NEW."accepted", NEW."body", NEW."firm_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."renews_id", NEW."scope", NEW."site_id", NEW."standard_id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="5f1bcba906825ecff7a3a96a6ac27d77c3aaae04",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee7fa",
                    table="suppliers_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paper",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_paperevent" ("accepted", "body", "firm_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "scope", "site_id", "standard_id", "valid_from", "valid_to", "version") VALUES (OLD."accepted", OLD."body", OLD."firm_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."renews_id", OLD."scope", OLD."site_id", OLD."standard_id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                    hash="b5e28af810d02184808ecd61b65cb70c28354069",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_73a0c",
                    table="suppliers_paper",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stop",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_stopevent" ("id", "kind", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "version", "why") VALUES (NEW."id", NEW."kind", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."until", NEW."version", NEW."why"); RETURN NULL;',
                    hash="b59c2cb876218fbacf403431cf2f145de85fc856",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7722",
                    table="suppliers_stop",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stop",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_stopevent" ("id", "kind", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "version", "why") VALUES (NEW."id", NEW."kind", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."until", NEW."version", NEW."why"); RETURN NULL;',
                    hash="c673d0d6f55b5c45c202b496604e9993d5709262",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb9cd",
                    table="suppliers_stop",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stop",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_stopevent" ("id", "kind", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "version", "why") VALUES (OLD."id", OLD."kind", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."until", OLD."version", OLD."why"); RETURN NULL;',
                    hash="26d226032897bf63010433569c0c997edba48429",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_15051",
                    table="suppliers_stop",
                    when="AFTER",
                ),
            ),
        ),
    ]
