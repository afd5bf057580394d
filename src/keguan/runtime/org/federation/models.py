"""Who is who elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Identity(models.Model):
    """A person's account at a directory or provider: bound by its unchanging subject, never by name or e-mail."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="identities")
    door = models.CharField(max_length=20)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["door", "subject"], name="org_identity_subject"),
            models.UniqueConstraint(fields=["door", "staff"], name="org_identity_staff"),
        ]
