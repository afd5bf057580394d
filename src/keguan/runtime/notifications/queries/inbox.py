"""What somebody was told, newest first; each sentence made now, in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.notifications.kinds import Group, group_of, sentence_of
from keguan.runtime.notifications.models import Notification

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer

PAGE_SIZE = 30

MOST_COUNTED = 100
"""Unread notices are counted up to here; more are told as ``99+``."""


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice for reading, in the active language."""

    id: int
    kind: str
    group: Group
    sentence: str
    subject: str
    case_id: int | None
    duty_id: int | None
    clause: str
    urgent: bool
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Notices, newest first; ``next`` is the ``after`` of the following page, None on the last."""

    notices: tuple[NoticeCard, ...]
    next: int | None


def inbox(viewer: Viewer, after: int | None = None, *, unread_only: bool = False, size: int = PAGE_SIZE) -> InboxPage:
    """A page of the viewer's own notices below the id ``after``. One query."""
    found = Notification.objects.filter(staff_id=viewer.staff_id or 0).order_by("-id")
    if unread_only:
        found = found.filter(read_at=None)
    if after is not None:
        found = found.filter(id__lt=after)
    rows = list(found[: size + 1])
    cards = tuple(map(_card, rows[:size]))
    return InboxPage(cards, cards[-1].id if len(rows) > size else None)


def notice(viewer: Viewer, notice_id: int) -> NoticeCard | None:
    """One of the viewer's own notices, None for any other. One query."""
    return next(map(_card, Notification.objects.filter(pk=notice_id, staff_id=viewer.staff_id or 0)), None)


def unread(viewer: Viewer) -> int:
    """How many of the viewer's notices are unread, at most ``MOST_COUNTED``. One query over an index of unread ones."""
    if viewer.staff_id is None:
        return 0
    found = Notification.objects.filter(staff_id=viewer.staff_id or 0, read_at=None).order_by("-id")
    return found[:MOST_COUNTED].count()


def opened_at(key: str) -> datetime | None:
    """When the notice of this key was read; None when it was not, or was never told. One query."""
    return Notification.objects.filter(key=key).values_list("read_at", flat=True).first()


def _card(row: Notification) -> NoticeCard:
    return NoticeCard(
        id=row.pk,
        kind=row.kind,
        group=group_of(row.kind),
        sentence=sentence_of(row.kind, row.subject, row.facts),
        subject=row.subject,
        case_id=row.case_id,
        duty_id=row.duty_id,
        clause=row.clause,
        urgent=row.urgent,
        at=row.at,
        read_at=row.read_at,
    )
