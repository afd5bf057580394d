"""Records that go back to their pool go to nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The receiver may be none."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("records", "0005_bulk_edits"),
    ]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterField(
            model_name="transfer",
            name="to_id",
            field=models.BigIntegerField(null=True),
        ),
    ]
