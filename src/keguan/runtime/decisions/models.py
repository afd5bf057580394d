"""The run log: what was computed when, under which publication, and what it changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Run(models.Model):
    """One computation of one record type's facts and decisions: of all its records, or of those touched by a change.

    ``decisions`` is, by decision code, how many outcomes or rules changed.
    """

    record_type = models.CharField(max_length=80)
    publication_id = models.BigIntegerField()
    at = models.DateTimeField()
    on = models.DateField()  # the day whose parameters were used
    whole = models.BooleanField()  # all records of the type, not only some
    examined = models.BigIntegerField()
    changed = models.BigIntegerField()  # records written to
    decisions = models.JSONField()
    seconds = models.FloatField()

    class Meta:
        """The newest runs of a type, the newest whole one, and what was computed whole on a day."""

        indexes: ClassVar = [
            models.Index(fields=["record_type", "at"], name="decisions_run_of_type"),
            models.Index(fields=["record_type", "whole", "id"], name="decisions_run_whole"),
            models.Index(fields=["on", "publication_id"], name="decisions_run_day", condition=models.Q(whole=True)),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.at:%Y-%m-%d %H:%M}"
