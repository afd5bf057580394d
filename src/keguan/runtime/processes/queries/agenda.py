"""The deadlines of cases between two moments, for a calendar: one's own, or those of one's people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case, CaseState, Share, ShareState, Task, TaskState
from keguan.runtime.processes.queries.first import first_rows
from keguan.runtime.processes.queries.hands import ACTING, allowed, hands
from keguan.runtime.processes.queries.rows import CaseRow, Rows
from keguan.runtime.processes.queries.urgency import horizon
from keguan.runtime.processes.sight import in_hand, scope_of_cases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.hands import Hands

MOST = 300
"""So many of each kind fit on one calendar; whoever has more is led to the box."""


@dataclass(frozen=True, slots=True)
class CaseDue:
    """A deadline: that of a step, or of the ``whole`` case. ``who`` has the step in hand, where that is asked for."""

    row: CaseRow
    whole: bool
    who: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is due, steps before whole cases, each soonest first; ``more`` where there is more than fits."""

    found: tuple[CaseDue, ...]
    more: bool


_NONE = Deadlines((), more=False)


def due_between(viewer: Viewer, since: datetime, until: datetime) -> Deadlines:
    """The steps in the viewer's hands, and in those of whom they stand in for, that are due from ``since`` up to
    ``until``, and the cases that they began or have in hand whose total time ends then.

    A fixed number of queries, whatever there is.
    """
    own = hands(viewer)
    if own is None:
        return _NONE
    span = Q(due_at__gte=since, due_at__lt=until)
    branches = [branch.filter(span).order_by("due_at", "id") for branch in (*own.personal(), *own.claimable())]
    shares: list[Share] = allowed(first_rows(Share, branches, MOST + 1, "task", "case"), own)
    shares.sort(key=lambda share: (share.due_at, share.pk))
    held = Share.objects.filter(staff_id__in=own.people, state=ShareState.OPEN, kind__in=ACTING)
    mine = Q(started_by_id=own.staff_id) | Q(pk__in=held.values("case_id"))
    return _deadlines(viewer, own, shares, list(_whole(mine & span)))


def due_below(viewer: Viewer, since: datetime, until: datetime) -> Deadlines:
    """The same for every case of the units that the viewer heads and of those below them, as far as they may know of
    it, with who has each step in hand; nothing for whoever heads none. A fixed number of queries.
    """
    units = org.headed_by(viewer.staff_id)
    if not units:
        return _NONE
    span = Q(due_at__gte=since, due_at__lt=until)
    known = Q(unit_id__in=units) & (scope_of_cases(viewer) | in_hand(viewer))
    below = Case.objects.filter(known, state=CaseState.OPEN)
    tasks = Task.objects.filter(span, state__in=(TaskState.OPEN, TaskState.WAITING), case__in=below)
    steps = list(tasks.order_by("due_at", "id").select_related("case")[: MOST + 1])
    return _deadlines(viewer, None, steps, list(_whole(known & span)))


def _whole(condition: Q) -> QuerySet[Case]:
    return Case.objects.filter(condition, state=CaseState.OPEN).order_by("due_at", "id")[: MOST + 1]


def _deadlines(
    viewer: Viewer, own: Hands | None, steps: Sequence[Share] | Sequence[Task], whole: Sequence[Case]
) -> Deadlines:
    more = len(steps) > MOST or len(whole) > MOST
    steps, whole = steps[:MOST], whole[:MOST]
    cases = [*(each.case for each in steps), *whole]
    rows = Rows(viewer, horizon(), cases, own)
    names = _names(viewer, [each for each in steps if isinstance(each, Task)])
    found = [
        CaseDue(rows.of_share(each), whole=False)
        if isinstance(each, Share)
        else CaseDue(rows.of_case(each.case, each), whole=False, who=names.get(each.pk, ""))
        for each in steps
    ]
    return Deadlines((*found, *(CaseDue(rows.of_case(case, None), whole=True) for case in whole)), more)


def _names(viewer: Viewer, tasks: Sequence[Task]) -> dict[int, str]:
    """Who has these steps in hand: people by name, roles by label. Two queries, none for no steps."""
    if not tasks:
        return {}
    shares = Share.objects.filter(task__in=tasks, state=ShareState.OPEN, kind__in=ACTING)
    held = list(shares.order_by("place", "id").values_list("task_id", "staff_id", "role"))
    names = org.names({staff_id for _task, staff_id, _role in held if staff_id is not None})
    roles = policies.current().model.roles
    found: dict[int, list[str]] = {}
    for task_id, staff_id, role in held:
        label = roles[role].label.text(viewer.language) if role in roles else ""
        found.setdefault(task_id, []).append(label if staff_id is None else names.get(staff_id, ""))
    return {task_id: _("、").join(filter(None, dict.fromkeys(each))) for task_id, each in found.items()}
