"""What the administrator does about a message that did not arrive, or perhaps did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications.models import Delivery, DeliveryState, Purpose
from keguan.runtime.notifications.trouble import ADMINISTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

_OVER = (DeliveryState.FAILED, DeliveryState.GIVEN_UP, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, kw_only=True)
class SendAgain(ViewerAction[None]):
    """Send once more what failed, was given up or is uncertain: a person decides that twice is better than never."""

    name: ClassVar[str] = "notifications.send_again"
    operation: ClassVar[str | None] = ADMINISTERS
    delivery_id: int

    def check(self) -> None:
        """Refuse what was sent, waits or is no notice (a code or a trial is made anew)."""
        sendable = (Purpose.NOTICE, Purpose.CUSTOMER)
        found = Delivery.objects.filter(pk=self.delivery_id, state__in=_OVER, purpose__in=sendable)
        if not found.exists():
            raise Refused("notifications.not_again", _("这一条不能重发：它已送达、正在等待，或者不是通知。"))

    def do(self) -> None:
        """Let it wait again, with all its attempts before it."""
        Delivery.objects.filter(pk=self.delivery_id, state__in=_OVER).update(
            state=DeliveryState.WAITING,
            attempts=0,
            maybe=False,
            begun_at=None,
            ended_at=None,
            error="",
            next_at=clock.now(),
        )

    def log(self, result: None) -> Iterable[Record]:
        """Which one."""
        yield Record(action=self.name, subject_type="delivery", subject_id=self.delivery_id)


@dataclass(frozen=True, kw_only=True)
class SettleDelivery(ViewerAction[None]):
    """Note that an uncertain message has arrived after all."""

    name: ClassVar[str] = "notifications.settle"
    operation: ClassVar[str | None] = ADMINISTERS
    delivery_id: int

    def check(self) -> None:
        """Refuse what is not uncertain."""
        if not Delivery.objects.filter(pk=self.delivery_id, state=DeliveryState.UNCERTAIN).exists():
            raise Refused("notifications.not_uncertain", _("这一条的状态不是“不确定”。"))

    def do(self) -> None:
        """It was sent."""
        uncertain = Delivery.objects.filter(pk=self.delivery_id, state=DeliveryState.UNCERTAIN)
        uncertain.update(state=DeliveryState.SENT, error="")

    def log(self, result: None) -> Iterable[Record]:
        """Which one."""
        yield Record(action=self.name, subject_type="delivery", subject_id=self.delivery_id)
