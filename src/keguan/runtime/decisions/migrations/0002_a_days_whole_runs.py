"""What was computed whole on a day is found by the day."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0001_initial")]

    operations: ClassVar = [
        migrations.AddIndex(
            "run",
            models.Index(fields=["on", "publication_id"], name="decisions_run_day", condition=models.Q(whole=True)),
        ),
    ]
