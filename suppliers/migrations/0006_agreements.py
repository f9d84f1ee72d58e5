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
        ("suppliers", "0005_firms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("convention", "Suppliers’ convention"),
                            ("show", "Trade show"),
                            ("visit", "Visit of a delegation"),
                            ("other", "Other meeting"),
                        ],
                        default="convention",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("first_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-year", models.OrderBy(models.F("first_on"), descending=True, nulls_last=True), "-pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            partstrack.searching.Folded(models.F("code"), models.F("title")), name="gin_trgm_ops"
                        ),
                        name="event_searched",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                        name="event_code_form",
                        violation_error_message="A code has letters, digits, dots, dashes or underscores only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="event_titled",
                        violation_error_message="Give the event a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on", None), ("last_on__gte", models.F("first_on")), _connector="OR"),
                        name="event_in_order",
                        violation_error_message="The last day must not come before the first; give the first one too.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_on", None), ("first_on__year", models.F("year")), _connector="OR"),
                        name="event_in_its_year",
                        violation_error_message="The first day is not in that year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1962, 2100))),
                        name="event_year_likely",
                        violation_error_message="Give the year in four digits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventEvent",
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
                            ("convention", "Suppliers’ convention"),
                            ("show", "Trade show"),
                            ("visit", "Visit of a delegation"),
                            ("other", "Other meeting"),
                        ],
                        default="convention",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("first_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
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
                        to="suppliers.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("memorandum", "Memorandum"),
                            ("intent", "Letter of intent"),
                            ("road_map", "Road map"),
                            ("framework", "Framework agreement"),
                            ("supply", "Supply"),
                            ("subcontracting", "Subcontracting"),
                            ("co_development", "Co-development"),
                            ("transfer", "Technology transfer"),
                            ("export_support", "Export support"),
                            ("investment", "Investment"),
                            ("unsaid", "Kind not said"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("binding", models.BooleanField(blank=True, null=True, verbose_name="binding")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparation", "In preparation"),
                            ("signed", "Signed"),
                            ("ended", "Ended"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="preparation",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                (
                    "signed_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of signature"),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place of signature")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended early on")),
                ("aim", models.TextField(blank=True, verbose_name="aim")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="suppliers.agreement",
                        verbose_name="amends",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="suppliers.event",
                        verbose_name="event where it was signed",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": [models.OrderBy(models.F("signed_on"), descending=True, nulls_last=True), "code", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9._-]*$")),
                        name="deal_code_form",
                        violation_error_message="A code has letters, digits, dots, dashes or underscores only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="deal_titled",
                        violation_error_message="Give the agreement a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("binding", None),
                            ("binding", False),
                            models.Q(("kind__in", ("memorandum", "intent", "road_map")), _negated=True),
                            _connector="OR",
                        ),
                        name="deal_memorandum_is_no_contract",
                        violation_error_message="A memorandum, a letter of intent or a road map is no contract: it is not binding.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="deal_in_order",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on", None),
                            ("signed_year", None),
                            ("signed_on__year", models.F("signed_year")),
                            _connector="OR",
                        ),
                        name="deal_signed_in_its_year",
                        violation_error_message="The day of signature is not in that year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_year", None), ("signed_year__range", (1962, 2100)), _connector="OR"
                        ),
                        name="deal_year_likely",
                        violation_error_message="Give the year in four digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "preparation"), _negated=True),
                            models.Q(("signed_on", None), ("signed_year", None)),
                            _connector="OR",
                        ),
                        name="deal_prepared_is_not_signed",
                        violation_error_message="What is in preparation has no day or year of signature.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on", None), ("state__in", ("ended", "cancelled")), _connector="OR"),
                        name="deal_ended_says_so",
                        violation_error_message="Who gives a day of ending chooses the state “Ended” or “Cancelled”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amends", None), models.Q(("amends", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="deal_amends_another",
                        violation_error_message="An agreement does not amend itself.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            partstrack.searching.Folded(models.F("code"), models.F("title")), name="gin_trgm_ops"
                        ),
                        name="deal_searched",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supplier", "Supplier"),
                            ("brand", "Brand owner"),
                            ("vehicle_maker", "Vehicle maker"),
                            ("distributor", "Distributor"),
                            ("partner", "Technical partner"),
                            ("principal", "Principal of sub-contracts"),
                            ("subcontractor", "Sub-contractor"),
                            ("facilitator", "Facilitator"),
                            ("authority", "Authority"),
                        ],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="suppliers.agreement"
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed",
                        to="accounts.firm",
                        verbose_name="firm",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["agreement", "role", "firm__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "firm", "role"),
                        name="deal_party_once",
                        violation_error_message="This firm already has that role in the agreement.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("supplier", "Supplier"),
                            ("brand", "Brand owner"),
                            ("vehicle_maker", "Vehicle maker"),
                            ("distributor", "Distributor"),
                            ("partner", "Technical partner"),
                            ("principal", "Principal of sub-contracts"),
                            ("subcontractor", "Sub-contractor"),
                            ("facilitator", "Facilitator"),
                            ("authority", "Authority"),
                        ],
                        max_length=14,
                        verbose_name="role",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.agreement",
                    ),
                ),
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
                        to="suppliers.party",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("attended", "Came"),
                            ("absent", "Did not come"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("people", models.CharField(blank=True, max_length=200, verbose_name="who came")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="accounts.firm",
                        verbose_name="firm",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="suppliers.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["event", "firm__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "firm"),
                        name="attendance_once",
                        violation_error_message="This firm is invited already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="what was committed to")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not kept yet"), ("kept", "Kept"), ("dropped", "Given up")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("kept_on", models.DateField(blank=True, null=True, verbose_name="kept on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="suppliers.agreement",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="accounts.firm",
                        verbose_name="by whom",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="suppliers.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement", None), ("event__isnull", False)),
                            models.Q(("agreement__isnull", False), ("event", None)),
                            _connector="OR",
                        ),
                        name="commitment_of_one_thing",
                        violation_error_message="A commitment belongs to an agreement or to an event.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="commitment_said",
                        violation_error_message="Say what was committed to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept_on__isnull", False), ("state", "kept")),
                            models.Q(models.Q(("state", "kept"), _negated=True), ("kept_on", None)),
                            _connector="OR",
                        ),
                        name="commitment_kept_on_a_day",
                        violation_error_message="A kept commitment has the day on which it was kept, another one has none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coverages", to="suppliers.agreement"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.family"
                    ),
                ),
            ],
            options={
                "verbose_name": "family of an agreement",
                "ordering": ["agreement", "family", "pk"],
                "constraints": [models.UniqueConstraint(fields=("agreement", "family"), name="deal_family_once")],
            },
        ),
        migrations.CreateModel(
            name="CoverageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.agreement",
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
                        to="suppliers.coverage",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CommitmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="what was committed to")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not kept yet"), ("kept", "Kept"), ("dropped", "Given up")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("kept_on", models.DateField(blank=True, null=True, verbose_name="kept on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.firm",
                        verbose_name="by whom",
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
                        to="suppliers.commitment",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AttendanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("confirmed", "Confirmed"),
                            ("declined", "Declined"),
                            ("attended", "Came"),
                            ("absent", "Did not come"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("people", models.CharField(blank=True, max_length=200, verbose_name="who came")),
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
                        to="suppliers.attendance",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
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
                            ("memorandum", "Memorandum"),
                            ("intent", "Letter of intent"),
                            ("road_map", "Road map"),
                            ("framework", "Framework agreement"),
                            ("supply", "Supply"),
                            ("subcontracting", "Subcontracting"),
                            ("co_development", "Co-development"),
                            ("transfer", "Technology transfer"),
                            ("export_support", "Export support"),
                            ("investment", "Investment"),
                            ("unsaid", "Kind not said"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("binding", models.BooleanField(blank=True, null=True, verbose_name="binding")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparation", "In preparation"),
                            ("signed", "Signed"),
                            ("ended", "Ended"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="preparation",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                (
                    "signed_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of signature"),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place of signature")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended early on")),
                ("aim", models.TextField(blank=True, verbose_name="aim")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.agreement",
                        verbose_name="amends",
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
                        to="suppliers.agreement",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.event",
                        verbose_name="event where it was signed",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="Agreement",
            name="families",
            field=models.ManyToManyField(
                blank=True,
                related_name="supplier_agreements",
                through="suppliers.Coverage",
                to="catalogue.family",
                verbose_name="families",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_eventevent" ("code", "first_on", "id", "kind", "last_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source", "title", "version", "year") VALUES (NEW."code", NEW."first_on", NEW."id", NEW."kind", NEW."last_on", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."source", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                    hash="8c7e30283bc71ade9e728a3d545678709fab4913",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8883b",
                    table="suppliers_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_eventevent" ("code", "first_on", "id", "kind", "last_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source", "title", "version", "year") VALUES (NEW."code", NEW."first_on", NEW."id", NEW."kind", NEW."last_on", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."source", NEW."title", NEW."version", NEW."year"); RETURN NULL;',
                    hash="3a1005138fcfa4cee634c41f3cbce502ef2519ab",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ec5c2",
                    table="suppliers_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_eventevent" ("code", "first_on", "id", "kind", "last_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source", "title", "version", "year") VALUES (OLD."code", OLD."first_on", OLD."id", OLD."kind", OLD."last_on", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."source", OLD."title", OLD."version", OLD."year"); RETURN NULL;',
                    hash="74cfbbf101c540f3cb84a6ffc4f79ce499a88b60",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07e17",
                    table="suppliers_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coverage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_coverageevent" ("agreement_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreement_id", NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="b4c22b90cbbba1eefdf14379090140165a0a64d4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_13693",
                    table="suppliers_coverage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coverage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_coverageevent" ("agreement_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreement_id", NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="547b51cf00c12fd18526e767c55607f72b70b907",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ecec5",
                    table="suppliers_coverage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coverage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_coverageevent" ("agreement_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agreement_id", OLD."family_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="a30b7bc10a2843d7ab9e5abab3f7ec41f05b5d85",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a4c78",
                    table="suppliers_coverage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_commitmentevent" ("agreement_id", "due_on", "event_id", "id", "kept_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (NEW."agreement_id", NEW."due_on", NEW."event_id", NEW."id", NEW."kept_on", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."text", NEW."version"); RETURN NULL;',
                    hash="f9480535aa49cf11d940f0ebde18f9a3aa9dd54c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_57c93",
                    table="suppliers_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_commitmentevent" ("agreement_id", "due_on", "event_id", "id", "kept_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (NEW."agreement_id", NEW."due_on", NEW."event_id", NEW."id", NEW."kept_on", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."text", NEW."version"); RETURN NULL;',
                    hash="f782c19a91483f2e64d318c6ecec06c7372eb6df",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_570a7",
                    table="suppliers_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_commitmentevent" ("agreement_id", "due_on", "event_id", "id", "kept_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text", "version") VALUES (OLD."agreement_id", OLD."due_on", OLD."event_id", OLD."id", OLD."kept_on", OLD."note", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."text", OLD."version"); RETURN NULL;',
                    hash="863159ea1906ac32a17fb4290d4a2025c28e5b21",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2243c",
                    table="suppliers_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_attendanceevent" ("event_id", "firm_id", "id", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (NEW."event_id", NEW."firm_id", NEW."id", NEW."people", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."version"); RETURN NULL;',
                    hash="43bcb61e660b64e4fe501ac820bcdb427449bd78",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a81fc",
                    table="suppliers_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_attendanceevent" ("event_id", "firm_id", "id", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (NEW."event_id", NEW."firm_id", NEW."id", NEW."people", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."version"); RETURN NULL;',
                    hash="0707fe0a16c599efee9ef72a8c0d6f147e95f6ce",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_810e5",
                    table="suppliers_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_attendanceevent" ("event_id", "firm_id", "id", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "version") VALUES (OLD."event_id", OLD."firm_id", OLD."id", OLD."people", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."version"); RETURN NULL;',
                    hash="229bf6e241c4adb28e4d12431266d9b4043b54ea",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b0d52",
                    table="suppliers_attendance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_agreementevent" ("aim", "amends_id", "binding", "code", "ended_on", "event_id", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "signed_on", "signed_year", "source", "state", "title", "valid_from", "valid_to", "version") VALUES (NEW."aim", NEW."amends_id", NEW."binding", NEW."code", NEW."ended_on", NEW."event_id", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."signed_on", NEW."signed_year", NEW."source", NEW."state", NEW."title", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="4835975d04895f26ce7694baeb0c105726882272",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c8fa1",
                    table="suppliers_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_agreementevent" ("aim", "amends_id", "binding", "code", "ended_on", "event_id", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "signed_on", "signed_year", "source", "state", "title", "valid_from", "valid_to", "version") VALUES (NEW."aim", NEW."amends_id", NEW."binding", NEW."code", NEW."ended_on", NEW."event_id", NEW."id", NEW."kind", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."signed_on", NEW."signed_year", NEW."source", NEW."state", NEW."title", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="b7e4e221314e1cbc964962f517e83026488ee723",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9effb",
                    table="suppliers_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_agreementevent" ("aim", "amends_id", "binding", "code", "ended_on", "event_id", "id", "kind", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "signed_on", "signed_year", "source", "state", "title", "valid_from", "valid_to", "version") VALUES (OLD."aim", OLD."amends_id", OLD."binding", OLD."code", OLD."ended_on", OLD."event_id", OLD."id", OLD."kind", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."signed_on", OLD."signed_year", OLD."source", OLD."state", OLD."title", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                    hash="03ecdb7f6b1299078e5b3448b4332e6c52527a7b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1f03b",
                    table="suppliers_agreement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_partyevent" ("agreement_id", "firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (NEW."agreement_id", NEW."firm_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."version"); RETURN NULL;',
                    hash="7bb4ca381ebe4aac1f0a7630c6eed5b99cf29593",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ec092",
                    table="suppliers_party",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "suppliers_partyevent" ("agreement_id", "firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (NEW."agreement_id", NEW."firm_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."version"); RETURN NULL;',
                    hash="27976299f17acee34670f44e98f9bdd37f2cca6d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_98acf",
                    table="suppliers_party",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "suppliers_partyevent" ("agreement_id", "firm_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "version") VALUES (OLD."agreement_id", OLD."firm_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."version"); RETURN NULL;',
                    hash="aba7f300b6e998a8efca3d1455b7353e52b699f5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f3e13",
                    table="suppliers_party",
                    when="AFTER",
                ),
            ),
        ),
    ]
