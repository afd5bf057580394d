"""The first tables of policies."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.CharField(max_length=80)),
                ("version", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("effective", models.DateField()),
                ("files", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=150)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("pack", "version"), name="policies_version_once")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effective", models.DateField()),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("versions", models.ManyToManyField(related_name="publications", to="policies.policyversion")),
            ],
            options={
                "indexes": [models.Index(fields=["effective", "id"], name="policies_in_force")],
            },
        ),
    ]
