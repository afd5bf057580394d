"""The tables of the ledger. Triggers refuse to change or delete entries and blocks (migration 0002).

Times are whole microseconds since 1970 UTC rather than timestamps: both engines keep exactly the integer that the
digest was made over, whereas a timestamp's text may change without its meaning.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that happened. ``data`` is JSON text; ``before`` names the entry before it in its lane; ``digest`` is a
    keyed hash over every other column.
    """

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
    before = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
            models.Index(fields=["action", "id"], name="ledger_entry_action"),
            models.Index(fields=["clause", "id"], name="ledger_entry_clause", condition=~models.Q(clause="")),
        ]


class Block(models.Model):
    """A sealed run of entries. ``leaves`` holds, for each entry, its id (8 bytes) and the start of its digest (8).

    ``total``: entries sealed so far; ``content``: a hash over all of them, empty when one was damaged before it was
    sealed; ``chain``: a hash over all blocks so far, which outsiders can follow. None in blocks older than these.
    """

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
    total = models.BigIntegerField(null=True)
    content = models.CharField(max_length=64, null=True)  # noqa: DJ001 - None says that the block is older
    chain = models.CharField(max_length=64, null=True)  # noqa: DJ001 - as content


class Lane(models.Model):
    """A counter that moves with every transaction that appends (``lanes.py``); ``mac`` is a keyed hash of the rest."""

    id = models.IntegerField(primary_key=True)
    count = models.BigIntegerField()
    last = models.BigIntegerField()
    key_id = models.IntegerField()
    mac = models.BinaryField()


class SubjectKey(models.Model):
    """The key of what entries say of one subject, itself sealed; without it that is gone (``subject_keys.py``)."""

    id = models.BigAutoField(primary_key=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    key_id = models.IntegerField()
    sealed = models.BinaryField(null=True)
    forgotten_at = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="ledger_subject_key"),
        ]


class Reading(models.Model):
    """That somebody read a subject on a day is written down already (``readings.py``). May be emptied at any time."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    actor_id = models.BigIntegerField()
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "actor_id", "subject_type", "subject_id"], name="ledger_read_once"),
        ]


class Anchorage(models.Model):
    """How far one anchor target has got: the newest block it took, when, and why it last took none."""

    target = models.CharField(max_length=200, primary_key=True)
    block_id = models.BigIntegerField(default=0)
    anchored_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    failure = models.TextField(default="")


class Search(models.Model):
    """A search of the ledger that an auditor keeps under a name; ``query`` is the page's query string."""

    id = models.BigAutoField(primary_key=True)
    owner_id = models.BigIntegerField()
    title = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_id", "title"], name="ledger_search_title"),
        ]
