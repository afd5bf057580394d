"""Permits as they are stored. Nothing here is deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PermitState(models.TextChoices):
    """Where a permit stands. Only a granted one gives a right."""

    WAITING = "waiting"  # its case is open
    GRANTED = "granted"
    REFUSED = "refused"
    USED_UP = "used_up"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # taken back, by whoever asked or by whoever looks after protection


class Permit(models.Model):
    """A right that somebody asked for, and that a case grants or refuses.

    ``selection`` is what it is about, sealed: a search word may itself be somebody's number. ``rows`` is how many
    records that was when it was asked for. ``length`` (amount and unit; empty: no end) and ``uses_left`` (None: any
    number) are what the process says on the day of asking. ``uses`` counts.
    """

    staff_id = models.BigIntegerField()
    staff_name = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=120, default="")
    right = models.CharField(max_length=10)  # model.granting.GrantedRight
    record_type = models.CharField(max_length=80)
    selection = models.BinaryField()
    rows = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200)
    process = models.CharField(max_length=80)
    clause = models.CharField(max_length=200)
    case_id = models.BigIntegerField(unique=True)
    request_type = models.CharField(max_length=80)
    request_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PermitState.choices, default=PermitState.WAITING)
    length = models.JSONField(default=list)
    uses_left = models.IntegerField(null=True)
    uses = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff_id", "-id"], name="permit_of_person"),
            models.Index(
                fields=["staff_id", "right", "record_type"],
                name="permit_in_force",
                condition=models.Q(state="granted"),
            ),
            models.Index(fields=["expires_at"], name="permit_expiry", condition=models.Q(state="granted")),
            models.Index(fields=["record_type", "-id"], name="permit_of_type"),
        ]

    def __str__(self) -> str:
        return f"permit {self.pk} to {self.right} {self.record_type}"
