"""The first tables of consequences."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consequence", models.CharField(max_length=80)),
                ("row", models.IntegerField()),
                ("whom", models.CharField(max_length=120)),
                ("source", models.CharField(max_length=80)),
                ("day", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["consequence", "row", "whom", "day"], name="occurrence_in_period")],
                "constraints": [
                    models.UniqueConstraint(fields=("consequence", "row", "whom", "source"), name="occurrence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("consequence", models.CharField(max_length=80)),
                ("row", models.IntegerField()),
                ("publication_id", models.BigIntegerField()),
                ("clause", models.CharField(max_length=160)),
                ("reference", models.CharField(default="", max_length=200)),
                ("information_class", models.CharField(default="", max_length=80)),
                ("event", models.CharField(max_length=20)),
                ("source", models.CharField(max_length=80)),
                ("duty_id", models.BigIntegerField(null=True)),
                ("source_case_id", models.BigIntegerField(null=True)),
                ("record_type", models.CharField(default="", max_length=80)),
                ("record_id", models.BigIntegerField(null=True)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("staff_id", models.BigIntegerField(null=True)),
                ("staff_name", models.CharField(default="", max_length=60)),
                ("candidates", models.JSONField(default=list)),
                ("subject", models.BooleanField(default=False)),
                ("measure", models.CharField(max_length=20)),
                ("amount", models.BigIntegerField(null=True)),
                ("amount_text", models.CharField(default="", max_length=120)),
                ("open_amount", models.BooleanField(default=False)),
                ("discloses", models.BooleanField(default=False)),
                ("times", models.IntegerField(default=1)),
                ("due_since", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("approver_id", models.BigIntegerField(null=True)),
                ("approver_role", models.CharField(default="", max_length=60)),
                ("approver_seat", models.BigIntegerField(null=True)),
                ("case_id", models.BigIntegerField(null=True)),
                ("proposed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decided_by_name", models.CharField(default="", max_length=60)),
                ("opinion", models.CharField(default="", max_length=500)),
                ("round", models.IntegerField(default=1)),
                ("objection", models.CharField(default="", max_length=1000)),
                ("objected_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="proposal_next"
                    ),
                    models.Index(fields=["approver_id", "state", "id"], name="proposal_of_approver"),
                    models.Index(fields=["approver_role", "approver_seat", "state", "id"], name="proposal_of_role"),
                    models.Index(fields=["staff_id", "id"], name="proposal_of_person"),
                    models.Index(fields=["record_type", "record_id", "id"], name="proposal_of_record"),
                    models.Index(
                        condition=models.Q(("duty_id__isnull", False)), fields=["duty_id"], name="proposal_of_duty"
                    ),
                    models.Index(
                        condition=models.Q(("case_id__isnull", False)), fields=["case_id"], name="proposal_of_case"
                    ),
                    models.Index(fields=["consequence", "state", "id"], name="proposal_of_block"),
                ],
            },
        ),
    ]
