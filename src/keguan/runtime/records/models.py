"""The tables of this app that the policy does not make: id sequences and saved views."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Sequence(models.Model):
    """The next id of a record type."""

    record_type = models.CharField(max_length=80, primary_key=True)
    next = models.BigIntegerField()


class SavedView(models.Model):
    """A list query that somebody named to come back to. ``query`` is JSON (see ``list_query.py``), sealed: a search
    may be for a phone number.
    """

    id = models.BigAutoField(primary_key=True)
    staff_id = models.BigIntegerField()
    record_type = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.BinaryField()

    class Meta:
        """One name, one view."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff_id", "record_type", "name"], name="records_saved_view_once")
        ]


class TransferState(models.TextChoices):
    """Where a hand-over stands."""

    OFFERED = "offered"  # waits for the receiver to take it
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Transfer(models.Model):
    """One hand-over (移交) of records from whoever owned them to one member of staff, or back to their pool (``to_id``
    None).

    ``from_id`` is set where everything of one person went. ``ids`` are the records asked for, each with whoever
    owned it then; ``Ownership`` says which went. ``unit_id`` is where they went, None: their units stayed.
    ``counts`` is by record type how many went.
    """

    record_type = models.CharField(max_length=80, default="")
    ids = models.JSONField(default=list)
    from_id = models.BigIntegerField(null=True)
    to_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    with_children = models.BooleanField(default=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.DONE)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["to_id", "state", "id"], name="transfer_to"),
            models.Index(fields=["by_id", "id"], name="transfer_by"),
        ]

    @property
    def receiver_id(self) -> int:
        """Who got the records. Raises ``ValueError`` where they went back to their pool."""
        if self.to_id is None:
            raise ValueError(f"transfer {self.pk} went to nobody")
        return self.to_id


class Ownership(models.Model):
    """Who had a record until a hand-over. Whoever had it last stands on the record itself."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="ownerships")
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    until = models.DateTimeField()

    class Meta:
        db_table = "ownership"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_type", "record_id", "id"], name="ownership_of_record"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["transfer", "record_type", "record_id"], name="ownership_once"),
        ]


class Merge(models.Model):
    """One record that was merged into another of its type: where its id leads now, and all it takes to undo it.

    ``gone`` is the record as it was and ``taken`` what the surviving one had and got in each field that it took over;
    both are sealed JSON. ``left`` are, once it is undone, the things that could not be brought back.
    """

    record_type = models.CharField(max_length=80)
    kept_id = models.BigIntegerField()
    gone_id = models.BigIntegerField()
    gone = models.BinaryField()
    taken = models.BinaryField()
    reason = models.CharField(max_length=500)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)
    undone_by_name = models.CharField(max_length=150, default="")
    left = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["record_type", "kept_id", "id"], name="merge_kept"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["record_type", "gone_id"], name="merge_once", condition=models.Q(undone_at__isnull=True)
            ),
        ]


class MergeMoved(models.Model):
    """A row that a merge pointed elsewhere: ``place`` is the table and the column. ``before`` is what else of it the
    merge changed, as it was; ``stayed``: it was not pointed elsewhere, only stopped.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="moved")
    place = models.CharField(max_length=160)
    row_id = models.BigIntegerField()
    stayed = models.BooleanField(default=False)
    before = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["merge", "place", "row_id"], name="merge_moved_once"),
        ]


class Scan(models.Model):
    """One search of a record type for duplicates (疑似重复)."""

    record_type = models.CharField(max_length=80)
    job_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    records = models.BigIntegerField(default=0)
    pairs = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["record_type", "-id"], name="scan_of_type")]


class Suspect(models.Model):
    """Two records that may be one. ``reasons`` are [field, kind of likeness, points]; ``points`` their sum.

    Once somebody has looked and found that they are not, it is dismissed for good.
    """

    record_type = models.CharField(max_length=80)
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    points = models.IntegerField()
    reasons = models.JSONField()
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="suspects")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by_id = models.BigIntegerField(null=True)
    dismissed_by_name = models.CharField(max_length=150, default="")
    note = models.CharField(max_length=200, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["record_type", "-points", "id"],
                name="suspect_open",
                condition=models.Q(dismissed_at__isnull=True),
            ),
            models.Index(fields=["record_type", "high_id"], name="suspect_high"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["record_type", "low_id", "high_id"], name="suspect_once"),
        ]


class BulkEdit(models.Model):
    """One change of many records at once (批量修改), or of their owner alone (移交; ``fields`` is ["@owner"] then).
    ``asked`` is sealed JSON: what was typed by field code, and how the records were chosen. ``listed_at``: when all of
    them were noted, from then on the list is fixed.
    """

    record_type = models.CharField(max_length=80)
    asked = models.BinaryField()
    fields = models.JSONField()
    job_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["by_id", "-id"], name="bulk_edit_by")]


class Outcome(models.TextChoices):
    """What became of one record in a bulk edit."""

    WAITING = "waiting"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class BulkRow(models.Model):
    """One record of a bulk edit. ``reasons`` are [field code, sentence] in the language of whoever began it, and hold
    no value.
    """

    edit = models.ForeignKey(BulkEdit, models.PROTECT, related_name="rows")
    record_id = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    reasons = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edit", "outcome", "record_id"], name="bulk_row_outcome"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edit", "record_id"], name="bulk_row_once"),
        ]
