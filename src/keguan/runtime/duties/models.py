"""Duties as they are stored: what is owed about which record, by whom, by when, and what has been done about it.

Nothing here is deleted. ``next_at`` is when the clock does something by itself: the sweep reads only what is due.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DutyState(models.TextChoices):
    """Where a duty stands."""

    OPEN = "open"
    DONE = "done"  # proved, or attested by a person
    EXEMPTED = "exempted"  # somebody who may said that it need not be done, and why
    CANCELLED = "cancelled"  # it no longer applies: the system saw it by itself, or somebody called it off


class Duty(models.Model):
    """One row of a duty block, owed once about one record.

    ``line`` names the row by what it says, so that it stays the same row when others are written above it. ``slot`` is
    which time this is: the first day of the period, the date, or what happened; (duty, line, record, slot) is once for
    ever, which makes making idempotent. Evidence of the days from ``period_start`` to ``period_end`` (None: open)
    counts.

    Whoever ``staff_id`` is or holds ``role`` at ``seat_id`` (None: anywhere) can discharge it, and those in
    ``Further``; while ``claimed`` only ``staff_id``. ``owner_id`` and ``unit_id`` place it as its record is placed.
    """

    duty = models.CharField(max_length=80)
    line = models.CharField(max_length=16)
    row = models.IntegerField()  # its number in ``publication_id``
    publication_id = models.BigIntegerField()
    clause = models.CharField(max_length=160)
    task = models.CharField(max_length=200)
    information_class = models.CharField(max_length=80, default="")
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    slot = models.CharField(max_length=80)
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=60, default="")
    seat_id = models.BigIntegerField(null=True)
    claimed = models.BooleanField(default=False)
    period_start = models.DateField()
    period_end = models.DateField(null=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    moves_done = models.IntegerField(default=0)  # how many of the row's reminder, due moment and escalations are past
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    late = models.BooleanField(default=False)
    needed = models.IntegerField(default=1)
    seen = models.IntegerField(default=0)
    drawn = models.BooleanField(default=False)  # by a spot check: the items checked by sample are asked for
    checked = models.JSONField(null=True)  # the checklist's result
    filled = models.BinaryField(null=True)  # what was filled in at its form, sealed as one text
    note = models.CharField(max_length=500, default="")  # said by whoever discharged, exempted or called it off
    done_at = models.DateTimeField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    done_by_name = models.CharField(max_length=60, default="")
    for_id = models.BigIntegerField(null=True)  # in whose stead it was done

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="duty_next", condition=models.Q(next_at__isnull=False)),
            models.Index(
                fields=["staff_id", "state", "due_at", "id"],
                name="duty_of_person",
                condition=models.Q(staff_id__isnull=False),
            ),
            models.Index(fields=["role", "seat_id", "state", "due_at", "id"], name="duty_of_role"),
            models.Index(fields=["record_type", "record_id", "id"], name="duty_of_record"),
            models.Index(fields=["unit_id", "state", "due_at", "id"], name="duty_of_unit"),
            models.Index(fields=["state", "due_at", "id"], name="duty_due"),
            models.Index(
                fields=["done_by_id", "done_at", "id"], name="duty_done", condition=models.Q(done_by_id__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "line", "record_id", "slot"], name="duty_once"),
        ]


class Further(models.Model):
    """Somebody else who can discharge a duty: a second person or a second role that its row names."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="further")
    staff_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=60, default="")
    seat_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField()  # its duty's, so that a box is one indexed read

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff_id", "due_at", "duty"], name="further_of_person"),
            models.Index(fields=["role", "seat_id", "due_at", "duty"], name="further_of_role"),
        ]


class Proof(models.Model):
    """A record that counted as evidence of a duty, and who filed it."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="proofs")
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    day = models.DateField(null=True)
    by_id = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "record_type", "record_id"], name="proof_once"),
        ]


class Round(models.Model):
    """One pass over all records for one row of a duty, on one day under one publication. Done when ``ended_at`` is set;
    what it has made stays when it is cut short, and the next one goes on.
    """

    duty = models.CharField(max_length=80)
    line = models.CharField(max_length=16)
    day = models.DateField()
    publication_id = models.BigIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    job_id = models.BigIntegerField(null=True)
    made = models.BigIntegerField(default=0)
    cancelled = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "line", "day", "publication_id"], name="duty_round_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["publication_id", "day"], name="duty_round_of_day"),
        ]


class Draw(models.Model):
    """One spot check: which records were drawn for a period, and the seed from which anyone can draw them again."""

    duty = models.CharField(max_length=80)
    line = models.CharField(max_length=16)
    slot = models.CharField(max_length=80)
    seed = models.CharField(max_length=32)
    share = models.IntegerField()  # basis points
    population = models.BigIntegerField()
    drawn = models.JSONField()  # ids, in the order drawn
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["duty", "line", "slot"], name="draw_once"),
        ]


class Watched(models.Model):
    """What was last seen of a record by somebody who waits for it to change; ``watch`` says who waits for what."""

    watch = models.CharField(max_length=120)
    record_id = models.BigIntegerField()
    value = models.CharField(max_length=200, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["watch", "record_id"], name="watched_once"),
        ]
