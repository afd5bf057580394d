"""Figures as they are stored: a row for a figure, a period and a group; when it was worked out; what changed later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

WHOLE = ""
"""The group of a figure that is all of it."""


class Value(models.Model):
    """What a figure came to for the period that begins on ``period_start``; of its group ``group``, or of all.

    ``value`` is in storage form (a percentage in basis points, money in fen), as are the parts: of a figure that is one
    division the numerator and the denominator, else itself and null. ``members`` is how many records it tells anything
    of. ``state`` of a whole figure with groups is that of its worst. ``closed``: the period is over and this is what it
    came to; while it runs, ``day`` is the day by which it was worked out last.
    """

    figure = models.CharField(max_length=80)
    period_start = models.DateField()
    period_end = models.DateField()
    group = models.CharField(max_length=200, default=WHOLE)
    value = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    members = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8)
    day = models.DateField()
    at = models.DateTimeField()
    publication_id = models.BigIntegerField()
    closed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["figure", "period_start", "group"], name="one_value_of_group"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["figure", "period_end"], name="value_open", condition=models.Q(closed=False, group=WHOLE)
            ),
            models.Index(fields=["group", "figure", "-period_start"], name="value_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.period_start} {self.group}"


class Run(models.Model):
    """A figure was worked out for a period, by a day and a publication. The job asks it what is left to do."""

    figure = models.CharField(max_length=80)
    period_start = models.DateField()
    day = models.DateField()
    publication_id = models.BigIntegerField()
    at = models.DateTimeField()
    seconds = models.FloatField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["day", "figure", "period_start", "publication_id"], name="one_run_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.day}"


class Correction(models.Model):
    """A figure of a period that was over came to something else when it was worked out again.

    ``before`` and ``after`` are value, numerator, denominator, members and state; null where the group was not there.
    """

    figure = models.CharField(max_length=80)
    period_start = models.DateField()
    group = models.CharField(max_length=200, default=WHOLE)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()
    publication_id = models.BigIntegerField()
    by = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figure", "-period_start", "-id"], name="correction_of_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.period_start} {self.group}"
