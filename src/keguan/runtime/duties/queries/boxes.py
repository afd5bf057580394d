"""The boxes of a person's duties: today's, this week's, late ones, all, those to be taken, those done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.queries.cursors import Cursor, cursor_from
from keguan.runtime.duties.queries.hands import Hands, hands
from keguan.runtime.duties.queries.rows import DutyRow, rows
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.access.viewer import Viewer

SIZE = 50
LARGEST = 200
CAP = 100
"""Counts stop here."""


class Box(models.TextChoices):
    """The boxes, in the order in which a desk shows them."""

    LATE = "late", _("已逾期")
    TODAY = "today", _("今天到期")
    WEEK = "week", _("本周到期")
    ALL = "all", _("全部待办")
    CLAIMABLE = "claimable", _("可领取")
    DONE = "done", _("我办结的")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a box. ``next`` is the cursor of the following one, empty on the last."""

    rows: tuple[DutyRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a box has; when not ``exact``, at least so many."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return str(self.value) if self.exact else f"{self.value}+"


@dataclass(frozen=True, slots=True)
class Span:
    """Due from a moment (inclusive) to another (exclusive)."""

    since: datetime | None = None
    until: datetime | None = None


def mine(viewer: Viewer, box: str = Box.ALL, cursor: str = "", size: int = SIZE) -> Page:
    """A page of a box: what is open by its due moment, soonest first; what is done, newest first. Deputies find what
    waits for those they stand in for.

    Six queries where the duties are about one type of records, however many there are. Raises ``Refused``:
    ``duties.box`` for a name that is no box's, ``duties.place`` for a damaged cursor.
    """
    if box not in Box:
        raise Refused("duties.box", _("没有这个箱子。"))
    start, size = cursor_from(cursor), max(1, min(size, LARGEST))
    own = hands(viewer)
    if own is None:
        return Page((), "")
    if box == Box.DONE:
        return _done(viewer, own, start, size)
    found = ids_due(own, _spans()[Box(box)], start, size + 1, claimable=box == Box.CLAIMABLE)
    page = found[:size]
    by_id = Duty.objects.in_bulk([duty_id for duty_id, _due in page])
    duties = [by_id[duty_id] for duty_id, _due in page if duty_id in by_id]
    following = str(Cursor(duties[-1].due_at, duties[-1].pk)) if len(found) > size and duties else ""
    return Page(rows(viewer, duties, own), following)


def counts(viewer: Viewer) -> dict[str, Count]:
    """How many there are in each box but the last. One query for each box, and three; none reads more than ``CAP`` rows
    for each of the viewer's roles.
    """
    own = hands(viewer)
    if own is None:
        return {}
    found: dict[str, Count] = {}
    for box, span in _spans().items():
        value = len(ids_due(own, span, None, CAP + 1, claimable=box is Box.CLAIMABLE))
        found[box.value] = Count(min(value, CAP), exact=value <= CAP)
    return found


def _spans() -> dict[Box, Span]:
    """The boxes of open duties by when they are due."""
    now, today = clock.now(), clock.today()
    week = today + timedelta(days=7 - today.weekday())
    return {
        Box.LATE: Span(until=now),
        Box.TODAY: Span(now, _midnight(today + timedelta(days=1))),
        Box.WEEK: Span(now, _midnight(week)),
        Box.ALL: Span(),
        Box.CLAIMABLE: Span(),
    }


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def ids_due(own: Hands, span: Span, start: Cursor | None, limit: int, *, claimable: bool) -> list[tuple[int, Any]]:
    """The ids of the first so many duties, soonest due first. One query: each way in which a duty can be somebody's is
    one range of one index, read no further than the page needs.
    """
    parts, parameters = [], []
    for part, given in _ways(own, claimable=claimable):
        after, more = _range(span, start)
        parts.append(f"SELECT * FROM ({part}{after} ORDER BY due_at, id LIMIT {int(limit)}) AS way")
        parameters += [*given, *more]
    if not parts:
        return []
    sql = (
        f"SELECT DISTINCT id, due_at FROM ({' UNION ALL '.join(parts)}) AS ways ORDER BY due_at, id LIMIT {int(limit)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _ways(own: Hands, *, claimable: bool) -> Iterator[tuple[str, list[Any]]]:
    chosen = "SELECT id, due_at FROM duties_duty WHERE"
    further = (
        "SELECT f.duty_id AS id, f.due_at FROM duties_further AS f JOIN duties_duty AS d ON d.id = f.duty_id "
        "WHERE d.state = %s AND NOT d.claimed AND"
    )
    state = DutyState.OPEN.value
    for person in own.people if not claimable else ():
        yield f"{chosen} staff_id = %s AND state = %s", [person, state]
        yield f"SELECT id, due_at FROM ({further} f.staff_id = %s) AS also WHERE 1 = 1", [state, person]
    for role, unit in own.seats:
        at = "seat_id IS NULL" if unit is None else "seat_id = %s"
        given = [role] if unit is None else [role, unit]
        yield f"{chosen} role = %s AND {at} AND state = %s AND NOT claimed", [*given, state]
        yield f"SELECT id, due_at FROM ({further} f.role = %s AND f.{at}) AS also WHERE 1 = 1", [state, *given]


def _range(span: Span, start: Cursor | None) -> tuple[str, list[Any]]:
    adapt = connection.ops.adapt_datetimefield_value
    texts, given = [], []
    if start is not None:
        texts.append("AND due_at >= %s AND (due_at > %s OR id > %s)")
        given += [adapt(start.at), adapt(start.at), start.id]
    if span.since is not None:
        texts.append("AND due_at >= %s")
        given.append(adapt(span.since))
    if span.until is not None:
        texts.append("AND due_at < %s")
        given.append(adapt(span.until))
    return " " + " ".join(texts), given


def _done(viewer: Viewer, own: Hands, start: Cursor | None, size: int) -> Page:
    done = Duty.objects.filter(done_by_id=own.staff_id, done_at__isnull=False)
    if start is not None:
        done = done.filter(done_at__lte=start.at).exclude(done_at=start.at, id__gte=start.id)
    found = list(done.order_by("-done_at", "-id")[: size + 1])
    page = found[:size]
    at = page[-1].done_at if page else None
    following = str(Cursor(at, page[-1].pk)) if at is not None and len(found) > size else ""
    return Page(rows(viewer, page, own), following)
