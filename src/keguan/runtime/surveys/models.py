"""Surveys as they are stored: who was asked about what, and what they answered.

Nothing here is deleted. ``next_at`` is when the clock does something by itself. Of a link's secret only a hash is kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    WAITING = "waiting"  # for its moment
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    THROTTLED = "throttled"  # the customer was asked too short a time ago
    CALLED_OFF = "called_off"  # its record or its survey is gone


ASKED = (InvitationState.SENT, InvitationState.ANSWERED, InvitationState.EXPIRED)
"""States of an invitation that has reached its customer: what the throttle counts."""


class Invitation(models.Model):
    """One customer asked once. ``key`` makes it once for ever: the survey and what gave rise to it.

    ``clause`` is that of the process or duty that is judged, ``handler_id`` who did it last. ``owner_id`` and
    ``unit_id`` place it as its record was placed. The customer is the record that the address belongs to;
    ``phone_mark`` and ``email_mark`` know an address again without keeping it. ``digest`` is the SHA-256 of the link's
    secret. ``call_from`` is from when staff may be expected to call back.
    """

    key = models.CharField(max_length=200, unique=True)
    survey = models.CharField(max_length=80)  # the form's code
    publication_id = models.BigIntegerField()
    clause = models.CharField(max_length=160)
    information_class = models.CharField(max_length=80)
    record_type = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    duty_id = models.BigIntegerField(null=True)
    handler_id = models.BigIntegerField(null=True)
    handler_name = models.CharField(max_length=60, default="")
    customer_type = models.CharField(max_length=80, default="")
    customer_id = models.BigIntegerField(null=True)
    phone_mark = models.BigIntegerField(null=True)
    email_mark = models.BigIntegerField(null=True)
    ways = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=InvitationState.choices, default=InvitationState.WAITING)
    held_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="held")  # THROTTLED: asked then
    unwritten = models.CharField(max_length=20, default="")  # why no message went out: a code of words.UNWRITTEN
    serial = models.IntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - null until it is sent
    happened_at = models.DateTimeField()
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)  # the link's end
    call_from = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    attempted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_way = models.CharField(max_length=8, default="")
    answered_by_id = models.BigIntegerField(null=True)  # who called back
    answered_by_name = models.CharField(max_length=60, default="")
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="invitation_next", condition=models.Q(next_at__isnull=False)),
            models.Index(
                fields=["call_from", "id"], name="invitation_call", condition=models.Q(call_from__isnull=False)
            ),
            models.Index(fields=["case_id", "id"], name="invitation_of_case"),
            models.Index(fields=["record_type", "record_id", "id"], name="invitation_of_record"),
            models.Index(fields=["customer_type", "customer_id", "sent_at"], name="invitation_of_customer"),
            models.Index(
                fields=["phone_mark", "sent_at"], name="invitation_phone", condition=models.Q(phone_mark__isnull=False)
            ),
            models.Index(
                fields=["email_mark", "sent_at"], name="invitation_email", condition=models.Q(email_mark__isnull=False)
            ),
            models.Index(fields=["survey", "sent_at", "id"], name="invitation_of_survey"),
        ]


class Reply(models.Model):
    """The answer to one question. ``plain`` is canonical JSON text; free text and what is sensitive is ``sealed``.

    Of a question that measures something ``score`` is the answer as a number and ``standing`` how it counts: 1
    satisfied or promoter, −1 detractor, 0 neither. ``on`` is the company's day of the answer.
    """

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="replies")
    survey = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    information_class = models.CharField(max_length=80)
    plain = models.TextField(null=True)  # noqa: DJ001 - JSON text: null means that it is sealed
    sealed = models.BinaryField(null=True)
    measure = models.CharField(max_length=4, default="")
    score = models.IntegerField(null=True)
    standing = models.SmallIntegerField(null=True)
    on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["invitation", "field"], name="survey_reply_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["survey", "field", "on"], name="reply_scored", condition=models.Q(score__isnull=False)
            ),
        ]
