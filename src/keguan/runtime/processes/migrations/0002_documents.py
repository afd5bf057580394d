"""What cases write: letters, notices and certificates."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(max_length=80)),
                ("number", models.CharField(default="", max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("sealed", models.BinaryField(null=True)),
                ("information_class", models.CharField(max_length=80)),
                ("written_at", models.DateTimeField()),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_by_name", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="processes.case"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="processes.task"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="document_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("document", "number"),
                        name="case_document_number",
                    )
                ],
            },
        ),
    ]
