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
