"""The first tables of retention."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Aside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("reason", models.CharField(choices=[("term", "Term"), ("erasure", "Erasure")], max_length=10)),
                ("note", models.CharField(default="", max_length=500)),
                ("term", models.CharField(default="", max_length=100)),
                ("clause", models.CharField(default="", max_length=160)),
                ("reference", models.CharField(default="", max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(default="", max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record_type", "record_id"), name="retention_aside_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("record_type", models.CharField(max_length=80)),
                ("retention", models.CharField(max_length=80)),
                ("disposal", models.CharField(max_length=10)),
                ("two_persons", models.BooleanField()),
                ("erasure", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathered", "Gathered"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("witnessed", "Witnessed"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="gathered",
                        max_length=10,
                    ),
                ),
                ("gathered_on", models.DateField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(default="", max_length=60)),
                ("opinion", models.CharField(default="", max_length=500)),
                ("case_id", models.BigIntegerField(db_index=True, null=True)),
                ("case_number", models.CharField(default="", max_length=80)),
                ("approvers", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField(null=True)),
                ("job_id", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("done", models.IntegerField(default=0)),
                ("spared", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-id"], name="retention_batch_state")],
            },
        ),
        migrations.CreateModel(
            name="Destroyed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=60, unique=True)),
                ("batch_id", models.BigIntegerField()),
                ("batch_number", models.CharField(max_length=40)),
                ("record_type", models.CharField(max_length=80)),
                ("record_label", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("information_class", models.CharField(max_length=80)),
                ("identity", models.CharField(max_length=300)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("key_id", models.IntegerField()),
                ("basis", models.CharField(max_length=200)),
                ("clause", models.CharField(max_length=160)),
                ("due_on", models.DateField(null=True)),
                ("requested_by", models.CharField(max_length=60)),
                ("approved_by", models.CharField(max_length=300)),
                ("witnessed_by", models.CharField(max_length=200)),
                ("destroyed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_type", "record_id"], name="retention_destroyed_of"),
                    models.Index(fields=["batch_id", "id"], name="retention_destroyed_in"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("held", "Held"), ("archived", "Archived")], max_length=10)),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("everything", models.BooleanField(default=False)),
                ("reason", models.CharField(default="", max_length=500)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(default="", max_length=60)),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by_id", models.BigIntegerField(null=True)),
                ("lifted_by_name", models.CharField(default="", max_length=60)),
                ("lifted_reason", models.CharField(default="", max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["record_type", "record_id"],
                        name="retention_held",
                    ),
                    models.Index(
                        condition=models.Q(("everything", True), ("lifted_at__isnull", True)),
                        fields=["id"],
                        name="retention_held_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("publication_id", models.BigIntegerField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("kept", models.BigIntegerField()),
                ("changed", models.BigIntegerField()),
                ("seconds", models.FloatField()),
                ("gathered", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["on", "publication_id", "record_type"], name="retention_run_day")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("information_class", models.CharField(max_length=80)),
                ("due_on", models.DateField(null=True)),
                ("term", models.CharField(max_length=100)),
                ("hold", models.CharField(max_length=100)),
                (
                    "disposed",
                    models.CharField(
                        choices=[
                            ("", "Nothing"),
                            ("archived", "Archived"),
                            ("store_only", "Store Only"),
                            ("emptied", "Emptied"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("batch_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("batch_id__isnull", True), ("disposed", ""), ("due_on__isnull", False), ("hold", "")
                        ),
                        fields=["record_type", "term", "due_on", "record_id"],
                        name="retention_due",
                    ),
                    models.Index(
                        condition=models.Q(("batch_id__isnull", False)), fields=["batch_id"], name="retention_batched"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record_type", "record_id", "information_class"), name="retention_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_id", models.BigIntegerField()),
                ("information_class", models.CharField(max_length=80)),
                ("due_on", models.DateField(null=True)),
                ("term", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[("in", "In"), ("struck", "Struck"), ("spared", "Spared"), ("done", "Done")],
                        default="in",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(default="", max_length=300)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(default="", max_length=60)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="retention.batch"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["batch", "state", "id"], name="retention_item_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "record_id", "information_class"), name="retention_item_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Witness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("session_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="witnesses", to="retention.batch"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "staff_id"), name="retention_witness_once")],
            },
        ),
    ]
