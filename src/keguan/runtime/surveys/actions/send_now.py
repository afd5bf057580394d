"""Asking at once, at the desk: staff do not wait for the moment that the policy sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.surveys.models import Invitation, InvitationState
from keguan.runtime.surveys.sending import send, sent_entry
from keguan.runtime.surveys.sight import CHANGES, place_of, seen

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class SendNow(ViewerAction[InvitationState]):
    """Send a waiting invitation now, so that its QR code can be shown. The throttle holds as ever. Gives its state."""

    name: ClassVar[str] = "surveys.send_now"
    invitation_id: int

    def check(self) -> None:
        """Refuse an invitation out of sight, somebody who may not change the record, and one that waits no more."""
        found = seen(self.viewer, self.invitation_id)
        if not may(self.viewer, CHANGES, place_of(found)):
            raise Refused("surveys.forbidden", _("只有能修改这份档案的人可以提前发出。"))
        if found.state != InvitationState.WAITING:
            raise Refused("surveys.not_waiting", _("这份调查已经发出或者取消，不用再发。"))

    def do(self) -> InvitationState:
        """Send it, or leave the customer alone."""
        waiting = Invitation.objects.select_for_update().filter(pk=self.invitation_id, state=InvitationState.WAITING)
        found = waiting.first()
        if found is None:
            raise Refused("surveys.not_waiting", _("这份调查已经发出或者取消，不用再发。"))
        return send(found)

    def log(self, result: InvitationState) -> Iterable[Record]:
        """That it was sent by hand, or why not."""
        del result
        yield sent_entry(self.name, self.invitation_id)
