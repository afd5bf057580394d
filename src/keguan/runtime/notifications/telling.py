"""Telling people something, as part of the change that they are told of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.notifications.kinds import KINDS
from keguan.runtime.notifications.models import Channel, Notification

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told to one person.

    ``key`` is unique for ever: a second notice of the same key tells nothing. ``subject`` is what it is about (a case's
    number, a duty's label). ``facts`` fill the sentence of the kind and hold nothing that is protected: labels,
    numbers, moments (ISO 8601 with a zone), names of staff, never a value of a record.
    """

    staff_id: int
    kind: str
    key: str
    subject: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    case_id: int | None = None
    duty_id: int | None = None
    clause: str = ""
    urgent: bool = False


def tell(notices: Iterable[Notice]) -> None:
    """Tell these people, inside the running transaction. What goes out of the house is planned and sent later.

    One query for every 500; what is urgent wakes the outbox. Raises ``ValueError`` for a kind that nobody registered or
    a fact that its sentence lacks.
    """
    at = clock.now()
    rows = [_row(notice, at) for notice in notices]
    if not rows:
        return
    Notification.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    if any(row.urgent for row in rows) and Channel.objects.filter(enabled=True).exists():
        enqueue("notifications.deliver", {})


def _row(notice: Notice, at: datetime) -> Notification:
    kind = KINDS.get(notice.kind)
    if kind is None:
        raise ValueError(f"no kind of notice is called {notice.kind!r}")
    missing = kind.facts - notice.facts.keys()
    if missing:
        raise ValueError(f"a notice {notice.kind!r} lacks {sorted(missing)}")
    return Notification(
        staff_id=notice.staff_id,
        kind=notice.kind,
        key=notice.key,
        subject=notice.subject[:200],
        facts=dict(notice.facts),
        case_id=notice.case_id,
        duty_id=notice.duty_id,
        clause=notice.clause,
        urgent=notice.urgent,
        at=at,
    )
