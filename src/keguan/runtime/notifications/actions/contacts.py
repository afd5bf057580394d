"""Where people are reached: set by themselves or the administrator, and shown to be theirs by a code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications.channel_kinds import ADDRESS_KINDS, channel_kinds
from keguan.runtime.notifications.codes import fits
from keguan.runtime.notifications.models import Channel, ContactPoint, Delivery, Purpose
from keguan.runtime.notifications.sealing import sealed_address
from keguan.runtime.notifications.trouble import ADMINISTERS
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHAPES = {
    "email": re.compile(r"[^@\s,;<>]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}"),
    "phone": re.compile(r"1[3-9]\d{9}"),
    "wecom": re.compile(r"[A-Za-z0-9_.@-]{1,64}"),
    "dingtalk": re.compile(r"[A-Za-z0-9_.@-]{1,64}"),
}


@dataclass(frozen=True, kw_only=True)
class SetContact(ViewerAction[None]):
    """Set or (with an empty address) remove where somebody is reached.

    People set their own and then show by a code that it is theirs; the administrator's word is enough.
    """

    name: ClassVar[str] = "notifications.set_contact"
    staff_id: int
    address_kind: str
    address: str

    def check(self) -> None:
        """Refuse somebody else's, unknown kinds and what is no address."""
        if self.viewer.staff_id != self.staff_id and not may(self.viewer, ADMINISTERS):
            raise Refused("notifications.not_yours", _("只能登记自己的联系方式；他人的由系统管理员登记。"))
        if self.address_kind not in ADDRESS_KINDS:
            raise Refused("notifications.address_kind", _("没有这一种联系方式。"))
        if org.staff_by_id(self.staff_id) is None:
            raise Refused("notifications.no_staff", _("没有这个人员。"))
        if self.address.strip() and not _SHAPES[self.address_kind].fullmatch(self.address.strip()):
            sentence = _("“%(kind)s”的写法不对，请检查后重填。") % {"kind": ADDRESS_KINDS[self.address_kind]}
            raise Refused("notifications.address", sentence, {"address": sentence})

    def do(self) -> None:
        """Seal and store it, or take it away."""
        mine = ContactPoint.objects.filter(staff_id=self.staff_id, address_kind=self.address_kind)
        address = self.address.strip()
        if not address:
            mine.delete()
            return
        ContactPoint.objects.update_or_create(
            staff_id=self.staff_id,
            address_kind=self.address_kind,
            defaults={
                "sealed": sealed_address(self.staff_id, self.address_kind, address),
                "verified": self.viewer.staff_id != self.staff_id,
                "changed_at": clock.now(),
            },
        )

    def log(self, result: None) -> Iterable[Record]:
        """Whose, and which kind; never the address."""
        data = {"kind": self.address_kind, "removed": not self.address.strip()}
        yield Record(action=self.name, subject_type="staff", subject_id=self.staff_id, data=data)


@dataclass(frozen=True, kw_only=True)
class SendCode(ViewerAction[None]):
    """Send a code to the viewer's own new address, through the first channel that reaches it."""

    name: ClassVar[str] = "notifications.send_code"
    address_kind: str

    def check(self) -> None:
        """Refuse where there is nothing to show, or no way there."""
        mine = ContactPoint.objects.filter(staff_id=self.viewer.staff_id or 0, address_kind=self.address_kind)
        if not mine.filter(verified=False).exists():
            raise Refused("notifications.no_address", _("没有等待确认的地址。请先登记。"))
        self._channel()

    def do(self) -> None:
        """Put the message into the outbox and wake it."""
        now = clock.now()
        Delivery.objects.create(
            key=f"v{uuid4().hex}",
            staff_id=self.viewer.staff_id or 0,
            channel=self._channel(),
            purpose=Purpose.CODE,
            urgent=True,
            next_at=now,
            made_at=now,
        )
        enqueue("notifications.deliver", {})

    def log(self, result: None) -> Iterable[Record]:
        """Which kind of address."""
        data = {"kind": self.address_kind}
        yield Record(action=self.name, subject_type="staff", subject_id=self.viewer.staff_id or 0, data=data)

    def _channel(self) -> Channel:
        codes = [kind.code for kind in channel_kinds() if kind.address == self.address_kind]
        found = Channel.objects.filter(enabled=True, kind__in=codes).order_by("id").first()
        if found is None:
            raise Refused("notifications.no_channel", _("还没有能到达这个地址的通知渠道，请联系系统管理员。"))
        return found


@dataclass(frozen=True, kw_only=True)
class ConfirmContact(ViewerAction[None]):
    """Show by the code that the address is one's own."""

    name: ClassVar[str] = "notifications.confirm_contact"
    address_kind: str
    code: str

    def check(self) -> None:
        """Refuse a code that does not fit, or not any more."""
        point = ContactPoint.objects.filter(
            staff_id=self.viewer.staff_id or 0, address_kind=self.address_kind, verified=False
        ).first()
        if point is None or not fits(point, self.code, clock.now()):
            raise Refused("notifications.code", _("验证码不对或已经过期，请核对，或重新发送一个。"))

    def do(self) -> None:
        """It is theirs."""
        mine = ContactPoint.objects.filter(staff_id=self.viewer.staff_id or 0, address_kind=self.address_kind)
        mine.update(verified=True)

    def log(self, result: None) -> Iterable[Record]:
        """Which kind of address."""
        data = {"kind": self.address_kind}
        yield Record(action=self.name, subject_type="staff", subject_id=self.viewer.staff_id or 0, data=data)
