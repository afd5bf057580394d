"""Drafts with the steps they took, and read receipts."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("policies", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("policyversion", "to_confirm", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pack", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("files", models.JSONField()),
                ("base", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=12)),
                ("revision", models.IntegerField()),
                ("editors", models.JSONField()),
                ("author_id", models.BigIntegerField(null=True)),
                ("author_name", models.CharField(max_length=150)),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=150)),
                ("reviewer_id", models.BigIntegerField(null=True)),
                (
                    "signed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="policies.policyversion"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["state", "pack"], name="policies_draft_state")]},
        ),
        migrations.CreateModel(
            name="DraftMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("revision", models.IntegerField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("opinion", models.TextField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="policies.draft"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "staff_id"), name="policies_confirmed_once")
                ],
            },
        ),
    ]
