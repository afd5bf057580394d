"""Passwords that somebody had before, as hashes: so that they are not taken again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FormerPassword(models.Model):
    """A hash that was in use until ``replaced_at``. Only as many are kept as the history is long."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="former_passwords")
    encoded = models.CharField(max_length=128)
    replaced_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff", "-replaced_at"], name="org_former_password_of")
        ]
