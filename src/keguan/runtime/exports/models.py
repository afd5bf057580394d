"""Exports as they are stored. The entries stay; the files go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting"  # no worker has it yet, or its worker died
    WORKING = "working"
    READY = "ready"  # the file can be fetched
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # the file is gone


OVER = frozenset({ExportState.READY, ExportState.FAILED, ExportState.CANCELLED, ExportState.EXPIRED})
"""States in which nobody is at it any more."""


class Export(models.Model):
    """One file made for one person, of records of one type.

    ``token`` is a random number of 62 bits: the mark in the file by which a leaked one is traced, and what the sealed
    ``selection`` is bound to. ``total`` is how many rows it was to have, ``rows`` how many it has. ``file`` names the
    encrypted file, empty when there is none. ``digest`` is the SHA-256 of the file as it is fetched.
    """

    token = models.BigIntegerField(unique=True)
    staff_id = models.BigIntegerField()
    staff_name = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=120, default="")
    record_type = models.CharField(max_length=80)
    selection = models.BinaryField()
    columns = models.JSONField()
    form = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    purpose = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200)
    permit_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    total = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    file = models.CharField(max_length=64, default="")
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", db_index=True)
    job_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    downloads = models.IntegerField(default=0)
    downloaded_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff_id", "-id"], name="export_of_person"),
            models.Index(fields=["staff_id", "record_type", "asked_at"], name="export_of_day"),
            models.Index(fields=["record_type", "-id"], name="export_of_type"),
            models.Index(fields=["expires_at"], name="export_expiry", condition=models.Q(state="ready")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that stands on every page and sheet."""
        return f"EX{self.pk:06d}"
