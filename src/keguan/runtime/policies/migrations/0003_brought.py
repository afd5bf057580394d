"""What became of the paper that a draft was made from."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("policies", "0002_drafts")]

    operations: ClassVar = [migrations.AddField("draft", "brought", models.JSONField(null=True))]
