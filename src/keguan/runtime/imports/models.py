"""What is remembered of an import. The rows themselves become records; only rows given back are kept here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class State(models.TextChoices):
    """Where an import stands."""

    READY = "ready"  # uploaded, the mapping may be corrected
    CHECKING = "checking"  # being tried without changing anything
    CHECKED = "checked"  # tried; the report is there
    WAITING = "waiting"  # started, no worker has it yet (or its worker died)
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Import(models.Model):
    """One file brought into one record type.

    ``position`` counts the rows below the headings that are settled: created, updated, rejected or blank. It moves in
    the same transaction as the records do. ``trial`` holds the counts of the last dry run. ``file`` names the encrypted
    upload, empty once that is destroyed.
    """

    id = models.BigAutoField(primary_key=True)
    record_type = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    file_name = models.CharField(max_length=255)
    sheets = models.JSONField()
    file = models.CharField(max_length=64)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    mapping = models.JSONField()
    headings = models.JSONField()
    on_duplicate = models.CharField(max_length=6, default="skip")
    rows = models.IntegerField(default=0)
    trial = models.JSONField(null=True)
    position = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    job_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_unit_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by_id", "-id"], name="imports_import_by")]

    def __str__(self) -> str:
        return f"import {self.pk} into {self.record_type}"


class Rejection(models.Model):
    """A row that was given back. ``reasons`` name columns and say what to do, with no sensitive value in clear;
    ``payload`` is the row as typed, encrypted. ``trial`` rows come from a dry run and go when the import starts.
    """

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="rejections")
    row = models.IntegerField()
    trial = models.BooleanField(default=False)
    reasons = models.JSONField()
    payload = models.BinaryField()

    class Meta:
        """A row is given back once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["of", "trial", "row"], name="imports_rejection_once")
        ]

    def __str__(self) -> str:
        return f"row {self.row} of import {self.of_id}"


class Before(models.Model):
    """What an import changed in a record that was there already: sealed JSON, by field code the text before and after.
    Of several rows about one record the earliest holds what was there first.
    """

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="befores")
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    values = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["of", "-id"], name="imports_before_of")]

    def __str__(self) -> str:
        return f"record {self.record_id} before import {self.of_id}"


class Undoing(models.Model):
    """An import taken back (撤销导入). ``position`` is how far it is: the smallest record id looked at while created
    records are removed, then (``restoring``) the smallest ``Before``.
    """

    id = models.BigAutoField(primary_key=True)
    of = models.OneToOneField(Import, models.CASCADE, related_name="undoing")
    job_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    restoring = models.BooleanField(default=False)
    position = models.BigIntegerField(null=True)
    removed = models.IntegerField(default=0)
    restored = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"undoing of import {self.of_id}"


class Kept(models.Model):
    """A record that an undone import leaves as it is, and why: a code of ``undo.judging.Why``, with the fields."""

    id = models.BigAutoField(primary_key=True)
    undoing = models.ForeignKey(Undoing, models.CASCADE, related_name="left")
    record_id = models.BigIntegerField()
    why = models.CharField(max_length=20)
    fields = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["undoing", "record_id", "why"], name="imports_kept_once")
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} kept: {self.why}"
