"""Taking imports back: the values from before, how far it is, and what stayed."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("imports", "0001_initial"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Undoing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("job_id", models.BigIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("restoring", models.BooleanField(default=False)),
                ("position", models.BigIntegerField(null=True)),
                ("removed", models.IntegerField(default=0)),
                ("restored", models.IntegerField(default=0)),
                ("kept", models.IntegerField(default=0)),
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="undoing", to="imports.import"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Before",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("values", models.BinaryField()),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="befores", to="imports.import"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "-id"], name="imports_before_of")],
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record_id", models.BigIntegerField()),
                ("why", models.CharField(max_length=20)),
                ("fields", models.JSONField(default=list)),
                (
                    "undoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="left", to="imports.undoing"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("undoing", "record_id", "why"), name="imports_kept_once")
                ],
            },
        ),
    ]
