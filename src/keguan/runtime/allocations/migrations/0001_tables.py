"""Runs, their recipients and lines; claims; sweeps."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("returned", models.IntegerField(default=0)),
                ("warned", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("allocation", models.CharField(max_length=80)),
                ("row", models.IntegerField()),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("staff_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("transfer_id", models.BigIntegerField(null=True)),
                (
                    "end",
                    models.CharField(
                        choices=[
                            ("", "No"),
                            ("returned", "Returned"),
                            ("recycled", "Recycled"),
                            ("left", "Left"),
                            ("handed_on", "Handed On"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "allocation_claim",
                "indexes": [
                    models.Index(fields=["allocation", "staff_id", "at"], name="allocation_claim_by"),
                    models.Index(fields=["record_type", "record_id", "staff_id"], name="allocation_claim_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("end", "")),
                        fields=("record_type", "record_id"),
                        name="allocation_claim_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("allocation", models.CharField(max_length=80)),
                ("record_type", models.CharField(max_length=80)),
                ("publication_id", models.BigIntegerField()),
                ("period", models.CharField(max_length=20)),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "Drafting"),
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("confirmed", "Confirmed"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="drafting",
                        max_length=10,
                    ),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("job_id", models.BigIntegerField(null=True)),
                ("drafted_at", models.DateTimeField(null=True)),
                ("rows", models.JSONField(default=list)),
                ("figures", models.JSONField(default=dict)),
                ("first", models.BigIntegerField(null=True)),
                ("pooled", models.IntegerField(default=0)),
                ("given", models.IntegerField(default=0)),
                ("handed", models.IntegerField(default=0)),
                ("spared", models.IntegerField(default=0)),
                ("case_id", models.BigIntegerField(db_index=True, null=True)),
                ("case_number", models.CharField(default="", max_length=80)),
                ("confirmed_by_id", models.BigIntegerField(null=True)),
                ("confirmed_by_name", models.CharField(default="", max_length=150)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=300)),
            ],
            options={
                "db_table": "allocation_run",
                "indexes": [models.Index(fields=["allocation", "-id"], name="allocation_run_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["drafting", "draft", "submitted", "confirmed"])),
                        fields=("allocation",),
                        name="allocation_run_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient_id", models.BigIntegerField()),
                ("staff_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                (
                    "excluded",
                    models.CharField(
                        choices=[
                            ("", "No"),
                            ("no_person", "No Person"),
                            ("left", "Left"),
                            ("twice", "Twice"),
                            ("condition", "Condition"),
                            ("no_score", "No Score"),
                            ("no_row", "No Row"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("score", models.BigIntegerField(null=True)),
                ("capacity", models.BigIntegerField(null=True)),
                ("row", models.IntegerField(null=True)),
                ("rank", models.IntegerField(default=0)),
                ("takes", models.JSONField(default=list)),
                ("held", models.IntegerField(default=0)),
                ("had", models.IntegerField(default=0)),
                ("got", models.IntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("transfer_id", models.BigIntegerField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recipients", to="allocations.run"
                    ),
                ),
            ],
            options={
                "db_table": "allocation_recipient",
                "indexes": [models.Index(fields=["run", "staff_id"], name="allocation_recipient_staff")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "recipient_id"), name="allocation_recipient_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_id", models.BigIntegerField()),
                ("row", models.IntegerField()),
                ("place", models.IntegerField()),
                ("recipient_id", models.BigIntegerField(null=True)),
                ("turn", models.IntegerField(default=0)),
                ("stays", models.CharField(default="", max_length=10)),
                ("was_owner_id", models.BigIntegerField(null=True)),
                ("moved", models.BooleanField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="allocations.run"
                    ),
                ),
            ],
            options={
                "db_table": "allocation_line",
                "indexes": [models.Index(fields=["run", "recipient_id", "id"], name="allocation_line_of")],
                "constraints": [models.UniqueConstraint(fields=("run", "record_id"), name="allocation_line_once")],
            },
        ),
    ]
