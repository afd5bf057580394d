"""The indexes of people's shares hold no others, so that nobody's are not looked for there."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0003_statistics")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="share", name="share_of_person"),
        migrations.RemoveIndex(model_name="share", name="share_acted"),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                fields=["staff_id", "state", "due_at", "id"],
                name="share_of_person",
                condition=models.Q(staff_id__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(
                fields=["acted_by_id", "acted_at", "id"],
                name="share_acted",
                condition=models.Q(acted_by_id__isnull=False),
            ),
        ),
    ]
