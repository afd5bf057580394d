"""Units, staff, who is appointed to what, and who stands in for whom.

Nothing here is deleted: people leave by being made inactive.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from keguan.runtime.org.factors.models import Authenticator, Passkey, RecoveryCode
from keguan.runtime.org.federation.models import Identity
from keguan.runtime.org.passwords.models import FormerPassword
from keguan.runtime.org.sessions.models import Session

__all__ = [
    "Appointment",
    "Authenticator",
    "Deputy",
    "FormerPassword",
    "Identity",
    "Passkey",
    "RecoveryCode",
    "Session",
    "Staff",
    "Unit",
]


class Unit(models.Model):
    """A unit of the company. ``path`` is ``/1/4/``: the ids from the top down to this unit."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    head = models.ForeignKey("Staff", models.PROTECT, null=True, related_name="heads")  # 部门负责人


class Staff(AbstractBaseUser):
    """A person who signs in. Their rights come from their appointments, never from this row."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="zh", choices=[("zh", "中文"), ("en", "English")])
    failed_attempts = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    password_set_at = models.DateTimeField(null=True)
    password_given = models.BooleanField(default=False)  # by somebody else: to be changed before anything else
    added_at = models.DateTimeField()
    last_login = None  # Django would stamp it by its own clock; signed_in_at is stamped by ours

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = BaseUserManager["Staff"]()

    def __str__(self) -> str:
        return self.username


class Appointment(models.Model):
    """A role given to a person, for a unit (None: their own), from a day, until a day (inclusive; None: open)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)
    barred = models.BooleanField(default=False)  # without effect: a publication made it exclude an older one

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["staff", "since"], name="org_appointment_since")]


class ProposalState(models.TextChoices):
    """Where a proposed appointment stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def said(self) -> str:
        """In words."""
        return str(_PROPOSALSTATE[self.value])


_PROPOSALSTATE = {
    "waiting": _("待确认"),
    "confirmed": _("已确认"),
    "refused": _("未同意"),
    "withdrawn": _("已撤回"),
}


class Proposal(models.Model):
    """An appointment that one administrator proposes and another, who may give roles, confirms."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="proposals")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")  # null: the system
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, default="")
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "id"], name="org_proposal_state")]


class Deputy(models.Model):
    """代理: while ``staff`` is away, ``deputy`` acts for them, from a day, until a day (inclusive; None: until ended).

    One that was ended before it began has its last day before its first.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Staff, models.PROTECT, related_name="stands_in")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, default="")
    barred = models.BooleanField(default=False)  # without effect, as an appointment may be

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff", "since"], name="org_deputy_of"),
            models.Index(fields=["deputy", "since"], name="org_deputy_for"),
        ]
