"""Who is signed in where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Session(models.Model):
    """One sign-in in one browser, from its beginning to its end. Kept after its end: it tells known places from new."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="sessions")
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=60)
    """Browser and system, such as ``Chrome · Windows``: never the whole header."""
    means = models.CharField(max_length=30)
    """How they proved who they are, joined by ``+``: password, totp, recovery, passkey, or the code of a door."""
    strong = models.BooleanField()
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, default="")
    """Why it ended: ``left``, ``idle``, ``length``, ``ended`` (by an order), ``surplus``, ``password``, ``closed``,
    ``role``, ``factors``."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff", "ended_at", "-seen_at"], name="org_session_of"),
        ]
