"""The first tables of cases."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Looked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.CharField(max_length=90, unique=True)),
                ("condition", models.CharField(max_length=64)),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.CharField(max_length=80)),
                ("publication_id", models.BigIntegerField()),
                ("number", models.CharField(default="", max_length=80)),
                ("record_type", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
                ("owner_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("information_class", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("archived", "Archived"),
                            ("completed", "Completed"),
                            ("ended", "Ended"),
                            ("cancelled", "Cancelled"),
                            ("withdrawn", "Withdrawn"),
                            ("terminated", "Terminated"),
                            ("merged", "Merged"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("started_by_id", models.BigIntegerField(null=True)),
                ("started_by_name", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("round", models.IntegerField(default=1)),
                ("version", models.IntegerField(default=1)),
                ("next_at", models.DateTimeField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="processes.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.CharField(max_length=80)),
                ("period", models.CharField(max_length=20)),
                ("last", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("process", "period"), name="case_counter")],
            },
        ),
        migrations.CreateModel(
            name="Met",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process", models.CharField(max_length=80)),
                ("record_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("process", "record_id"), name="case_condition_met")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=80)),
                ("turn", models.IntegerField(default=1)),
                ("branch", models.CharField(default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("passed", "Passed"),
                            ("returned", "Returned"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("outcome", models.CharField(default="", max_length=80)),
                ("checked", models.JSONField(null=True)),
                ("moves_done", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="processes.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handle", "Handle"),
                            ("escalated", "Escalated"),
                            ("before", "Before"),
                            ("beside", "Beside"),
                            ("after", "After"),
                            ("consult", "Consult"),
                            ("copy", "Copy"),
                        ],
                        default="handle",
                        max_length=10,
                    ),
                ),
                ("place", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("open", "Open"),
                            ("done", "Done"),
                            ("handed_on", "Handed On"),
                            ("removed", "Removed"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("staff_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(default="", max_length=60)),
                ("seat_id", models.BigIntegerField(null=True)),
                ("barred", models.JSONField(default=list)),
                ("for_id", models.BigIntegerField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("returned", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(null=True)),
                ("acted_by_id", models.BigIntegerField(null=True)),
                ("acted_by_name", models.CharField(default="", max_length=60)),
                ("acted_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(default="", max_length=80)),
                ("opinion", models.TextField(default="")),
                ("signature", models.CharField(default="", max_length=64)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked",
                        to="processes.share",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="processes.case"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="processes.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=60)),
                ("for_id", models.BigIntegerField(null=True)),
                ("to_id", models.BigIntegerField(null=True)),
                ("outcome", models.CharField(default="", max_length=80)),
                ("opinion", models.TextField(default="")),
                ("data", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="processes.case"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="processes.task",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="parent_task",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sub_cases", to="processes.task"
            ),
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=80)),
                ("field", models.CharField(max_length=80)),
                ("plain", models.TextField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("set_by_id", models.BigIntegerField(null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="processes.case"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="processes.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="processes.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="pause_of_case")],
            },
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="task_next"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["case", "state", "id"], name="task_of_case"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["step", "state", "due_at", "id"], name="task_of_step"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["staff_id", "state", "due_at", "id"], name="share_of_person"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                condition=models.Q(("staff_id__isnull", True)),
                fields=["role", "seat_id", "state", "due_at", "id"],
                name="share_of_role",
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["acted_by_id", "acted_at", "id"], name="share_acted"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["task", "place"], name="share_of_task"),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["case", "id"], name="move_of_case"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="case_next"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["process", "state", "due_at", "id"], name="case_of_process"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["record_type", "record_id", "id"], name="case_of_record"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["started_by_id", "state", "id"], name="case_of_initiator"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "due_at", "id"], name="case_due"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit_id", "state", "process", "id"], name="case_of_unit"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["owner_id", "state", "process", "id"], name="case_of_owner"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("process", "number"), name="case_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(fields=("case", "form", "field"), name="case_value"),
        ),
    ]
