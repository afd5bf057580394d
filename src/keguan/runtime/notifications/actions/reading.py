"""Noting that somebody has read what they were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications.models import Notification

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class MarkRead(ViewerAction[bool]):
    """Note that the viewer has read one of their notices; False when they had read it before."""

    name: ClassVar[str] = "notifications.read"
    notice_id: int

    def check(self) -> None:
        """Refuse what is not the viewer's own."""
        if not Notification.objects.filter(pk=self.notice_id, staff_id=self.viewer.staff_id or 0).exists():
            raise Refused("notifications.missing", _("没有这条通知，或者它不是发给您的。"))

    def do(self) -> bool:
        """Stamp it, once."""
        return bool(Notification.objects.filter(pk=self.notice_id, read_at=None).update(read_at=clock.now()))

    def log(self, result: bool) -> Iterable[Record]:
        """That they have read it: the company's proof that they were told. Nothing the second time."""
        if result:
            yield Record(action=self.name, subject_type="notification", subject_id=self.notice_id)


@dataclass(frozen=True, kw_only=True)
class MarkAllRead(ViewerAction[int]):
    """Note that the viewer has read everything up to the newest that they saw; returns how many were unread."""

    name: ClassVar[str] = "notifications.read_all"
    up_to: int

    def do(self) -> int:
        """Stamp them. What arrived meanwhile stays unread."""
        mine = Notification.objects.filter(staff_id=self.viewer.staff_id or 0, read_at=None, pk__lte=self.up_to)
        return mine.update(read_at=clock.now())

    def log(self, result: int) -> Iterable[Record]:
        """How many, up to which."""
        yield Record(action=self.name, subject_type="notification", subject_id=self.up_to, data={"notices": result})
