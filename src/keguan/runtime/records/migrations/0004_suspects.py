"""Searches for duplicates, and the pairs they found."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("records", "0003_merges"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("job_id", models.BigIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("records", models.BigIntegerField(default=0)),
                ("pairs", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["record_type", "-id"], name="scan_of_type")],
            },
        ),
        migrations.CreateModel(
            name="Suspect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("low_id", models.BigIntegerField()),
                ("high_id", models.BigIntegerField()),
                ("points", models.IntegerField()),
                ("reasons", models.JSONField()),
                ("dismissed_at", models.DateTimeField(null=True)),
                ("dismissed_by_id", models.BigIntegerField(null=True)),
                ("dismissed_by_name", models.CharField(default="", max_length=150)),
                ("note", models.CharField(default="", max_length=200)),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suspects", to="records.scan"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=["record_type", "-points", "id"],
                        name="suspect_open",
                    ),
                    models.Index(fields=["record_type", "high_id"], name="suspect_high"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("record_type", "low_id", "high_id"), name="suspect_once")
                ],
            },
        ),
    ]
