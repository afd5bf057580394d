"""What the clock does to invitations: those whose moment has come go out, those nobody answered expire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime import clock
from keguan.runtime.jobs.holding import held
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.policies.queries import in_force_on
from keguan.runtime.surveys.forms import form_of, written
from keguan.runtime.surveys.models import Invitation, InvitationState
from keguan.runtime.surveys.reactions import note_all
from keguan.runtime.surveys.sending import SendInvitation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

LIMIT = 1_000
_SENDING = 1


@dataclass(frozen=True, kw_only=True)
class Expire(Action[bool]):
    """Close an invitation that nobody answered in time. Gives whether it was open."""

    name: ClassVar[str] = "surveys.expire"
    actor: Actor = SYSTEM
    invitation_id: int

    def do(self) -> bool:
        """It can be answered no more, by link or by call."""
        mine = Invitation.objects.filter(pk=self.invitation_id, state=InvitationState.SENT)
        return bool(mine.update(state=InvitationState.EXPIRED, next_at=None, call_from=None))

    def log(self, result: bool) -> Iterable[Record]:
        """Which."""
        if result:
            _model, form, _survey = form_of(invitation := Invitation.objects.get(pk=self.invitation_id))
            data = {"survey": invitation.survey, "attempts": invitation.attempts}
            yield Record(self.name, "survey", self.invitation_id, written(form.clause), data)


def sweep(limit: int = LIMIT) -> int:
    """Do what is due by now, each in its own transaction; how many. One process at a time, so that two invitations of
    one customer cannot pass the throttle together.
    """
    done = 0
    due = Invitation.objects.filter(next_at__lte=clock.now()).order_by("next_at", "id")
    if not due.exists():
        return 0
    with held(_SENDING, "surveys") as free:
        for pk, state in list(due.values_list("pk", "state")[:limit]) if free else ():
            if state == InvitationState.WAITING:
                SendInvitation(invitation_id=pk).run()
            else:
                Expire(invitation_id=pk).run()
            done += 1
    return done


def next_due() -> datetime | None:
    """When an invitation goes out or expires next. One query."""
    due = Invitation.objects.filter(next_at__isnull=False).order_by("next_at")
    return due.values_list("next_at", flat=True).first()


def every_minute() -> None:
    """Called by the worker: a policy that has come into force is noted, and what is due is done."""
    policy = in_force_on(clock.today())
    if policy is not None:
        note_all(policy)
    sweep()
