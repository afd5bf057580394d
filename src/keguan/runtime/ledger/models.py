"""The two tables of the ledger. Triggers refuse to change or delete their rows (migration 0002).

Times are whole microseconds since 1970 UTC rather than timestamps: both engines keep exactly the integer that the
digest was made over, whereas a timestamp's text may change without its meaning.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that happened. ``data`` is JSON text; ``digest`` is a keyed hash over every other column."""

    id = models.BigAutoField(primary_key=True)
    at = models.BigIntegerField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    via = models.CharField(max_length=8)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    clause = models.CharField(max_length=160)
    data = models.TextField()
    key_id = models.IntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
            models.Index(fields=["action", "id"], name="ledger_entry_action"),
        ]


class Block(models.Model):
    """A sealed run of entries. ``leaves`` holds, for each entry, its id (8 bytes) and the start of its digest (8)."""

    id = models.BigAutoField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField(db_index=True)
    count = models.IntegerField()
    leaves = models.BinaryField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key_id = models.IntegerField()
    sealed_at = models.BigIntegerField()
    seal = models.CharField(max_length=64)
