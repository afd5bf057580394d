"""Who is told what of a case: labels, numbers and moments, never a value of its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.notifications.actions import Notice
from keguan.runtime.processes.models import ShareKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

_ASKED = {
    ShareKind.CONSULT: "cases.consulted",
    ShareKind.COPY: "cases.copied",
    ShareKind.ESCALATED: "cases.escalated",
    ShareKind.BEFORE: "cases.signer_added",
    ShareKind.BESIDE: "cases.signer_added",
    ShareKind.AFTER: "cases.signer_added",
}


def given(
    standing: Standing,
    task: Task,
    share: Share,
    to: Iterable[int],
    told_as: str = "",
    facts: Mapping[str, str | int] | None = None,
) -> None:
    """A share is open: whoever may act on it is told, once, as ``told_as`` or by the share's kind.

    Where nobody may act, those who can find somebody are told.
    """
    people = frozenset(to)
    if not people:
        tell(standing, concerned(standing), "cases.vacant", f"share:{share.pk}:vacant", task, urgent=True)
        return
    kind = told_as or _ASKED.get(ShareKind(share.kind), "")
    if not kind and share.returned:
        kind = "cases.returned"
    if not kind and share.staff_id is None and len(people) > 1:
        kind = "cases.claimable"
    if not kind:
        kind = "cases.assigned" if task.due_at is None else "cases.assigned_until"
    tell(standing, people, kind, f"share:{share.pk}", task, facts=facts)


def tell(
    standing: Standing,
    to: Iterable[int],
    kind: str,
    key: str,
    task: Task | None = None,
    *,
    facts: Mapping[str, str | int] | None = None,
    urgent: bool = False,
) -> None:
    """Have these people told. ``key`` names the occasion within the case: nobody is told of it twice."""
    case, clause = standing.case, standing.process.clause
    due_at = case.due_at if task is None else task.due_at
    known: dict[str, str | int] = {
        "process": standing.process.label.zh,
        "by": standing.happened.by,
        "step": "" if task is None else standing.step(task).label.zh,
        "due": "" if due_at is None else due_at.isoformat(),
        **(facts or {}),
    }
    standing.happened.notices.extend(
        Notice(
            staff_id=staff_id,
            kind=kind,
            key=f"case:{case.pk}:{key}:{staff_id}",
            subject=case.number or f"#{case.pk}",
            facts=known,
            case_id=case.pk,
            clause=f"{clause.pack}#{clause.anchor}",
            urgent=urgent,
        )
        for staff_id in sorted(to)
    )


def untold(standing: Standing, share: Share) -> None:
    """Nobody is told of a share that is done in the same breath."""
    told, key = standing.happened.notices, f"case:{standing.case.pk}:share:{share.pk}:"
    told[:] = [notice for notice in told if not notice.key.startswith(key)]


def concerned(standing: Standing) -> frozenset[int]:
    """Who is told that nobody can act: whoever started the case, owns its record, or has handled it."""
    case = standing.case
    people = {case.started_by_id, case.owner_id, *(share.acted_by_id for share in standing.shares)}
    return frozenset(staff_id for staff_id in people if staff_id is not None)
