"""Id sequences and saved views."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The app's two own tables; record tables are made by publishing."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Sequence",
            fields=[
                ("record_type", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("next", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("staff_id", models.BigIntegerField()),
                ("record_type", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=40)),
                ("query", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("staff_id", "record_type", "name"), name="records_saved_view_once")
                ]
            },
        ),
    ]
