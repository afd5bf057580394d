"""The boxes of a person's work: what waits for them, what they began, what they were told of, what they have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.models import Case, CaseState, Share, ShareKind, ShareState, Task, TaskState
from keguan.runtime.processes.queries.cursors import Cursor, cursor_from
from keguan.runtime.processes.queries.first import first_rows
from keguan.runtime.processes.queries.hands import Hands, allowed, hands
from keguan.runtime.processes.queries.rows import CaseRow, Rows
from keguan.runtime.processes.queries.urgency import Horizon, horizon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from keguan.runtime.access.viewer import Viewer

SIZE = 50
LARGEST = 200
CAP = 100
"""Counts stop here."""


class Box(models.TextChoices):
    """The boxes, in the order in which a desk shows them."""

    TODO = "todo", _("待我办理")
    CLAIMABLE = "claimable", _("可领取")
    SOON = "soon", _("即将逾期")
    LATE = "late", _("已逾期")
    RETURNED = "returned", _("被退回")
    STARTED = "started", _("我发起的")
    COPIED = "copied", _("抄送我的")
    DONE = "done", _("我办过的")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a box. ``next`` is the cursor of the following one, empty on the last. A page may hold fewer rows than
    asked for although another follows.
    """

    rows: tuple[CaseRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a box has; when not ``exact``, at least so many."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return str(self.value) if self.exact else f"{self.value}+"


def box(viewer: Viewer, name: str, cursor: str = "", size: int = SIZE) -> Page:
    """A page of a box. What waits for somebody comes by its due moment, soonest first, what has none last; the other
    boxes newest first. Deputies find what waits for those they stand in for.

    A fixed number of queries, whatever there is. Raises ``Refused``: ``cases.box`` for a name that is no box's,
    ``cases.place`` for a damaged cursor.
    """
    if name not in Box:
        raise Refused("cases.box", _("没有这个箱子。"))
    start, size = cursor_from(cursor), max(1, min(size, LARGEST))
    own = hands(viewer)
    if own is None:
        return Page((), "")
    if name == Box.STARTED:
        return _started(viewer, own, start, size)
    near = horizon()
    found, following = _shares(Box(name), own, near, start, size)
    rows = Rows(viewer, near, [share.case for share in found], own)
    return Page(tuple(rows.of_share(share) for share in found), following)


def counts(viewer: Viewer) -> dict[str, Count]:
    """How many there are in each box but the last; open cases only in 我发起的, unread copies only in 抄送我的.

    A fixed number of queries, none of which reads more than ``CAP`` rows.
    """
    own = hands(viewer)
    if own is None:
        return {}
    near = horizon()
    found: dict[str, Count] = {}
    for name in (Box.TODO, Box.CLAIMABLE, Box.SOON, Box.LATE, Box.RETURNED):
        waiting = first_rows(Share, (branch.order_by() for branch in _branches(name, own, near)), CAP + 1)
        found[name] = _count(len(allowed(waiting, own)))
    started = Case.objects.filter(started_by_id=own.staff_id, state=CaseState.OPEN)
    copies = Share.objects.filter(staff_id=own.staff_id, kind=ShareKind.COPY, state=ShareState.OPEN, read_at=None)
    found[Box.STARTED] = _count(started.order_by()[: CAP + 1].count())
    found[Box.COPIED] = _count(copies.order_by()[: CAP + 1].count())
    return found


def _count(value: int) -> Count:
    return Count(min(value, CAP), exact=value <= CAP)


def _shares(name: Box, own: Hands, near: Horizon, start: Cursor | None, size: int) -> tuple[list[Share], str]:
    if name == Box.COPIED:
        copies = Share.objects.filter(staff_id=own.staff_id, kind=ShareKind.COPY)
        return _newest(copies, "id", start, size)
    if name == Box.DONE:
        return _newest(Share.objects.filter(acted_by_id=own.staff_id, acted_at__isnull=False), "acted_at", start, size)
    branches = _branches(name, own, near)
    found: list[Share] = []
    if start is None or start.at is not None:
        found = first_rows(Share, [_due(branch, start) for branch in branches], size + 1, "task", "case")
    found.sort(key=_by_due)
    if len(found) <= size and name not in (Box.SOON, Box.LATE):
        beyond = start if start is not None and start.at is None else None
        rest = first_rows(Share, [_without_due(each, beyond) for each in branches], size + 1, "task", "case")
        found += sorted(rest, key=lambda share: share.pk)
    page = found[:size]
    following = str(Cursor(page[-1].due_at, page[-1].pk)) if len(found) > size else ""
    return allowed(page, own), following


def _branches(name: Box, own: Hands, near: Horizon) -> list[QuerySet[Share]]:
    """The shares of each person and of each seat, separately: each is one range of one index."""
    keep: Callable[[QuerySet[Share]], QuerySet[Share]] = {
        Box.SOON: near.soon,
        Box.LATE: near.late,
        Box.RETURNED: lambda shares: shares.filter(returned=True),
    }.get(name, lambda shares: shares)
    branches = own.claimable() if name == Box.CLAIMABLE else [*own.personal(), *own.claimable()]
    return [keep(branch) for branch in branches]


def _due(branch: QuerySet[Share], start: Cursor | None) -> QuerySet[Share]:
    branch = branch.filter(due_at__isnull=False)
    if start is not None:
        branch = branch.filter(due_at__gte=start.at).exclude(due_at=start.at, id__lte=start.id)
    return branch.order_by("due_at", "id")


def _without_due(branch: QuerySet[Share], start: Cursor | None) -> QuerySet[Share]:
    branch = branch.filter(due_at=None)
    if start is not None:
        branch = branch.filter(id__gt=start.id)
    return branch.order_by("id")


def _by_due(share: Share) -> tuple[Any, int]:
    return (share.due_at, share.pk)


def _newest(shares: QuerySet[Share], by: str, start: Cursor | None, size: int) -> tuple[list[Share], str]:
    if start is not None and by == "id":
        shares = shares.filter(id__lt=start.id)
    elif start is not None:
        shares = shares.filter(Q(**{f"{by}__lte": start.at})).exclude(**{by: start.at, "id__gte": start.id})
    order = ("-id",) if by == "id" else (f"-{by}", "-id")
    found = list(shares.order_by(*order).select_related("task", "case")[: size + 1])
    page = found[:size]
    at = None if by == "id" or not page else page[-1].acted_at
    return page, str(Cursor(at, page[-1].pk)) if len(found) > size else ""


def _started(viewer: Viewer, own: Hands, start: Cursor | None, size: int) -> Page:
    cases = Case.objects.filter(started_by_id=own.staff_id)
    if start is not None:
        cases = cases.filter(id__lt=start.id)
    found = list(cases.order_by("-id")[: size + 1])
    page = found[:size]
    return Page(case_rows(viewer, page), str(Cursor(None, page[-1].pk)) if len(found) > size else "")


def case_rows(viewer: Viewer, cases: Sequence[Case]) -> tuple[CaseRow, ...]:
    """Whole cases as rows, each at its first open step. One query for the steps, and those of ``Rows``."""
    open_ = [case.pk for case in cases if case.state == CaseState.OPEN]
    steps: dict[int, Task] = {}
    for task in Task.objects.filter(case_id__in=open_, state__in=(TaskState.OPEN, TaskState.WAITING)).order_by("id"):
        steps.setdefault(task.case_id, task)
    rows = Rows(viewer, horizon(), cases)
    return tuple(rows.of_case(case, steps.get(case.pk)) for case in cases)
