"""What the company has said about its calendar. Days off and make-up days of years that the State Council's notices
are known for are not stored: they come with the program (``national``).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CompanyCalendar(models.Model):
    """The one row of the weekly hours; no row means those the program comes with.

    ``version`` counts the changes of anything in this app. ``stamp`` names the state for caches: a version that was
    rolled back may be given again, a stamp never is. ``national`` is the edition of the national days last announced.
    """

    version = models.BigIntegerField(default=0)
    stamp = models.CharField(max_length=32, default="")
    week = models.JSONField(default=list)  # the hours of Monday to Sunday, as people write them
    trading_opens = models.CharField(max_length=5, default="")
    national = models.CharField(max_length=40, default="")

    def __str__(self) -> str:
        return f"calendar {self.version}"


class Layer(models.TextChoices):
    """Who says so: the notice of a year that was read in, or the company itself, whose word comes last."""

    NOTICE = "notice"
    COMPANY = "company"


class CalendarDay(models.Model):
    """A day off or a day worked against the week. ``hours`` empty means the usual ones; ``trading`` None, as before."""

    day = models.DateField()
    layer = models.CharField(max_length=10, choices=Layer.choices)
    working = models.BooleanField()
    name = models.CharField(max_length=60, default="")
    hours = models.CharField(max_length=120, default="")
    trading = models.BooleanField(null=True)

    class Meta:
        """One word of each layer on a day."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "layer"], name="calendars_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.layer}"


class CalendarYear(models.Model):
    """A year that was read in (``imported``: its notice replaces the statutory days) or confirmed by a person."""

    year = models.IntegerField(unique=True)
    imported = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.year)
