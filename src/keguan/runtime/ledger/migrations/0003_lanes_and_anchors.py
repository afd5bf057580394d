from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations, models

from keguan.runtime.ledger.lanes import LANES

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_lanes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As many lanes as there may be writers at a time."""
    lanes = range(1, 2 if schema_editor.connection.vendor == "sqlite" else LANES + 1)
    lane = apps.get_model("ledger", "Lane")
    lane.objects.bulk_create([lane(id=number, count=0, last=0, key_id=0, mac=b"") for number in lanes])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.AddField("Entry", "before", models.BigIntegerField(null=True)),
        migrations.AddField("Block", "total", models.BigIntegerField(null=True)),
        migrations.AddField("Block", "content", models.CharField(max_length=64, null=True)),
        migrations.AddField("Block", "chain", models.CharField(max_length=64, null=True)),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["clause", "id"], name="ledger_entry_clause", condition=models.Q(("clause", ""), _negated=True)
            ),
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("key_id", models.IntegerField()),
                ("mac", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.CharField(max_length=80)),
                ("key_id", models.IntegerField()),
                ("sealed", models.BinaryField(null=True)),
                ("forgotten_at", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject_type", "subject_id"), name="ledger_subject_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("actor_id", models.BigIntegerField()),
                ("subject_type", models.CharField(max_length=80)),
                ("subject_id", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "actor_id", "subject_type", "subject_id"), name="ledger_read_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Anchorage",
            fields=[
                ("target", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("block_id", models.BigIntegerField(default=0)),
                ("anchored_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(default="")),
            ],
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("owner_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=1000)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("owner_id", "title"), name="ledger_search_title")],
            },
        ),
        migrations.RunPython(make_lanes, elidable=False),
    ]
