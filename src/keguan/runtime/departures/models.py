"""Departures as they are stored. Nothing here is deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class DepartureState(models.TextChoices):
    """Where a departure stands."""

    PLANNED = "planned"
    LEFT = "left"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"

    @property
    def said(self) -> str:
        """In words."""
        return str(_DEPARTURESTATE[self.value])


_DEPARTURESTATE = {
    "planned": _("待离职"),
    "left": _("已离职"),
    "cancelled": _("已取消"),
    "reinstated": _("已复职"),
}


class Departure(models.Model):
    """A person leaves: on ``on`` their account closes. ``closed`` is what ended with it, as plain counts by code."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="departures")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=DepartureState.choices, default=DepartureState.PLANNED)
    planned_by_id = models.BigIntegerField(null=True)
    planned_by_name = models.CharField(max_length=60)
    planned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed = models.JSONField(default=dict)
    ended_by_name = models.CharField(max_length=60, default="")  # who cancelled it or took the person back
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "on"], name="departure_due"),
            models.Index(fields=["staff", "-id"], name="departure_of"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["staff"], name="departure_once", condition=models.Q(state__in=["planned", "left"])
            ),
        ]


class HeldRecords(models.Model):
    """What a person owned on the day they left: ids of one record type, as many rows as it takes. Never changed."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="held")
    record_type = models.CharField(max_length=80)
    ids = models.JSONField()
    count = models.IntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["departure", "record_type", "id"], name="held_of_departure"),
        ]


class Attempt(models.Model):
    """Somebody tried to sign in with the account of a person who had left: once a day, with how often."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="attempts")
    day = models.DateField()
    times = models.IntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["departure", "day"], name="departure_attempt_day"),
        ]


class Part(models.TextChoices):
    """What can be handed over of what somebody has in hand."""

    RECORDS = "records"
    DUTIES = "duties"
    CASES = "cases"


class Handing(models.Model):
    """Everything that a leaver has in hand goes to one successor. ``parts`` are values of :class:`Part`; ``records``
    counts by type what went (null until it did); ``listed_at``: from then on the list of duties and cases is fixed.
    """

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="handings")
    to_id = models.BigIntegerField()
    to_name = models.CharField(max_length=60)
    parts = models.JSONField()
    reason = models.CharField(max_length=200)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    job_id = models.BigIntegerField(null=True)
    records = models.JSONField(null=True)
    listed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["departure", "-id"], name="handing_of")]


class Outcome(models.TextChoices):
    """What became of one duty or one part in a case."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class HandingRow(models.Model):
    """One duty (``subject_id`` is its id), or one share of a step of a case (the share's id, ``case_id`` the case's).

    ``label`` is the task or the case's number as it was; ``why`` a sentence in the language of whoever began it.
    """

    handing = models.ForeignKey(Handing, models.PROTECT, related_name="rows")
    part = models.CharField(max_length=10, choices=Part.choices)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.CharField(max_length=500, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["handing", "outcome", "id"], name="handing_row_outcome"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["handing", "part", "subject_id"], name="handing_row_once"),
        ]
