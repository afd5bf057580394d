"""Runs of an allocation with who took part and what became of each record, and claims from pools."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RunState(models.TextChoices):
    """How far a run is."""

    DRAFTING = "drafting"  # being worked out
    DRAFT = "draft"  # worked out; nobody has got anything
    SUBMITTED = "submitted"  # a case decides
    CONFIRMED = "confirmed"  # is being handed over
    DONE = "done"
    REFUSED = "refused"  # the case did not grant it
    WITHDRAWN = "withdrawn"


OPEN = (RunState.DRAFTING, RunState.DRAFT, RunState.SUBMITTED, RunState.CONFIRMED)


class Run(models.Model):
    """One sharing-out by one allocation, for a period (as text: 2026-06, 2026-W23, 2026-06-30).

    ``rows`` freezes the table: of each row its number, name, share (as written), the whole number it was reckoned with,
    its limit, how many records are of it, how many were to be given, and how many are. ``figures`` are the evenness
    before and after. ``first`` is the recipient whose turn comes first, for the method in turn.
    """

    allocation = models.CharField(max_length=80)
    record_type = models.CharField(max_length=80)
    publication_id = models.BigIntegerField()
    period = models.CharField(max_length=20)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFTING)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    job_id = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(null=True)
    rows = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    first = models.BigIntegerField(null=True)
    pooled = models.IntegerField(default=0)
    given = models.IntegerField(default=0)
    handed = models.IntegerField(default=0)
    spared = models.IntegerField(default=0)
    case_id = models.BigIntegerField(null=True, db_index=True)
    case_number = models.CharField(max_length=80, default="")
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_by_name = models.CharField(max_length=150, default="")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "allocation_run"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["allocation"],
                name="allocation_run_open",
                condition=models.Q(state__in=[str(each) for each in OPEN]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["allocation", "-id"], name="allocation_run_of")]


class Excluded(models.TextChoices):
    """Why somebody takes no part."""

    NO = ""
    NO_PERSON = "no_person"  # nobody is behind the record
    LEFT = "left"  # the account is closed
    TWICE = "twice"  # another record stands for the same person
    CONDITION = "condition"  # the policy's 排除
    NO_SCORE = "no_score"
    NO_ROW = "no_row"  # belongs to no group


class Recipient(models.Model):
    """Somebody who could take part in a run, as they were when it was worked out.

    ``recipient_id`` is the record that stands for them, or their own id where recipients hold a role. ``score`` is in
    units of its type, ``takes`` what they take by each rule. ``held`` is how many records they had that are not shared
    out, ``had`` how many of those that are. ``counts`` is by row number how many they get.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="recipients")
    recipient_id = models.BigIntegerField()
    staff_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    excluded = models.CharField(max_length=10, choices=Excluded.choices, default=Excluded.NO)
    score = models.BigIntegerField(null=True)
    capacity = models.BigIntegerField(null=True)
    row = models.IntegerField(null=True)
    rank = models.IntegerField(default=0)
    takes = models.JSONField(default=list)
    held = models.IntegerField(default=0)
    had = models.IntegerField(default=0)
    got = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    transfer_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "allocation_recipient"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "recipient_id"], name="allocation_recipient_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "staff_id"], name="allocation_recipient_staff"),
        ]


class Line(models.Model):
    """One record of a run: its row, its place in the row's order, who gets it, the how-manyth of theirs in the row, and
    why it stays (empty: it goes). ``moved`` is set once it was handed over; False: it could not be any more.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    record_id = models.BigIntegerField()
    row = models.IntegerField()
    place = models.IntegerField()
    recipient_id = models.BigIntegerField(null=True)
    turn = models.IntegerField(default=0)
    stays = models.CharField(max_length=10, default="")
    was_owner_id = models.BigIntegerField(null=True)
    moved = models.BooleanField(null=True)

    class Meta:
        db_table = "allocation_line"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "record_id"], name="allocation_line_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "recipient_id", "id"], name="allocation_line_of"),
        ]


class ClaimEnd(models.TextChoices):
    """How a claim ended; empty while its record is with whoever claimed it."""

    NO = ""
    RETURNED = "returned"  # given back
    RECYCLED = "recycled"  # too long without follow-up
    LEFT = "left"  # its owner has left
    HANDED_ON = "handed_on"  # somebody else has it now


class Claim(models.Model):
    """Somebody took a record from a pool."""

    allocation = models.CharField(max_length=80)
    row = models.IntegerField()
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    staff_id = models.BigIntegerField()
    at = models.DateTimeField()
    transfer_id = models.BigIntegerField(null=True)
    end = models.CharField(max_length=10, choices=ClaimEnd.choices, default=ClaimEnd.NO)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "allocation_claim"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["record_type", "record_id"], name="allocation_claim_once", condition=models.Q(end="")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["allocation", "staff_id", "at"], name="allocation_claim_by"),
            models.Index(fields=["record_type", "record_id", "staff_id"], name="allocation_claim_of"),
        ]


class Sweep(models.Model):
    """One day's look for records that go back to their pools."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()
    returned = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)
