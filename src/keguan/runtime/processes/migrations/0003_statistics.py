"""How long cases were in hand, and what their statistics are read by."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0002_documents")]

    operations: ClassVar = [
        migrations.AddField(model_name="case", name="idle", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="case", name="worked", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["process", "started_at", "id"], name="case_begun"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["case", "step"], name="task_late", condition=models.Q(late=True)),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["case", "step"], name="task_again", condition=models.Q(turn__gt=1)),
        ),
    ]
