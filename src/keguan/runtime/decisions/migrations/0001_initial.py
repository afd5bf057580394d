"""The first tables of decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_type", models.CharField(max_length=80)),
                ("publication_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("whole", models.BooleanField()),
                ("examined", models.BigIntegerField()),
                ("changed", models.BigIntegerField()),
                ("decisions", models.JSONField()),
                ("seconds", models.FloatField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_type", "at"], name="decisions_run_of_type"),
                    models.Index(fields=["record_type", "whole", "id"], name="decisions_run_whole"),
                ],
            },
        ),
    ]
