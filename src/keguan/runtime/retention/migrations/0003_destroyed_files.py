"""The files that went with a destroyed record. Nullable without a default: SQLite adds it without a rebuild, which
would drop the table's triggers.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("retention", "0002_append_only")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(model_name="destroyed", name="files", field=models.JSONField(null=True)),
    ]
