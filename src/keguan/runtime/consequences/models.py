"""What follows from results, as it is stored: what was proposed about whom, by which clause, and what was decided.

Nothing here is deleted. ``next_at`` is when the clock does something by itself.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed"  # 待批
    APPROVED = "approved"  # 生效
    REJECTED = "rejected"  # 否决
    WITHDRAWN = "withdrawn"  # 撤回, because its reason is gone


class Proposal(models.Model):
    """One row of a consequence block, proposed once.

    It falls on ``staff_id``, on one of ``candidates`` that the approver names, or (``subject``) on the record itself.
    ``amount`` is money in fen, points in hundredths or whole levels; where ``open_amount`` the approver decides it.
    ``key`` makes it once for ever: the row and what gave rise to it. Whoever is ``approver_id`` or holds
    ``approver_role`` at ``approver_seat`` decides, unless ``case_id`` does. ``round`` is 2 after an objection.
    """

    key = models.CharField(max_length=200, unique=True)
    consequence = models.CharField(max_length=80)
    row = models.IntegerField()
    publication_id = models.BigIntegerField()
    clause = models.CharField(max_length=160)
    reference = models.CharField(max_length=200, default="")
    information_class = models.CharField(max_length=80, default="")
    event = models.CharField(max_length=20)
    source = models.CharField(max_length=80)  # duty:12, task:5, case:7, record:customer:3
    duty_id = models.BigIntegerField(null=True)
    source_case_id = models.BigIntegerField(null=True)
    record_type = models.CharField(max_length=80, default="")
    record_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True)
    staff_name = models.CharField(max_length=60, default="")
    candidates = models.JSONField(default=list)
    subject = models.BooleanField(default=False)
    measure = models.CharField(max_length=20)
    amount = models.BigIntegerField(null=True)
    amount_text = models.CharField(max_length=120, default="")  # as the policy writes it
    open_amount = models.BooleanField(default=False)
    discloses = models.BooleanField(default=False)  # the amount is worked out from the record: it gives its values away
    times = models.IntegerField(default=1)
    due_since = models.DateTimeField(null=True)  # when what was not done in time was due
    ended_at = models.DateTimeField(null=True)  # when it was done after all
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    approver_id = models.BigIntegerField(null=True)
    approver_role = models.CharField(max_length=60, default="")
    approver_seat = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=60, default="")
    opinion = models.CharField(max_length=500, default="")
    round = models.IntegerField(default=1)
    objection = models.CharField(max_length=1000, default="")
    objected_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="proposal_next", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["approver_id", "state", "id"], name="proposal_of_approver"),
            models.Index(fields=["approver_role", "approver_seat", "state", "id"], name="proposal_of_role"),
            models.Index(fields=["staff_id", "id"], name="proposal_of_person"),
            models.Index(fields=["record_type", "record_id", "id"], name="proposal_of_record"),
            models.Index(fields=["duty_id"], name="proposal_of_duty", condition=models.Q(duty_id__isnull=False)),
            models.Index(fields=["case_id"], name="proposal_of_case", condition=models.Q(case_id__isnull=False)),
            models.Index(fields=["consequence", "state", "id"], name="proposal_of_block"),
        ]


class Occurrence(models.Model):
    """That a case of a row has happened to somebody: what "so often in the period" counts."""

    consequence = models.CharField(max_length=80)
    row = models.IntegerField()
    whom = models.CharField(max_length=120)
    source = models.CharField(max_length=80)
    day = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["consequence", "row", "whom", "source"], name="occurrence_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["consequence", "row", "whom", "day"], name="occurrence_in_period"),
        ]
