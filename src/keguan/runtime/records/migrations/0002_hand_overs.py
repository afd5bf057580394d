"""Hand-overs, and who had a record before."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("records", "0001_tables")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(default="", max_length=80)),
                ("ids", models.JSONField(default=list)),
                ("from_id", models.BigIntegerField(null=True)),
                ("to_id", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("with_children", models.BooleanField(default=True)),
                ("reason", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="done",
                        max_length=10,
                    ),
                ),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["to_id", "state", "id"], name="transfer_to"),
                    models.Index(fields=["by_id", "id"], name="transfer_by"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("owner_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("until", models.DateTimeField()),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ownerships", to="records.transfer"
                    ),
                ),
            ],
            options={
                "db_table": "ownership",
                "indexes": [models.Index(fields=["record_type", "record_id", "id"], name="ownership_of_record")],
                "constraints": [
                    models.UniqueConstraint(fields=("transfer", "record_type", "record_id"), name="ownership_once")
                ],
            },
        ),
    ]
