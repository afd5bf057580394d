"""Terms as they stand, what may not be touched, batches of disposal, and the list of what was destroyed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Disposed(models.TextChoices):
    """What has become of a record, or of its fields of one class, that is still there."""

    NOTHING = ""
    ARCHIVED = "archived"
    STORE_ONLY = "store_only"
    EMPTIED = "emptied"


class Standing(models.Model):
    """How long a record (``*``), or its fields of one class, is kept, by the day it was last computed.

    ``due_on`` is the first day on which its term is over; null while nobody can say. ``term`` and ``hold`` are keys of
    terms (``block.row``). ``batch_id`` is the batch in which it waits for its disposal.
    """

    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    information_class = models.CharField(max_length=80)
    due_on = models.DateField(null=True)
    term = models.CharField(max_length=100)
    hold = models.CharField(max_length=100)
    disposed = models.CharField(max_length=10, choices=Disposed.choices, default=Disposed.NOTHING)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record_type", "record_id", "information_class"], name="retention_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["record_type", "term", "due_on", "record_id"],
                name="retention_due",
                condition=models.Q(due_on__isnull=False, hold="", disposed="", batch_id__isnull=True),
            ),
            models.Index(fields=["batch_id"], name="retention_batched", condition=models.Q(batch_id__isnull=False)),
        ]


class Run(models.Model):
    """One computation of all records of a type, for the parameters of one day. ``gathered``: what was due then has been
    disposed of or brought into batches.
    """

    record_type = models.CharField(max_length=80)
    publication_id = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    kept = models.BigIntegerField()
    changed = models.BigIntegerField()
    seconds = models.FloatField()
    gathered = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["on", "publication_id", "record_type"], name="retention_run_day")
        ]


class HoldKind(models.TextChoices):
    """Why a record may not be changed."""

    HELD = "held"  # 封存: by a person, for a reason
    ARCHIVED = "archived"  # 归档: its term is over, and it is kept as it is


class Hold(models.Model):
    """A record that stays as it is. ``everything``: with all that refers to it, directly or through others.

    ``until`` is its last day, null for none. It is in force until it is lifted or its last day is over.
    """

    kind = models.CharField(max_length=10, choices=HoldKind.choices)
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    everything = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60, default="")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_id = models.BigIntegerField(null=True)
    lifted_by_name = models.CharField(max_length=60, default="")
    lifted_reason = models.CharField(max_length=500, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["record_type", "record_id"], name="retention_held", condition=models.Q(lifted_at__isnull=True)
            ),
            models.Index(
                fields=["id"],
                name="retention_held_all",
                condition=models.Q(lifted_at__isnull=True, everything=True),
            ),
        ]


class AsideReason(models.TextChoices):
    """Why a record is only stored."""

    TERM = "term"  # 只存 at the end of its term
    ERASURE = "erasure"  # a person asked for erasure within a statutory term (PIPL Art. 47)


class Aside(models.Model):
    """A record that is only stored: its row lies in the type's table of records set aside, out of everybody's sight.

    ``until`` is the day on which what keeps it is over; null while nobody can say.
    """

    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    reason = models.CharField(max_length=10, choices=AsideReason.choices)
    note = models.CharField(max_length=500, default="")
    term = models.CharField(max_length=100, default="")
    clause = models.CharField(max_length=160, default="")
    reference = models.CharField(max_length=200, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record_type", "record_id"], name="retention_aside_once"),
        ]


class BatchState(models.TextChoices):
    """How far a batch is."""

    GATHERED = "gathered"  # waits for appraisal
    SUBMITTED = "submitted"  # a case decides
    APPROVED = "approved"  # waits for its witnesses
    WITNESSED = "witnessed"  # is being carried out
    DONE = "done"
    REFUSED = "refused"  # the case did not grant it
    WITHDRAWN = "withdrawn"


class Batch(models.Model):
    """Records of one type that one block disposes of together. ``erasure``: because a person asked for it."""

    number = models.CharField(max_length=40, unique=True)
    record_type = models.CharField(max_length=80)
    retention = models.CharField(max_length=80)
    disposal = models.CharField(max_length=10)
    two_persons = models.BooleanField()
    erasure = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.GATHERED)
    gathered_on = models.DateField()
    submitted_at = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60, default="")
    opinion = models.CharField(max_length=500, default="")
    case_id = models.BigIntegerField(null=True, db_index=True)
    case_number = models.CharField(max_length=80, default="")
    approvers = models.JSONField(default=list)  # ids and names of those who handled the case
    decided_at = models.DateTimeField(null=True)
    job_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)
    spared = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "-id"], name="retention_batch_state")]


class ItemState(models.TextChoices):
    """What becomes of one thing in a batch."""

    IN = "in"
    STRUCK = "struck"  # taken out by whoever appraises
    SPARED = "spared"  # when it came to it, it was not to be disposed of
    DONE = "done"


class Item(models.Model):
    """A record, or its fields of one class, in a batch."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    record_id = models.BigIntegerField()
    information_class = models.CharField(max_length=80)
    due_on = models.DateField(null=True)
    term = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.IN)
    reason = models.CharField(max_length=300, default="")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "record_id", "information_class"], name="retention_item_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "state", "id"], name="retention_item_state")
        ]


class Witness(models.Model):
    """Somebody who confirmed, by their own session and password, that they watch a batch being carried out."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="witnesses")
    staff_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    session_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "staff_id"], name="retention_witness_once"),
        ]


class Destroyed(models.Model):
    """One line of the list of destruction (销毁清册). Triggers refuse to change or delete it (migration 0002).

    ``digest`` is keyed by the key ``key_id`` over the values of ``identity`` (codes of fields), so that whoever knows
    them can be told that this very record was destroyed, and nobody else learns anything. ``approved_by`` and
    ``witnessed_by`` are names as they were that day. ``files`` are the files that went along, each with its kind, its
    size in bytes and the SHA-256 of what lay on the disk, encrypted; null where there were none.
    """

    reference = models.CharField(max_length=60, unique=True)
    batch_id = models.BigIntegerField()
    batch_number = models.CharField(max_length=40)
    record_type = models.CharField(max_length=80)
    record_label = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    information_class = models.CharField(max_length=80)
    identity = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, db_index=True)
    key_id = models.IntegerField()
    basis = models.CharField(max_length=200)
    clause = models.CharField(max_length=160)
    due_on = models.DateField(null=True)
    requested_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=300)
    witnessed_by = models.CharField(max_length=200)
    destroyed_at = models.DateTimeField()
    files = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_type", "record_id"], name="retention_destroyed_of"),
            models.Index(fields=["batch_id", "id"], name="retention_destroyed_in"),
        ]
