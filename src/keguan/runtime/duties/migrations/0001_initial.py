"""The first tables of duties."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=80)),
                ("line", models.CharField(max_length=16)),
                ("slot", models.CharField(max_length=80)),
                ("seed", models.CharField(max_length=32)),
                ("share", models.IntegerField()),
                ("population", models.BigIntegerField()),
                ("drawn", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("duty", "line", "slot"), name="draw_once")],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=80)),
                ("line", models.CharField(max_length=16)),
                ("row", models.IntegerField()),
                ("publication_id", models.BigIntegerField()),
                ("clause", models.CharField(max_length=160)),
                ("task", models.CharField(max_length=200)),
                ("information_class", models.CharField(default="", max_length=80)),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("slot", models.CharField(max_length=80)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("staff_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(default="", max_length=60)),
                ("seat_id", models.BigIntegerField(null=True)),
                ("claimed", models.BooleanField(default=False)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("moves_done", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("done", "Done"),
                            ("exempted", "Exempted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("late", models.BooleanField(default=False)),
                ("needed", models.IntegerField(default=1)),
                ("seen", models.IntegerField(default=0)),
                ("drawn", models.BooleanField(default=False)),
                ("checked", models.JSONField(null=True)),
                ("filled", models.BinaryField(null=True)),
                ("note", models.CharField(default="", max_length=500)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by_id", models.BigIntegerField(null=True)),
                ("done_by_name", models.CharField(default="", max_length=60)),
                ("for_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="duty_next"),
                    models.Index(
                        condition=models.Q(("staff_id__isnull", False)),
                        fields=["staff_id", "state", "due_at", "id"],
                        name="duty_of_person",
                    ),
                    models.Index(fields=["role", "seat_id", "state", "due_at", "id"], name="duty_of_role"),
                    models.Index(fields=["record_type", "record_id", "id"], name="duty_of_record"),
                    models.Index(fields=["unit_id", "state", "due_at", "id"], name="duty_of_unit"),
                    models.Index(fields=["state", "due_at", "id"], name="duty_due"),
                    models.Index(
                        condition=models.Q(("done_by_id__isnull", False)),
                        fields=["done_by_id", "done_at", "id"],
                        name="duty_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "line", "record_id", "slot"), name="duty_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(max_length=80)),
                ("line", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("publication_id", models.BigIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("job_id", models.BigIntegerField(null=True)),
                ("made", models.BigIntegerField(default=0)),
                ("cancelled", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["publication_id", "day"], name="duty_round_of_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "line", "day", "publication_id"), name="duty_round_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Watched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("watch", models.CharField(max_length=120)),
                ("record_id", models.BigIntegerField()),
                ("value", models.CharField(default="", max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("watch", "record_id"), name="watched_once")],
            },
        ),
        migrations.CreateModel(
            name="Further",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(default="", max_length=60)),
                ("seat_id", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField()),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="further", to="duties.duty"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staff_id", "due_at", "duty"], name="further_of_person"),
                    models.Index(fields=["role", "seat_id", "due_at", "duty"], name="further_of_role"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("day", models.DateField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("counted_at", models.DateTimeField()),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="duties.duty"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "record_type", "record_id"), name="proof_once")
                ],
            },
        ),
    ]
