"""Attachments as they are stored: a row for each file, the files beside the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Attachment(models.Model):
    """One file under a field of a record.

    ``token`` is a random number of 63 bits: the file is called after it, and the sealed ``name`` and ``key`` are bound
    to it. ``checksum`` is the SHA-256 of the file as it lies on the disk, encrypted, so that it tells nothing of what
    is in it; ``size`` is that of the clear text in bytes. ``gone_at`` is set and ``name`` and ``key`` are emptied in
    one transaction when the file is removed or destroyed: from then on nobody can read it, and the sweep deletes it.
    """

    token = models.BigIntegerField(unique=True)
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=80)
    name = models.BinaryField(null=True)
    key = models.BinaryField(null=True)
    kind = models.CharField(max_length=10)
    extension = models.CharField(max_length=5)
    size = models.BigIntegerField()
    checksum = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_type", "record_id", "id"], name="attachment_of_record"),
            models.Index(fields=["gone_at"], name="attachment_gone", condition=models.Q(gone_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} {self.field} {self.pk}"
