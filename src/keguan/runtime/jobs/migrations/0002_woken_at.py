"""When a worker was last told of a job."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("jobs", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="job",
            name="woken_at",
            field=models.DateTimeField(null=True),
        ),
    ]
