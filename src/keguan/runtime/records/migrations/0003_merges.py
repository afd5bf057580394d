"""Merges, and the rows that they pointed elsewhere."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("records", "0002_hand_overs"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("kept_id", models.BigIntegerField()),
                ("gone_id", models.BigIntegerField()),
                ("gone", models.BinaryField()),
                ("taken", models.BinaryField()),
                ("reason", models.CharField(max_length=500)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by_id", models.BigIntegerField(null=True)),
                ("undone_by_name", models.CharField(default="", max_length=150)),
                ("left", models.JSONField(default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["record_type", "kept_id", "id"], name="merge_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("record_type", "gone_id"),
                        name="merge_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MergeMoved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=160)),
                ("row_id", models.BigIntegerField()),
                ("stayed", models.BooleanField(default=False)),
                ("before", models.JSONField(default=dict)),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moved", to="records.merge"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("merge", "place", "row_id"), name="merge_moved_once")],
            },
        ),
    ]
