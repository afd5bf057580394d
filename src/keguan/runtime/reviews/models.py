"""Access reviews as they are stored. Nothing here is deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unanswered(models.TextChoices):
    """What becomes of an item that nobody has answered by the day."""

    ESCALATE = "escalate"
    LAPSE = "lapse"

    @property
    def said(self) -> str:
        """In words."""
        return str(_UNANSWERED[self.value])


_UNANSWERED = {
    "escalate": _("转由上一级复核"),
    "lapse": _("到期收回"),
}


class ItemState(models.TextChoices):
    """Where one appointment's review stands."""

    WAITING = "waiting"
    KEPT = "kept"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    GONE = "gone"  # the appointment ended by itself before anybody answered

    @property
    def said(self) -> str:
        """In words."""
        return str(_ITEMSTATE[self.value])


_ITEMSTATE = {
    "waiting": _("待复核"),
    "kept": _("保留"),
    "revoked": _("收回"),
    "lapsed": _("到期收回"),
    "gone": _("已不在岗"),
}


class Campaign(models.Model):
    """One round: the appointments of some units and roles as they stood at its start, to be answered by ``due``."""

    title = models.CharField(max_length=80)
    units = models.JSONField(default=list)  # ids; empty: the whole company
    roles = models.JSONField(default=list)  # codes; empty: every role
    due = models.DateField()
    unanswered = models.CharField(max_length=10, choices=Unanswered.choices, default=Unanswered.ESCALATE)
    publication_id = models.BigIntegerField()  # what the roles gave at the start is read from this policy
    started_by_id = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    reminded = models.BooleanField(default=False)
    swept_at = models.DateTimeField(null=True)  # when the day was over and the unanswered were dealt with
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["swept_at", "due"], name="review_due")]


class Item(models.Model):
    """One appointment, put to one person (``reviewer_id``; None: whoever may review access)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items")
    appointment = models.ForeignKey("org.Appointment", models.PROTECT, related_name="reviews")
    staff_id = models.BigIntegerField()
    role = models.CharField(max_length=60)
    unit_id = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    signed_in_at = models.DateTimeField(null=True)  # when the person last signed in, at the start
    reviewer_id = models.BigIntegerField(null=True)
    escalated = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=60, default="")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["campaign", "state", "id"], name="review_item_state"),
            models.Index(fields=["reviewer_id", "state", "id"], name="review_item_reviewer"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "appointment"], name="review_item_once"),
        ]
